import { call, Name } from '../../../cli/import/expression';
import * as shared from '../../../cli/import/shared-values';
import { Values } from '../../../cli/import/values';

test.each([
  [undefined, ['CeleryExecutor']],
  ['KubernetesExecutor', ['KubernetesExecutor']],
  ['CeleryKubernetesExecutor', ['CeleryExecutor', 'KubernetesExecutor']],
  ['KubernetesExecutor, CeleryExecutor', ['KubernetesExecutor', 'CeleryExecutor']],
  ['LocalKubernetesExecutor', ['LocalExecutor']],
  ['airflow.providers.edge3.executors.EdgeExecutor', ['CeleryExecutor']],
])('%s comes to %j', (executor, expected) => {
  // GIVEN
  const values = Values.of({ executor });

  // THEN
  expect(shared.executorNames(values)).toEqual(expected);
  expect(values.notes().length).toBe(/Local|edge/.test(`${executor}`) ? 1 : 0);
});

test('an executor has the parts that are of use to it', () => {
  // GIVEN
  const parts = { workers: { replicas: 2 }, tasks: { labels: { a: 'b' } } };

  // THEN
  expect(shared.executor({ names: ['LocalExecutor'], ...parts })).toEqual(call('Executor.local'));
  expect(shared.executor({ names: ['CeleryExecutor', 'KubernetesExecutor'], ...parts })).toEqual(
    call(
      'Executor.several',
      call('Executor.celery', { workers: { replicas: 2 } }),
      call('Executor.kubernetes', { tasks: { labels: { a: 'b' } } }),
    ),
  );
});

test.each([
  ['redis://:x@redis:6379/0', call('Broker.external', { host: 'redis', password: { secretName: 's' } })],
  [
    'rediss://ada:x@redis:6380/3',
    call('Broker.external', { host: 'redis', port: 6380, user: 'ada', password: { secretName: 's' }, databaseNumber: 3, tls: {} }),
  ],
  ['redis://redis', call('Broker.external', { host: 'redis' })],
  [
    'amqp://ada:x@rabbit:5672/jobs',
    call('Broker.rabbitMq', { host: 'rabbit', user: 'ada', password: { secretName: 's' }, virtualHost: 'jobs' }),
  ],
  ['sqs://x:y@', undefined],
])('the broker at %s', (text, expected) => {
  const address = shared.addressOf(text);
  expect(address && shared.brokerOfAddress(address, { secretName: 's' })).toEqual(expected);
});

test.each([
  ['https://ada:x@git.example.com/a.git', 'https://git.example.com/a.git', true],
  ['http://token@git.example.com/a.git', 'http://git.example.com/a.git', true],
  ['ssh://git@git.example.com/a.git', 'ssh://git@git.example.com/a.git', false],
  ['git@git.example.com:a.git', 'git@git.example.com:a.git', false],
])('the login of %s', (address, url, hadLogin) => {
  expect(shared.withoutLogin(address)).toEqual({ url, hadLogin });
});

test.each([
  ['3.1.0', '3.1.0', 0],
  ['3.0.5-debian-12-r0', '3.0.5', 0],
  ['2.10.5', undefined, 1],
  ['slim', undefined, 1],
])('the version of %s', (tag, version, notes) => {
  // GIVEN
  const values = Values.of({ tag });

  // THEN
  expect(shared.airflowVersion(values, 'none', 'tag')).toBe(version);
  expect(values.notes().length).toBe(notes);
});

test('logs are where the options say, by a connection that a variable has', () => {
  // GIVEN
  const logging = { remote_logging: 'True', remote_base_log_folder: 'gs://logs/a/b/', remote_log_conn_id: 'gcs' };
  const env = { AIRFLOW_CONN_GCS: call('EnvValue.fromSecretValue', { secret: new Name('Secret:c'), key: 'gcs' }) };
  const secretOf = (id: string) => shared.secretOfVariable({ env }, `airflow_conn_${id}`);

  // THEN
  expect(shared.remoteLogs(Values.of({ logging }), 'logging', secretOf)).toEqual(
    call('Logs.gcs', { bucket: 'logs', folder: 'a/b', connection: call('Connection.fromSecret', { secretName: 'c', key: 'gcs' }) }),
  );
  const values = Values.of({ logging: { ...logging, remote_base_log_folder: 's3://logs' } });
  expect(shared.remoteLogs(values, 'logging', () => undefined)).toEqual(call('Logs.s3', { bucket: 'logs', folder: '' }));
  expect(values.notes().map(({ path }) => path)).toEqual(['logging.remote_log_conn_id']);
  expect(shared.remoteLogs(Values.of({ logging: { ...logging, remote_logging: false } }), 'logging', secretOf)).toBeUndefined();
  expect(shared.remoteLogs(Values.of({ logging: { ...logging, remote_base_log_folder: 'wasb-a' } }), 'logging', secretOf)).toBeUndefined();
});

test('an address is said where it is another than that of the host', () => {
  // GIVEN
  const values = Values.of({ a: 'https://airflow.example.com/x', b: 'https://airflow.example.com:8443' });
  const ingress = { host: 'airflow.example.com', tls: call('IngressTls.terminatedElsewhere') };

  // THEN
  expect(shared.withAddress(ingress, values, 'none', 'a')).toEqual(ingress);
  expect(shared.withAddress(ingress, values, 'b')).toEqual({ ...ingress, address: 'https://airflow.example.com:8443' });
});

test.each([
  [
    { 'cert-manager.io/issuer': 'i', a: 'b' },
    { host: 's' },
    { tls: call('IngressTls.certManager', { issuer: 'i', clusterIssuer: false, secretName: 's' }), annotations: { a: 'b' } },
  ],
  [undefined, { host: 's' }, { tls: call('IngressTls.secret', 's'), annotations: undefined }],
  [undefined, { a: 's', b: 't' }, { tls: call('IngressTls.secretsByHost', { a: 's', b: 't' }), annotations: undefined }],
  [undefined, {}, { tls: call('IngressTls.terminatedElsewhere'), annotations: undefined }],
])('the certificate with %j and %j', (annotations, secrets, expected) => {
  expect(shared.tlsOf(annotations, secrets, true)).toEqual(expected);
});
