// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of shells, not of templates
import { checkSecrets } from '../../lib/checks/secrets';
import type { Manifest } from '../support/manifests';
import { configMap, deployment, problemsOf } from './support';

const env = (name: string, value: string) => deployment({}, { env: [{ name, value }] });
const PEM = ['-----BEGIN RSA PRIVATE', 'KEY-----'].join(' ');
const FERNET = `${'Ab1-_'.repeat(8)}xyz=`;

/** Put together, so that no scanner takes the tests for a leak. */
const TOKENS: [string, string][] = [
  ['a GitLab token', ['glpat', 'aB3dE6gH9jK2mN5pQ8sT'].join('-')],
  ['a GitHub token', ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_')],
  ['a GitHub token', ['github_pat', '11ABCDEFG0aBcDeFgHiJkL_x'].join('_')],
  ['an AWS access key', ['AKIA', 'IOSFODNN7EXAMPLE'].join('')],
  ['a Slack token', ['xoxb', '123456789012-abcdefABCDEF'].join('-')],
  ['a Google API key', ['AIza', 'SyA1234567890abcdefghijklmnopqrstuv'].join('')],
  ['a package index token', ['pypi', 'AgEIcHlwaS5vcmc'.repeat(4)].join('-')],
  ['a JSON web token', ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0', 'c2lnbmF0dXJl'].join('.')],
  ['an Authorization header', `curl -H "Authorization: Bearer ${'a1b2'.repeat(6)}"`],
  ['a private key', PEM],
  ['an address with a password', 'postgresql://airflow:hunter2@db:5432/airflow'],
];

test.each(TOKENS)('%s is found wherever it stands, and never shown (%#)', (what, text) => {
  // GIVEN
  const annotated = deployment({});
  annotated.metadata.annotations = { note: text };
  annotated.spec.template.metadata.annotations = { note: text };
  const objects = [
    annotated,
    { ...deployment({}, { env: [{ name: 'PLAIN', value: text }] }), metadata: { name: 'env' } },
    { ...deployment({}, { command: ['sh', '-c'], args: [`echo ${text}`] }), metadata: { name: 'args' } },
    { ...deployment({ initContainers: [{ name: 'init', args: [text] }] }), metadata: { name: 'init' } },
    { ...deployment({}, { livenessProbe: { exec: { command: [text] } } }), metadata: { name: 'probe' } },
    { ...deployment({}, { lifecycle: { preStop: { exec: { command: [text] } } } }), metadata: { name: 'hook' } },
    configMap('data', { 'notes.txt': `see\n${text}` }),
    helmRelease({ script: [text] }),
  ];
  // WHEN
  const problems = problemsOf(checkSecrets, objects);
  // THEN
  const places = [
    'Deployment/web: the annotation "note"',
    'ConfigMap/data: the key "notes.txt"',
    'HelmRelease/web: values.script[0]',
    'Deployment/web: the annotation "note"',
    'Deployment/env: env PLAIN of container "main"',
    'Deployment/args: a command of container "main"',
    'Deployment/init: a command of container "init"',
    'Deployment/probe: a command of container "main"',
    'Deployment/hook: a command of container "main"',
  ];
  expect(problems).toEqual(places.map((place) => `${place} has ${what} in it, readable by all`));
});

test.each([
  'POSTGRES_PASSWORD',
  'PGPASSWORD',
  'AIRFLOW__CORE__FERNET_KEY',
  'AIRFLOW__API__SECRET_KEY',
  'AIRFLOW__API_AUTH__JWT_SECRET',
  'GITLAB_TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'SSH_PRIVATE_KEY',
  'API_KEY',
  'DB_PASS',
  'AIRFLOW__CELERY__FLOWER_BASIC_AUTH',
])('the variable %s may have no value of its own', (name) => {
  // WHEN
  const problems = problemsOf(checkSecrets, [env(name, 'hunter2'), configMap('variables', { [name]: 'hunter2' })]);
  // THEN
  expect(problems).toEqual([
    `ConfigMap/variables: the key "${name}" has a value that its name says is secret in it, readable by all`,
    `Deployment/web: env ${name} of container "main" has a value that its name says is secret in it, readable by all`,
  ]);
});

test.each([
  ['POSTGRES_PASSWORD_FILE', '/etc/airflow-secrets/database'],
  ['POSTGRES_PASSWORD', '/etc/airflow-secrets/database'],
  ['AIRFLOW__CORE__FERNET_KEY_CMD', 'cat /etc/airflow-secrets/fernetKey'],
  ['AIRFLOW__CORE__FERNET_KEY_SECRET', 'fernet-key'],
  ['AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_SECRET', 'sql-alchemy'],
  ['GITLAB_SECRET_NAME', 'gitlab-dags'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'],
  ['REMEMBER_PASSWORD', 'true'],
  ['REMEMBER_PASSWORD', 'False'],
  ['PASSWORD', ''],
  ['PASSWORD', '$(DB_PASSWORD)'],
  ['PASSWORD', '${DB_PASSWORD}'],
  ['PASSWORD', '$DB_PASSWORD'],
  ['PASSWORD', '<your password>'],
  ['TOKENIZER', 'word'],
  ['CONNECTION', 'postgresql://airflow:$(DB_PASSWORD)@db/airflow'],
  ['CONNECTION', 'postgresql://airflow:${DB_PASSWORD}@db/airflow'],
  ['CONNECTION', 'postgresql://airflow@db:5432/airflow'],
  ['REPOSITORY', 'git@gitlab.example.com:team/dags.git'],
  ['URL', 'http://gitlab-webservice.gitlab.svc:8181/airflow.git'],
])('%s=%s is no secret', (name, value) => {
  // WHEN
  const problems = problemsOf(checkSecrets, [env(name, value)]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  [['--password', 'hunter2'], 'password'],
  [['--password=hunter2'], 'password'],
  [['sh', '-c', 'redis-server --requirepass "hunter2"'], 'requirepass'],
  [['sh', '-c', 'PGPASSWORD=hunter2 psql'], 'PGPASSWORD'],
  [['sh', '-c', "export TOKEN='hunter2'; run"], 'TOKEN'],
  [['python', '-c', 'call({"user": "a", "api_key": "hunter2"})'], 'api_key'],
  [['sh', '-c', 'curl --silent -u admin:hunter2 http://web/'], 'password'],
  [['curl', '--user', 'admin:hunter2', 'http://web/'], 'password'],
])('the command %j is told', (command, name) => {
  // WHEN
  const problems = problemsOf(checkSecrets, [deployment({}, { command })]);
  // THEN
  expect(problems).toEqual([`Deployment/web: a command of container "main" has a value of "${name}" in it, readable by all`]);
});

test.each([
  [['--password-file=/etc/git-secret/token', '--username="$(cat /etc/git-secret/username)"']],
  [['--password', '$(PASSWORD)']],
  [['sh', '-c', 'PGPASSWORD="$(cat /etc/secret)" psql; SECRET=$(openssl rand -hex 24)']],
  [['sh', '-c', 'redis-server --requirepass $REDIS_PASSWORD']],
  [['--password', '--verbose']],
  [['sh', '-c', 'curl -u "admin:$PASSWORD" http://web:8080/; chown -u 50000:0 /data']],
  [['python', '-c', 'request.add_header("Authorization", "Bearer " + read("token"))']],
  [['--secrets', '[{"name": "a", "key": "password", "form": "password"}]']],
])('the command %j has no secret', (args) => {
  // WHEN
  const problems = problemsOf(checkSecrets, [deployment({}, { args })]);
  // THEN
  expect(problems).toEqual([]);
});

test.each<[string, string, string[]]>([
  ['airflow.cfg', `[core]\nfernet_key = ${FERNET}\n`, ['fernet_key']],
  ['airflow.cfg', '[api]\nsecret_key = hunter2\n[smtp]\nsmtp_password: hunter2\n', ['secret_key', 'smtp_password']],
  ['airflow.cfg', '[core]\nfernet_key_cmd = cat /a/b\nfernet_key =\n# secret_key = x1\n', []],
  ['webserver_config.py', "SECRET_KEY = 'hunter2'\nPASSWORD = read('/a')\n", ['SECRET_KEY']],
  ['connection.json', '{"conn_type": "http", "password": "hunter2"}', ['password']],
  ['values.yaml', "auth:\n  password: hunter2\n  - apiKey: 'hunter2'\n", ['password', 'apiKey']],
  [
    'values.yml',
    'secretName: web\npassword: ${PASSWORD}\ntoken:\n  from: a\nsecret: { name: a }\nautomountServiceAccountToken: false\npassword: *a\n',
    [],
  ],
  ['settings.toml', 'password = "hunter2"\n', ['password']],
  ['.netrc', 'machine git.example.com\nlogin ada\npassword hunter2\n', ['password']],
  ['netrc', 'machine a login ada password $PASSWORD', []],
  ['gitlab.netrc', 'machine git.example.com login ada password hunter2\n', ['password']],
  ['.pgpass', '# hosts\ndb.example.com:5432:*:airflow:hunter2\n', ['password']],
  ['notes.txt', 'db:5432:a:b:c', []],
  ['init.sh', 'export DB_PASSWORD=hunter2\n', ['DB_PASSWORD']],
  ['notes.txt', `fernetKey: "${FERNET}"`, ['fernetKey']],
  ['requirements.txt', '--index-url https://user:${TOKEN}@pypi.example.com/simple\npandas==2.2\n', []],
  ['connection_url.py', 'print(f"{scheme}://{user}:{password}@{rest}")', []],
])('the options of %s are read (%#)', (key, text, names) => {
  // WHEN
  const problems = problemsOf(checkSecrets, [configMap('config', { [key]: text })]);
  // THEN
  expect(problems).toEqual(names.map((name) => `ConfigMap/config: the key "${key}" has a value of "${name}" in it, readable by all`));
});

test('a probe with a login in a header is told, one with a placeholder is not', () => {
  // GIVEN
  const probe = (name: string, value: string) => ({ httpGet: { port: 8080, httpHeaders: [{ name, value }] } });
  const container = { livenessProbe: probe('authorization', 'Basic YTpi'), readinessProbe: probe('Authorization', '$(TOKEN)') };
  // WHEN
  const problems = problemsOf(checkSecrets, [deployment({}, { ...container, startupProbe: probe('X-Name', 'probe') })]);
  // THEN
  expect(problems).toEqual(['Deployment/web: a header of container "main" has an Authorization header in it, readable by all']);
});

test('objects in a List, a PodTemplate and pods of custom resources are looked at as others are', () => {
  // GIVEN
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { token: 'hunter2' } };
  const { template } = env('TOKEN', 'hunter2').spec;
  const objects = [
    { apiVersion: 'v1', kind: 'List', metadata: { name: 'list' }, items: [secret, env('TOKEN', 'hunter2')] },
    { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'a' }, template },
    { apiVersion: 'example.com/v1', kind: 'Job', metadata: { name: 'b' }, spec: { parts: [{ pod: template }] } },
  ];
  // WHEN
  const problems = problemsOf(checkSecrets, objects);
  // THEN
  const told = 'env TOKEN of container "main" has a value that its name says is secret in it, readable by all';
  expect(problems).toEqual([
    'Secret/a: the values of token are readable',
    `Deployment/web: ${told}`,
    `PodTemplate/a: ${told}`,
    `Job/b: ${told}`,
  ]);
});

test("what is no string is another check's matter", () => {
  // WHEN
  const problems = problemsOf(checkSecrets, [
    deployment({}, { env: [{ name: 'TOKEN', value: 1 }] }),
    configMap('a', { token: 1 }),
    configMap('b', undefined),
  ]);
  // THEN
  expect(problems).toEqual([]);
});

test('a Secret with values is told by its keys, one that is filled in the cluster is not', () => {
  // GIVEN
  const secret = (name: string, fields: Manifest) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, ...fields });
  const objects = [
    secret('a', { data: { password: 'aHVudGVyMg==' }, stringData: { token: 'hunter2', empty: '' } }),
    secret('b', { type: 'kubernetes.io/service-account-token' }),
    secret('c', { data: { password: '' } }),
  ];
  // WHEN
  const problems = problemsOf(checkSecrets, objects);
  // THEN
  expect(problems).toEqual(['Secret/a: the values of password, token are readable']);
});

test('values of a chart are told by their names, wherever the custom resource has them', () => {
  // GIVEN
  const values = {
    auth: { password: 'hunter2', existingSecret: 'airflow-auth', forcePassword: true },
    connections: '{"password": "hunter2"}',
    data: { metadataConnection: { user: 'airflow', pass: 'hunter2' }, metadataSecretName: 'metadata' },
    extraEnv: [
      { name: 'DB_PASSWORD', value: 'hunter2' },
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
      { name: 'GIT_TOKEN', value: '$(TOKEN)' },
    ],
    redis: { password: 1234 },
    secret: [{ envName: 'AIRFLOW_CONN_DB', secretName: 'db', secretKey: 'connection' }],
  };
  const objects = [
    helmRelease(values),
    { apiVersion: 'helm.cattle.io/v1', kind: 'HelmChart', metadata: { name: 'web' }, spec: { valuesContent: JSON.stringify(values) } },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'web' },
      spec: { source: { helm: { valuesObject: values } } },
    },
  ];
  // WHEN
  const problems = problemsOf(checkSecrets, objects);
  // THEN
  const named = 'a value that its name says is secret';
  const told = [
    ['auth.password', named],
    ['connections', 'a value of "password"'],
    ['data.metadataConnection.pass', named],
    ['extraEnv[0].value', named],
    ['redis.password', named],
  ];
  expect(problems).toEqual(
    ['HelmRelease', 'HelmChart', 'Application'].flatMap((kind) =>
      told.map(([path, what]) => `${kind}/web: values.${path} has ${what} in it, readable by all`),
    ),
  );
});

function helmRelease(values: Manifest): Manifest {
  return { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'web' }, spec: { values } };
}
