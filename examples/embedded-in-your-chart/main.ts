import { App, Chart } from 'cdk8s';
import { Airflow, Executor, NetworkDestination } from 'cdk8s-airflow';
import { ConfigMap, EnvValue } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'data-platform', { namespace: 'data-platform' });

const settings = new ConfigMap(chart, 'settings', {
  metadata: { name: 'warehouse' },
  data: { host: 'warehouse.internal.example.com' },
});

new Airflow(chart, 'airflow', {
  executor: Executor.local(),
  allComponents: {
    env: { WAREHOUSE_HOST: EnvValue.fromConfigMap(settings, 'host') },
    labels: { 'example.com/team': 'data' },
  },
  networkPolicies: { taskEgress: [NetworkDestination.cidr('10.20.0.0/16', [5432])] },
});

app.synth();
