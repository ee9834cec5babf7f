import { App } from 'cdk8s';
import { AirflowChart, Executor, GitCredentials, NetworkDestination, Requirements } from 'cdk8s-airflow';

const app = new App();

new AirflowChart(app, 'airflow', {
  namespace: 'airflow-gitlab-builtin',
  dags: [
    {
      name: 'airflow',
      url: 'http://gitlab-webservice.gitlab.svc.cluster.local:8181/airflow/airflow.git',
      branch: 'master',
      path: 'dags',
      credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
      egress: [NetworkDestination.namespace('gitlab', [8181])],
    },
  ],
  requirements: Requirements.fromFile('requirements.txt', { configMapName: 'requirements' }),
  ingress: { host: 'airflow.yourdomain.com' },
  admin: { username: 'airflow' },
  executor: Executor.celery({ workers: { replicas: 3 } }),
});

app.synth();
