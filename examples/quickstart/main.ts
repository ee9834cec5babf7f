import { App } from 'cdk8s';
import { AirflowChart, Executor } from 'cdk8s-airflow';

const app = new App();

new AirflowChart(app, 'airflow', {
  namespace: 'airflow-quickstart',
  executor: Executor.local(),
  config: { core: { load_examples: 'True' } },
});

app.synth();
