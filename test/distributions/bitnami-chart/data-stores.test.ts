import { Broker, Credentials, Database, Executor, VolumeRetention } from '../../../lib';
import { propsAt } from '../../support/props-at';
import { bitnamiErrors, bitnamiValues } from './release';

const OWN_SERVERS = {
  postgresql: { enabled: false },
  externalDatabase: { host: 'db.example.com' },
  redis: { enabled: false },
  externalRedis: { host: 'redis.example.com' },
};
const PASSWORDS = Credentials.existing({ database: { secretName: 'db', key: 'pw' }, broker: { secretName: 'redis' } });

test('settings of PostgreSQL are lines of its configuration, and what becomes of volumes is said', () => {
  // GIVEN
  const volumeRetention = VolumeRetention.DELETE;
  const database = Database.builtIn({ parameters: { max_connections: '300', log_line_prefix: "%m '" }, volumeRetention });

  // WHEN
  const { postgresql, redis } = bitnamiValues({ database, executor: Executor.celery({ broker: Broker.builtIn({ volumeRetention }) }) });

  // THEN
  const persistentVolumeClaimRetentionPolicy = { enabled: true, whenDeleted: 'Delete', whenScaled: 'Retain' };
  expect(postgresql.primary).toMatchObject({
    extendedConfiguration: "max_connections = '300'\nlog_line_prefix = '%m '''\n",
    persistentVolumeClaimRetentionPolicy,
  });
  expect(redis.master).toMatchObject({ persistentVolumeClaimRetentionPolicy });
});

test('all that can be set for the database goes to PostgreSQL', () => {
  // GIVEN
  const database = {
    image: { repository: 'registry.example.com:5000/db/postgresql', tag: '17.1', pullPolicy: 'Always', pullSecrets: ['pull'] },
    resources: { requests: { cpu: '1' } },
    storageSize: '20480Mi',
    storageClassName: 'fast',
    placement: { nodeSelector: { disk: 'ssd' }, priorityClassName: 'high' },
  };

  // WHEN
  const { postgresql } = bitnamiValues(propsAt('database', database));

  // THEN
  expect(postgresql.image).toEqual({
    registry: 'registry.example.com:5000',
    repository: 'db/postgresql',
    tag: '17.1',
    pullPolicy: 'Always',
    pullSecrets: ['pull'],
  });
  expect(postgresql.primary).toEqual({
    resources: {
      requests: { cpu: '1', memory: '256Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '10Gi' },
    },
    persistence: { size: '20Gi', storageClass: 'fast' },
    nodeSelector: { disk: 'ssd' },
    priorityClassName: 'high',
    pdb: { create: false },
    networkPolicy: { enabled: false },
  });
});

test('all that can be set for the broker goes to Redis', () => {
  // GIVEN
  const broker = {
    image: { tag: '8.1' },
    resources: { limits: { memory: '512Mi' } },
    storageSize: '2Gi',
    storageClassName: 'fast',
    placement: { tolerations: [{ key: 'batch' }] },
  };

  // WHEN
  const { redis } = bitnamiValues(propsAt('executor.broker', broker));

  // THEN
  expect(redis.image).toEqual({ tag: '8.1' });
  expect(redis.master).toEqual({
    resources: {
      requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
      limits: { memory: '512Mi', 'ephemeral-storage': '10Gi' },
    },
    persistence: { size: '2Gi', storageClass: 'fast' },
    tolerations: [{ key: 'batch' }],
    pdb: { create: false },
  });
  expect(redis.networkPolicy).toEqual({ enabled: false });
});

test('the volumes have the sizes of the other distributions by default', () => {
  // WHEN
  const { postgresql, redis } = bitnamiValues();

  // THEN
  expect(postgresql.primary.persistence).toEqual({ size: '8Gi' });
  expect(redis.master.persistence).toEqual({ size: '1Gi' });
});

test('without Celery there is no Redis, and the chart makes no Secret for one', () => {
  // WHEN
  const { redis, externalRedis } = bitnamiValues({ executor: Executor.local() });

  // THEN
  expect(redis).toEqual({ enabled: false });
  expect(externalRedis).toEqual({ existingSecret: 'airflow-auth' });
});

test('servers outside of the chart are told where their passwords are', () => {
  // WHEN
  const values = bitnamiValues({ credentials: PASSWORDS }, { values: OWN_SERVERS });

  // THEN
  expect(values.postgresql).toEqual({ enabled: false });
  expect(values.externalDatabase).toEqual({
    host: 'db.example.com',
    existingSecret: 'airflow-database-auth',
    existingSecretPasswordKey: 'password',
  });
  expect(values.redis).toEqual({ enabled: false });
  expect(values.externalRedis).toEqual({
    host: 'redis.example.com',
    existingSecret: 'airflow-broker-auth',
    existingSecretPasswordKey: 'redis-password',
  });
});

test('a server outside of the chart can not be set, and needs a password that is there', () => {
  // WHEN
  const errors = bitnamiErrors(
    { database: Database.builtIn({ storageSize: '9Gi' }), executor: Executor.celery({ broker: Broker.builtIn({ storageSize: '9Gi' }) }) },
    { values: OWN_SERVERS },
  );

  // THEN
  expect(errors).toEqual([
    '[airflow/airflow] database: values say postgresql.enabled: false, so the chart makes none; leave it out',
    "[airflow/airflow] credentials.database: values say postgresql.enabled: false, and the password of a database outside of the chart is not the library's to make; use Credentials.existing({ database: … })",
    '[airflow/airflow] executor.broker: values say redis.enabled: false, so the chart makes none; leave it out',
    "[airflow/airflow] credentials.broker: values say redis.enabled: false, and the password of a broker outside of the chart is not the library's to make; use Credentials.existing({ broker: … })",
  ]);
});
