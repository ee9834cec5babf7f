import { App } from 'cdk8s';
import { AirflowChart, Executor, GitCredentials, NetworkDestination, Requirements } from 'cdk8s-airflow';

const app = new App();

new AirflowChart(app, 'airflow', {
  namespace: 'airflow',
  dags: [
    {
      url: 'http://gitlab-webservice.gitlab.svc.cluster.local:8181/airflow/airflow.git',
      branch: 'master',
      path: 'dags',
      credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
      egress: [NetworkDestination.namespace('gitlab', [8181])],
    },
  ],
  requirements: Requirements.fromFile('requirements.txt', { configMapName: 'requirements' }),
  ingress: { host: 'airflow.yourdomain.com' },
  executor: Executor.celery({ workers: { replicas: 2 } }),
});

app.synth();
