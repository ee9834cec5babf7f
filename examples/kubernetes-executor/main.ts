import { App } from 'cdk8s';
import { AirflowChart, Connection, Executor, GitCredentials, Logs } from 'cdk8s-airflow';

const app = new App();

new AirflowChart(app, 'airflow', {
  namespace: 'airflow-pods',
  executor: Executor.kubernetes({ podsCreationBatchSize: 32 }),
  dags: [
    {
      url: 'https://gitlab.example.com/data/dags.git',
      path: 'dags',
      credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
    },
  ],
  // Without it logs go with the pods.
  logs: Logs.s3({
    bucket: 'airflow-logs',
    connection: Connection.fromParts({
      type: 'aws',
      extra: { endpoint_url: 'http://minio.minio.svc.cluster.local:9000', region_name: 'us-east-1' },
      secrets: { login: { secretName: 'minio', key: 'access-key' }, password: { secretName: 'minio', key: 'secret-key' } },
    }),
  }),
});

app.synth();
