import { App, Duration } from 'cdk8s';
import { AirflowChart, Autoscaling, Executor, GitCredentials } from 'cdk8s-airflow';

const app = new App();

new AirflowChart(app, 'airflow', {
  namespace: 'airflow-several-repositories',
  dags: [
    {
      name: 'finance',
      url: 'https://gitlab.example.com/finance/pipelines.git',
      branch: 'main',
      path: 'dags',
      credentials: GitCredentials.token({ secretName: 'finance-dags' }),
    },
    {
      name: 'research',
      url: 'git@git.example.com:research/experiments.git',
      ref: 'v2.1.0',
      period: Duration.minutes(5),
      credentials: GitCredentials.sshKey({ secretName: 'research-dags', knownHostsKey: 'known_hosts' }),
    },
  ],
  executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ minReplicas: 1, maxReplicas: 5, targetUtilization: 70 }) } }),
});

app.synth();
