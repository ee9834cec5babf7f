import { holdsSecrets, isSecretName } from '../../lib/validation/secret-words';

test.each([
  'password',
  'postgresPassword',
  'PGPASSWORD',
  'dbPasswd',
  'pass',
  'dbPass',
  'DB_PASS',
  'pwd',
  'requirepass',
  'apiKey',
  'api.key',
  'webserverSecretKey',
  'fernet_key',
  'license-key',
  'jwtSecret',
  'AIRFLOW__API_AUTH__JWT_SECRET',
  'AIRFLOW__SENTRY__SENTRY_DSN',
  'AIRFLOW__CELERY__FLOWER_BASIC_AUTH',
  'AWS_SECRET_ACCESS_KEY',
  'slackWebhookUrl',
  'credentials',
])('the value of %s is secret', (name) => {
  // THEN
  expect(isSecretName(name)).toBe(true);
});

test.each([
  'existingSecret',
  'auth.existingSecret',
  'passwordSecretName',
  'passwordSecret',
  'existingSecretPasswordKey',
  'FERNET_KEY_SECRET',
  'SQL_ALCHEMY_CONN_SECRET',
  'POSTGRES_PASSWORD_FILE',
  'FERNET_KEY_CMD',
  'tokenName',
  'TOKENIZER',
  'MAX_TOKENS',
  'pullSecrets',
  'key',
  'passwordKey',
  'tlsSecret',
  'bypass',
])('that of %s is not', (name) => {
  // THEN
  expect(isSecretName(name)).toBe(false);
});

test.each([
  ['passwords', true],
  ['extraSecrets', true],
  ['stringData', true],
  ['imagePullSecrets', false],
  ['password', false],
  ['data', false],
])('whether %s holds secrets: %s', (key, expected) => {
  // THEN
  expect(holdsSecrets(key)).toBe(expected);
});
