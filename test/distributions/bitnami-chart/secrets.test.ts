import { Credentials, Executor } from '../../../lib';
import { AIRFLOW_2, bitnamiErrors, bitnamiRelease } from './release';

const EXISTING = Credentials.existing({
  fernetKey: { secretName: 'keys', key: 'fernet' },
  apiSecretKey: { secretName: 'keys', key: 'api' },
  jwtSecret: { secretName: 'keys', key: 'jwt' },
  database: { secretName: 'db', key: 'password' },
  broker: { secretName: 'redis', key: 'redis-password' },
  admin: { secretName: 'ada' },
});

/** What the Job is told to make: Secrets from nothing, and Secrets from others. */
function madeSecrets(...args: Parameters<typeof bitnamiRelease>) {
  const { chart, values } = bitnamiRelease(...args);
  const job = chart.airflow.find('Job', 'airflow-credentials').toJson();
  const made: string[] = job.spec.template.spec.containers[0].args;
  const derived = made.filter((argument) => argument.startsWith('{')).map((argument) => JSON.parse(argument));
  const generated = made.filter((argument) => !argument.startsWith('{')).map((argument) => argument.split(' ')[0]);
  return { generated, derived: Object.fromEntries(derived.map(({ name, data }) => [name, data])), values };
}

test('the chart gets names of Secrets that have its keys', () => {
  // WHEN
  const { generated, derived, values } = madeSecrets();

  // THEN
  expect(generated).toEqual(['fernet-key', 'api-secret-key', 'jwt-secret', 'database', 'broker', 'admin'].map((name) => `airflow-${name}`));
  expect(derived).toEqual({
    'airflow-auth': {
      'airflow-password': { name: 'airflow-admin', key: 'password' },
      'airflow-fernet-key': { name: 'airflow-fernet-key', key: 'fernet-key' },
      'airflow-secret-key': { name: 'airflow-api-secret-key', key: 'api-secret-key' },
      'airflow-jwt-secret-key': { name: 'airflow-jwt-secret', key: 'jwt-secret' },
    },
    'airflow-broker-auth': { 'redis-password': { name: 'airflow-broker', key: 'password' } },
  });
  expect(values.auth.existingSecret).toBe('airflow-auth');
  expect(values.postgresql.auth).toEqual({ existingSecret: 'airflow-database', enablePostgresUser: false });
  expect(values.redis.auth).toEqual({ existingSecret: 'airflow-broker-auth', existingSecretPasswordKey: 'redis-password' });
});

test('Secrets that the user has are read as they are where they have the keys of the chart', () => {
  // WHEN
  const { generated, derived, values } = madeSecrets({ credentials: EXISTING });

  // THEN
  expect(generated).toEqual([]);
  expect(derived).toEqual({
    'airflow-auth': {
      'airflow-password': { name: 'ada', key: 'password' },
      'airflow-fernet-key': { name: 'keys', key: 'fernet' },
      'airflow-secret-key': { name: 'keys', key: 'api' },
      'airflow-jwt-secret-key': { name: 'keys', key: 'jwt' },
    },
  });
  expect(values.postgresql.auth.existingSecret).toBe('db');
  expect(values.redis.auth.existingSecret).toBe('redis');
});

test('the password of a database with another key is copied', () => {
  // GIVEN
  const credentials = Credentials.existing({ database: { secretName: 'db', key: 'pw' } });

  // WHEN
  const { derived, values } = madeSecrets({ credentials });

  // THEN
  expect(derived['airflow-database-auth']).toEqual({ password: { name: 'db', key: 'pw' } });
  expect(values.postgresql.auth.existingSecret).toBe('airflow-database-auth');
});

test('Airflow 2 has no JWT, and LocalExecutor no broker', () => {
  // WHEN
  const [two, local] = [madeSecrets({}, AIRFLOW_2), madeSecrets({ executor: Executor.local() })];

  // THEN
  expect(Object.keys(two.derived['airflow-auth'])).toEqual(['airflow-password', 'airflow-fernet-key', 'airflow-secret-key']);
  expect(two.generated).not.toContain('airflow-jwt-secret');
  expect(Object.keys(local.derived)).toEqual(['airflow-auth']);
  expect(local.generated).not.toContain('airflow-broker');
});

test('a JWT secret for Airflow 2 is an error', () => {
  // WHEN
  const errors = bitnamiErrors({ credentials: EXISTING }, AIRFLOW_2);

  // THEN
  expect(errors).toEqual(['[airflow/airflow] credentials.jwtSecret: Airflow 2 has no such secret; leave it out']);
});
