import { App, Chart } from 'cdk8s';
import { Airflow, type AirflowChartProps, Autoscaling, Database, DatabaseEngine, Executor, NetworkDestination } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const KEDA = { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) };

/** Of a ScaledObject: what KEDA asks the database, and how much of it a pod does. */
function triggerOf(props: AirflowChartProps, name: string) {
  const [trigger] = synthAirflow({ namespace: 'data', ...props }).one('ScaledObject', name).spec.triggers;
  return trigger.metadata;
}

test('the number of workers follows the tasks that wait or run in their queues', () => {
  // WHEN
  const objects = synthAirflow({ namespace: 'data', executor: Executor.celery({ workers: { ...KEDA, concurrency: 8 } }) });

  // THEN
  expect(objects.one('Deployment', 'airflow-worker').spec).not.toHaveProperty('replicas');
  expect(objects.one('ScaledObject', 'airflow-worker').spec).toEqual({
    scaleTargetRef: { name: 'airflow-worker' },
    minReplicaCount: 0,
    maxReplicaCount: 4,
    pollingInterval: 5,
    cooldownPeriod: 30,
    triggers: [
      {
        type: 'postgresql',
        metadata: {
          host: 'airflow-postgresql.data.svc',
          port: '5432',
          dbName: 'airflow',
          userName: 'airflow',
          sslmode: 'disable',
          query: "SELECT COUNT(*) FROM task_instance WHERE state IN ('queued', 'running') AND queue IN ('default')",
          targetQueryValue: '8',
        },
        authenticationRef: { name: 'airflow-worker' },
      },
    ],
  });
  expect(objects.one('TriggerAuthentication', 'airflow-worker').spec).toEqual({
    secretTargetRef: [{ parameter: 'password', name: 'airflow-database', key: 'password' }],
  });
});

test.each<[string, AirflowChartProps, string, string]>([
  ['a further group', { executor: Executor.celery({ workerGroups: { gpu: KEDA } }) }, 'airflow-worker-gpu', "queue IN ('gpu')"],
  [
    'queues of its own',
    { executor: Executor.celery({ workers: { ...KEDA, queues: ['default', "o'clock"] } }) },
    'airflow-worker',
    "queue IN ('default', 'o''clock')",
  ],
  [
    'another default queue',
    { executor: Executor.celery({ workers: KEDA }), config: { operators: { default_queue: 'main' } } },
    'airflow-worker',
    "queue IN ('main')",
  ],
  [
    'another executor beside it',
    { executor: Executor.several(Executor.kubernetes(), Executor.celery({ workers: KEDA })) },
    'airflow-worker',
    "executor LIKE '%CeleryExecutor'",
  ],
])('with %s it counts those tasks alone', (_what, props, name, condition) => {
  expect(triggerOf(props, name).query).toContain(` AND ${condition}`);
});

test.each<[AirflowChartProps, string]>([
  [{}, '1000'],
  [{ config: { triggerer: { capacity: '200' } } }, '200'],
])('the number of triggerers follows the triggers: %j', (props, capacity) => {
  expect(triggerOf({ ...props, triggerer: KEDA }, 'airflow-triggerer')).toMatchObject({
    query: 'SELECT COUNT(*) FROM trigger',
    targetQueryValue: capacity,
  });
});

test('KEDA may ask the database, and nobody else of its namespace anything', () => {
  // WHEN
  const objects = synthAirflow({ namespace: 'data', executor: Executor.celery({ workers: KEDA }) });

  // THEN
  const keda = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } } };
  const policies = objects.all.filter(({ kind, spec }) => kind === 'NetworkPolicy' && JSON.stringify(spec).includes('"keda"'));
  expect(policies.map(({ metadata }) => metadata.name)).toEqual(['airflow-postgresql']);
  expect(policies[0].spec.ingress).toContainEqual({ from: expect.arrayContaining([keda]), ports: [{ port: 5432, protocol: 'TCP' }] });
});

test('of the API server the database tells no work', () => {
  expect(airflowErrors({ apiServer: KEDA })).toEqual([
    '[airflow/airflow] apiServer.autoscaling: the database does not tell its work; use Autoscaling.cpu(…)',
  ]);
});

test('KEDA could not find the database of a chart without a namespace', () => {
  // GIVEN
  const app = new App();

  // WHEN
  const airflow = new Airflow(new Chart(app, 'data'), 'airflow', { triggerer: KEDA });

  // THEN
  expect(airflow.node.validate().join()).toContain('KEDA looks for the database from another namespace; give the chart one');
});

test('KEDA asks a database of the user’s by what is known of it, and by what Secrets have', () => {
  // GIVEN
  const password = { secretName: 'mine' };
  const database = Database.external({ host: 'db.example.com', port: 5433, user: 'ada', password, tls: {} });

  // WHEN
  const objects = synthAirflow({ namespace: 'data', database, triggerer: KEDA });

  // THEN
  const [{ metadata }] = objects.one('ScaledObject', 'airflow-triggerer').spec.triggers;
  expect(metadata).toMatchObject({ host: 'db.example.com', port: '5433', userName: 'ada', dbName: 'airflow', sslmode: 'require' });
  expect(objects.one('TriggerAuthentication', 'airflow-triggerer').spec.secretTargetRef).toEqual([
    { parameter: 'password', name: 'mine', key: 'password' },
  ]);
});

test('KEDA finds a Cluster of CloudNativePG in its namespace, and reads the user from its Secret', () => {
  // WHEN
  const objects = synthAirflow({ namespace: 'data', database: Database.cloudNativePg({ cluster: 'db' }), triggerer: KEDA });

  // THEN
  const [{ metadata }] = objects.one('ScaledObject', 'airflow-triggerer').spec.triggers;
  expect(metadata).toMatchObject({ host: 'db-rw.data.svc', port: '5432' });
  expect(metadata).not.toHaveProperty('userName');
  expect(objects.one('TriggerAuthentication', 'airflow-triggerer').spec.secretTargetRef).toEqual([
    { parameter: 'password', name: 'db-app', key: 'password' },
    { parameter: 'userName', name: 'db-app', key: 'username' },
    { parameter: 'dbName', name: 'db-app', key: 'dbname' },
  ]);
});

test('KEDA reads a whole URL', () => {
  // GIVEN
  const database = Database.fromUrl({ secret: { secretName: 'mine' }, destination: NetworkDestination.anywhere([5432]) });

  // WHEN
  const objects = synthAirflow({ namespace: 'data', database, triggerer: KEDA });

  // THEN
  expect(objects.one('TriggerAuthentication', 'airflow-triggerer').spec.secretTargetRef).toEqual([
    { parameter: 'connection', name: 'mine', key: 'connection' },
  ]);
});

test('KEDA is not told how to ask MySQL', () => {
  const database = Database.external({ engine: DatabaseEngine.MYSQL, host: 'db', password: { secretName: 'mine' } });
  expect(airflowErrors({ namespace: 'data', database, triggerer: KEDA })).toEqual([
    '[airflow/airflow] triggerer.autoscaling: KEDA is told how to ask PostgreSQL alone; use that, or Autoscaling.cpu(…)',
  ]);
});

test('that KEDA has no client certificate is told', () => {
  // GIVEN
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const password = { secretName: 'mine' };
  const database = (clientCertificateSecretName?: string) =>
    Database.external({ host: 'db.example.com', password, tls: { clientCertificateSecretName } });
  const told = (props: AirflowChartProps) => {
    warn.mockClear();
    synthAirflow({ namespace: 'data', ...props });
    return warn.mock.calls.flat();
  };

  // THEN
  expect(told({ database: database('airflow-tls'), triggerer: KEDA })).toEqual([
    "warning: [airflow/airflow] triggerer.autoscaling: KEDA can't be given the client certificate of the database, as it takes files of its own pod alone; let its user in without, give the operator files and PGSSLCERT and PGSSLKEY, or use Autoscaling.cpu(…)",
  ]);
  expect(told({ database: database(), triggerer: KEDA })).toEqual([]);
  expect(told({ database: database('airflow-tls') })).toEqual([]);
  warn.mockRestore();
});
