import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { type AirflowChartProps, Connection, Delivery, Distribution, Executor, Logs, NetworkDestination } from '../../lib';
import { PropValidator } from '../../lib/validation/prop-validator';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

const SECRET = { secretName: 'store', key: 'uri' };
const MINIO = Connection.fromParts({
  type: 'aws',
  extra: { endpoint_url: 'http://minio.minio.svc:9000' },
  secrets: { login: { secretName: 'minio', key: 'access-key' }, password: { secretName: 'minio', key: 'secret-key' } },
});

/** The components whose NetworkPolicies let them connect to a peer. */
function whoReaches(props: AirflowChartProps, peer: object): string[] {
  const policies = synthAirflow(props).all.filter(({ kind }) => kind === 'NetworkPolicy');
  const reaching = policies.filter(({ spec }) => JSON.stringify(spec.egress ?? []).includes(JSON.stringify(peer).slice(1, -1)));
  return reaching.map(({ metadata }) => metadata.name.replace('airflow-', '')).sort();
}

test('without the prop nothing is kept', () => {
  expect(synthAirflow().airflowConfig.logging).not.toHaveProperty('remote_logging');
});

test.each<[string, Logs, object]>([
  ['S3', Logs.s3({ bucket: 'logs' }), { logging: { remote_base_log_folder: 's3://logs/airflow-logs', remote_log_conn_id: '' } }],
  [
    'S3, by a connection',
    Logs.s3({ bucket: 'logs', folder: 'team/a', connection: MINIO }),
    { logging: { remote_base_log_folder: 's3://logs/team/a', remote_log_conn_id: 'cdk8s_airflow_logs' } },
  ],
  ['GCS', Logs.gcs({ bucket: 'logs' }), { logging: { remote_base_log_folder: 'gs://logs/airflow-logs', remote_log_conn_id: '' } }],
  [
    'Azure',
    Logs.azureBlob({ container: 'logs', connection: Connection.fromSecret(SECRET) }),
    {
      logging: { remote_base_log_folder: 'wasb-airflow-logs', remote_log_conn_id: 'cdk8s_airflow_logs' },
      azure_remote_logging: { remote_wasb_log_container: 'logs' },
    },
  ],
])('%s is told by options', (_what, logs, options) => {
  // WHEN
  const { airflowConfig } = synthAirflow({ logs });

  // THEN
  expect(airflowConfig).toMatchObject(options);
  expect(airflowConfig.logging.remote_logging).toBe('True');
});

test('the connection is a file of those that ask for connections themselves, beside the others', () => {
  // WHEN
  const objects = synthAirflow({
    logs: Logs.s3({ bucket: 'logs', connection: MINIO }),
    connections: { shop: Connection.fromSecret(SECRET) },
  });

  // THEN
  const { connections } = JSON.parse(objects.one('ConfigMap', 'airflow-connections').data['index.json']);
  expect(Object.keys(connections)).toEqual(['shop', 'cdk8s_airflow_logs']);
  expect(JSON.stringify(objects.pod('worker'))).not.toContain('minio');
});

test.each<[string, AirflowChartProps, string[]]>([
  ['Celery', {}, ['api-server', 'triggerer', 'worker']],
  ['Local', { executor: Executor.local() }, ['api-server', 'scheduler', 'triggerer']],
  ['Kubernetes', { executor: Executor.kubernetes() }, ['api-server', 'task', 'triggerer']],
])('under %s those who write or read logs get to the store, and no others', (_name, props, expected) => {
  // GIVEN
  const logs = Logs.s3({ bucket: 'logs', connection: MINIO });
  const namespace = { 'kubernetes.io/metadata.name': 'minio' };

  // THEN
  expect(whoReaches({ ...props, logs }, namespace)).toEqual(expected);
});

test('where the store is can be said', () => {
  // GIVEN
  const logs = Logs.gcs({ bucket: 'logs', destination: NetworkDestination.cidr('10.20.0.0/16', [443]) });

  // THEN
  expect(whoReaches({ logs }, { cidr: '10.20.0.0/16' })).toEqual(['api-server', 'triggerer', 'worker']);
});

test.each<[string, AirflowChartProps, string[]]>([
  ['Celery', {}, ['api-server', 'triggerer', 'worker']],
  ['Local', { executor: Executor.local() }, ['api-server', 'scheduler', 'triggerer']],
])('under %s a volume is shared by those who write or read logs', (_name, props, expected) => {
  // WHEN
  const templates = synthAirflow({ ...props, logs: Logs.volume('airflow-logs') }).podTemplates();

  // THEN
  const sharing = Object.keys(templates).filter((name) => JSON.stringify(templates[name]).includes('"claimName":"airflow-logs"'));
  expect(sharing.sort()).toEqual(expected);
});

test('the pods of tasks have the volume too', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.kubernetes(), logs: Logs.volume('airflow-logs') });

  // THEN
  expect(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']).toContain('claimName: airflow-logs');
});

test('the charts are led to values for a volume', () => {
  // GIVEN
  const distribution = Distribution.officialChart({ version: '1.20.0', delivery: Delivery.argoApplication() });

  // THEN
  expect(airflowErrors({ distribution, logs: Logs.volume('logs') })).toEqual([
    expect.stringContaining('] logs: the official chart mounts it itself;'),
  ]);
});

test.each<[Logs, string]>([
  [Logs.s3({ bucket: 'My Logs' }), 'bucket: "My Logs" given; expected the name of a bucket'],
  [Logs.s3({ bucket: 'logs', folder: '/a' }), 'folder: "/a" given; expected a folder in the bucket'],
  [Logs.gcs({ bucket: 'A' }), 'bucket: "A" given; expected the name of a bucket'],
  [Logs.gcs({ bucket: 'logs', folder: '' }), 'folder: "" given; expected a folder in the bucket'],
  [
    Logs.azureBlob({ container: 'a--b', connection: Connection.fromSecret(SECRET) }),
    'container: "a--b" given; expected the name of a container',
  ],
  [
    Logs.azureBlob({ container: 'logs', folder: 'x', connection: Connection.fromSecret(SECRET) }),
    'folder: "x" given; expected a folder whose',
  ],
  [Logs.s3({ bucket: 'logs', destination: NetworkDestination.namespace('A') }), 'destination: "A" given; expected a DNS label'],
])('%# is an error', (logs, message) => {
  // GIVEN
  const validator = new PropValidator(new Construct(new App(), 'test'));

  // WHEN
  logs._plan.validate(validator, 'logs');

  // THEN
  expect(validator.errors).toEqual([expect.stringContaining(`logs.${message}`)]);
});

test('an option that the prop sets is an error in config', () => {
  // GIVEN
  const config = { logging: { remote_base_log_folder: 's3://other' } };

  // THEN
  expect(airflowErrors({ config, logs: Logs.s3({ bucket: 'logs' }) })).toEqual([expect.stringContaining('use the prop logs')]);
});
