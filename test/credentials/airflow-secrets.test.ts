import { resolveSecrets, SECRET_PURPOSES } from '../../lib/credentials/airflow-secrets';

test('each secret is a Secret of its own, named after the Airflow', () => {
  // WHEN
  const secrets = resolveSecrets('team-a', {});

  // THEN
  expect(secrets).toEqual({
    fernetKey: { secretName: 'team-a-fernet-key', key: 'fernet-key' },
    apiSecretKey: { secretName: 'team-a-api-secret-key', key: 'api-secret-key' },
    jwtSecret: { secretName: 'team-a-jwt-secret', key: 'jwt-secret' },
    database: { secretName: 'team-a-database', key: 'password' },
    broker: { secretName: 'team-a-broker', key: 'password' },
    admin: { secretName: 'team-a-admin', key: 'password' },
  });
  expect(Object.keys(secrets)).toEqual([...SECRET_PURPOSES]);
});

test('the user’s own are used instead, with the default key where none is given', () => {
  // WHEN
  const secrets = resolveSecrets('airflow', {
    database: { secretName: 'postgres', key: 'airflow-password' },
    fernetKey: { secretName: 'keys' },
  });

  // THEN
  expect(secrets.database).toEqual({ secretName: 'postgres', key: 'airflow-password' });
  expect(secrets.fernetKey).toEqual({ secretName: 'keys', key: 'fernet-key' });
  expect(secrets.broker).toEqual({ secretName: 'airflow-broker', key: 'password' });
});
