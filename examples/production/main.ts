import { App } from 'cdk8s';
import {
  AirflowChart,
  CaCertificates,
  Content,
  Database,
  Executor,
  GitCredentials,
  IngressTls,
  Logs,
  NetworkDestination,
  Requirements,
  ServiceAccount,
} from 'cdk8s-airflow';

const app = new App();

// The role has the rights to the bucket of the logs; nobody has a key of it.
const cloud = ServiceAccount.create({ annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/airflow' } });

new AirflowChart(app, 'airflow', {
  namespace: 'airflow-production',
  allComponents: { serviceAccount: cloud },
  apiServer: { replicas: 2 },
  scheduler: { replicas: 2 },
  database: Database.external({
    host: 'airflow.example.eu-central-1.rds.amazonaws.com',
    user: 'airflow',
    password: { secretName: 'airflow-rds', key: 'password' },
    tls: { ca: CaCertificates.fromConfigMap('rds-ca', 'global-bundle.pem') },
  }),
  executor: Executor.several(
    Executor.celery({
      workers: { replicas: 3 },
      workerGroups: {
        heavy: { concurrency: 1, resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { memory: '8Gi' } } },
      },
    }),
    Executor.kubernetes({ tasks: { resources: { limits: { memory: '16Gi' } } } }),
  ),
  dags: [
    {
      url: 'https://gitlab.example.com/data/dags.git',
      branch: 'main',
      path: 'dags',
      credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
    },
  ],
  requirements: Requirements.fromFile('requirements.txt'),
  logs: Logs.s3({ bucket: 'example-airflow-logs', folder: 'production' }),
  variables: { stage: Content.fromText('production') },
  ingress: { host: 'airflow.example.com', tls: IngressTls.certManager({ issuer: 'letsencrypt' }) },
  networkPolicies: { taskEgress: [NetworkDestination.cidr('10.20.0.0/16', [5432])] },
});

app.synth();
