import { hasSecrets, isSecret, tellingKey, withoutSecrets } from '../../../cli/import/secrets';

test.each([
  ['password', 'a'],
  ['pass', 'a'],
  ['fernetKey', 'a'],
  ['webserverSecretKey', 'a'],
  ['jwtSecret', 'a'],
  ['sql_alchemy_conn', 'a'],
  ['AIRFLOW_CONN_SHOP', 'http://shop'],
  ['AIRFLOW__DATABASE__SQL_ALCHEMY_CONN', 'a'],
  ['repo', 'https://ada:lovelace@git.example.com/a.git'],
  ['repo', 'https://token@git.example.com/a.git'],
  ['extraEnv', '- name: SHOP_PASSWORD\n  value: hunter2 {{ .x }}\n'],
  ['webserverConfig', 'OAUTH_PROVIDERS = [{\n  "client_secret": "hunter2",\n}]\n'],
  ['args', 'API_TOKEN=hunter2 exec airflow'],
  ['text', '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ['extraDeploy', 'apiVersion: v1\nkind: Secret\nstringData:\n  a: hunter2\n'],
  ['args', 'exec psql --password hunter2'],
  ['args', 'curl -u ada:hunter2 https://git.example.com'],
  ['args', 'airflow users create -u ada -p hunter2'],
  ['GITHUB', `ghp_${'a'.repeat(36)}`],
  ['ODBC', 'Server=db;Password=hunter2;'],
  ['STORAGE', 'AccountName=a;AccountKey=hunter2=='],
  ['folder', 'wasb://logs?sv=1&sig=hunter2'],
  ['hook', 'https://hooks.slack.com/services/T0/B0/hunter2'],
])('the value of %s as in %j is secret', (key, value) => {
  expect(isSecret(key, value)).toBe(true);
});

test.each([
  ['fernetKeySecretName', 'a'],
  ['credentialsSecret', 'a'],
  ['existingSecret', 'a'],
  ['existingSecretPasswordKey', 'a'],
  ['repo', 'git@git.example.com:a.git'],
  ['repo', 'https://git.example.com/a.git'],
  ['webserverConfig', 'CLIENT_SECRET = os.environ["CLIENT_SECRET"]\nSECRET_KEY = get_key("a")\n'],
  ['extraEnvFrom', '- secretRef:\n    name: warehouse\n'],
  ['extraEnv', '- name: SHOP_PASSWORD\n  valueFrom:\n    secretKeyRef: { name: shop, key: password }\n'],
  ['extraDeploy', 'kind: SecretStore\nspec:\n  a: b\n'],
  ['args', 'exec psql --password-file /run/password --no-password'],
  ['args', 'mkdir -p /tmp/a'],
  ['password', ''],
  ['GOOGLE_APPLICATION_CREDENTIALS', '/opt/airflow/gcs/key.json'],
  ['AIRFLOW_CONN_AWS_DEFAULT', 'aws:///?region_name=eu-central-1'],
  ['AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT', 'google-cloud-platform://'],
  ['parallelism', 32],
])('the value of %s as in %j is not', (key, value) => {
  expect(isSecret(key, value)).toBe(false);
});

test('what is secret is left out wherever it stands', () => {
  // GIVEN
  const container = {
    name: 'a',
    env: [
      { name: 'DB_PASSWORD', value: 'x' },
      { name: 'TZ', value: 'UTC' },
    ],
  };

  // THEN
  expect(withoutSecrets([container])).toEqual([
    {
      name: 'a',
      env: [
        { name: 'DB_PASSWORD', value: '(not shown)' },
        { name: 'TZ', value: 'UTC' },
      ],
    },
  ]);
  expect(withoutSecrets({ extraSecrets: { data: 'x' } })).toEqual({ extraSecrets: { data: '(not shown)' } });
  expect([hasSecrets(container), hasSecrets({ a: 1 }), hasSecrets('x', 'password')]).toEqual([true, false, true]);
});

test('what a flag gives to something secret is left out, and what a Secret holds', () => {
  expect(withoutSecrets(['--password', 'hunter2', '--host', 'db'])).toEqual(['--password', '(not shown)', '--host', 'db']);
  expect(withoutSecrets({ kind: 'Secret', data: { a: 'aHVudGVyMg==' } })).toEqual({ kind: 'Secret', data: { a: '(not shown)' } });
  expect(withoutSecrets({ kind: 'ConfigMap', data: { a: 'b' } })).toEqual({ kind: 'ConfigMap', data: { a: 'b' } });
  expect(withoutSecrets({ extraSecrets: { a: { data: { b: 'hunter2' } } } })).toEqual({
    extraSecrets: { a: { data: { b: '(not shown)' } } },
  });
});

test.each([
  ['extraSecrets.a.data', 'extraSecrets'],
  ['extraSecrets.a.stringData.b', 'extraSecrets'],
  ['config.secrets.backend', 'backend'],
  ['env[1]', 'env'],
])('of %s the key %s tells whether it is secret', (path, key) => {
  expect(tellingKey(path)).toBe(key);
});
