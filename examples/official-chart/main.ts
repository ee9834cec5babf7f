import { App } from 'cdk8s';
import { AirflowChart, Distribution, Executor, GitCredentials } from 'cdk8s-airflow';

const app = new App();

new AirflowChart(app, 'airflow', {
  namespace: 'airflow-official-chart',
  distribution: Distribution.officialChart({
    version: '1.20.0',
    // What no prop stands for: once a week, delete rows that are older than 90 days.
    values: { databaseCleanup: { enabled: true } },
  }),
  dags: [
    {
      url: 'https://gitlab.example.com/team/pipelines.git',
      branch: 'main',
      path: 'dags',
      credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
    },
  ],
  ingress: { host: 'airflow.example.com' },
  executor: Executor.celery({ workers: { replicas: 2 } }),
});

app.synth();
