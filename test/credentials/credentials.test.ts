import { Chart, Duration } from 'cdk8s';
import { Airflow, Credentials, Executor, SecretStoreKind } from '../../lib';
import type { Manifest } from '../support/manifests';
import { airflowErrors, type SynthObjects, synthAirflow, synthErrors } from '../support/synth-objects';

const ALL = {
  fernetKey: { secretName: 'keys', key: 'fernet' },
  apiSecretKey: { secretName: 'keys', key: 'api' },
  jwtSecret: { secretName: 'keys', key: 'jwt' },
  database: { secretName: 'passwords', key: 'database' },
  broker: { secretName: 'passwords', key: 'broker' },
  admin: { secretName: 'passwords', key: 'admin' },
};

test.each([undefined, Credentials.generated(), Credentials.existing({})])(
  'by default (%j) all are generated in the cluster',
  (credentials) => {
    // WHEN
    const objects = synthAirflow({ credentials });

    // THEN
    expect(objects.container('credentials').args).toEqual([
      'airflow-fernet-key fernet-key fernet',
      'airflow-api-secret-key api-secret-key password',
      'airflow-jwt-secret jwt-secret password',
      'airflow-database password password',
      'airflow-broker password password',
      'airflow-admin password password',
    ]);
    expect(objects.ofKind('Secret')).toEqual([]);
  },
);

test('what the user has is not generated', () => {
  // GIVEN
  const { database, fernetKey } = ALL;

  // WHEN
  const objects = synthAirflow({ credentials: Credentials.existing({ database, fernetKey }) });

  // THEN
  const names = ['airflow-api-secret-key', 'airflow-jwt-secret', 'airflow-broker', 'airflow-admin'];
  expect(objects.container('credentials').args.map((argument: string) => argument.split(' ')[0])).toEqual(names);
  expect(objects.one('Role', 'airflow-credentials').rules[1].resourceNames).toEqual(names);
});

test('the user’s own are read from their Secrets, wherever they are needed', () => {
  // WHEN
  const objects = synthAirflow({ credentials: Credentials.existing(ALL) });

  // THEN
  const files = (component: string) => secretFilesOf(objects, component).sort();
  const [fernet, api, jwt] = ['keys/fernet as fernetKey', 'keys/api as apiSecretKey', 'keys/jwt as jwtSecret'];
  const [database, broker] = ['passwords/database as database', 'passwords/broker as broker'];
  expect(files('api-server')).toEqual([api, fernet, jwt, database]);
  expect(files('scheduler')).toEqual([fernet, jwt, broker, database]);
  for (const component of ['dag-processor', 'triggerer']) expect(files(component)).toEqual([fernet, database]);
  expect(files('worker')).toEqual([broker]);
  expect(files('migrate')).toEqual([database]);
  expect(files('create-user')).toEqual(['passwords/admin as admin', database]);
  expect(secretFilesOf(objects, 'postgresql')).toEqual(['passwords/database as database']);
  expect(secretFilesOf(objects, 'redis')).toEqual(['passwords/broker as broker']);
});

test('what is in a store comes by ExternalSecrets, which make the Secrets that else are generated', () => {
  // WHEN
  const objects = synthAirflow({
    credentials: Credentials.externalSecrets({
      store: { name: 'vault', kind: SecretStoreKind.CLUSTER_SECRET_STORE },
      refreshInterval: Duration.minutes(10),
      keys: { fernetKey: { key: 'airflow', property: 'fernet' }, admin: { key: 'admin' } },
    }),
  });

  // THEN
  const made = objects.ofKind('ExternalSecret').map(({ metadata, spec }) => [metadata.name, spec.target.name, spec.data]);
  const defaults = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
  expect(made).toEqual([
    [
      'airflow-fernet-key',
      'airflow-fernet-key',
      [{ secretKey: 'fernet-key', remoteRef: { ...defaults, key: 'airflow', property: 'fernet' } }],
    ],
    ['airflow-admin', 'airflow-admin', [{ secretKey: 'password', remoteRef: { ...defaults, key: 'admin' } }]],
  ]);
  expect(objects.one('ExternalSecret', 'airflow-admin').spec).toMatchObject({
    refreshInterval: '600s',
    secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
  });
  const generated = ['airflow-api-secret-key', 'airflow-jwt-secret', 'airflow-database', 'airflow-broker'];
  expect(objects.container('credentials').args.map((argument: string) => argument.split(' ')[0])).toEqual(generated);
  expect(secretFilesOf(objects, 'dag-processor')).toContain('airflow-fernet-key/fernet-key as fernetKey');
});

test('what stands in the program is in the manifests, with a warning that does not show it', () => {
  // GIVEN
  const warning = jest.spyOn(console, 'warn').mockImplementation();

  // WHEN
  const objects = synthAirflow({ credentials: Credentials.inline({ admin: 'correct horse', broker: 'hunter2' }) });

  // THEN
  const decoded = objects.ofKind('Secret').map(({ metadata, data }) => [metadata.name, Buffer.from(data.password, 'base64').toString()]);
  expect(decoded).toEqual([
    ['airflow-admin', 'correct horse'],
    ['airflow-broker', 'hunter2'],
  ]);
  expect(warning.mock.calls.flat()).toEqual([expect.stringContaining('the values of admin, broker are in the manifests')]);
  expect(warning.mock.calls.flat().join()).not.toMatch(/horse|hunter/);
  expect(objects.container('credentials').args.join()).not.toMatch(/airflow-(admin|broker)/);
});

test.each([
  [
    Credentials.externalSecrets({ store: { name: 'A' }, keys: { admin: { key: 'a' } } }),
    'credentials.store.name: "A" given; expected a DNS name',
  ],
  [Credentials.externalSecrets({ store: { name: 'a' }, keys: {} }), 'credentials.keys: it is empty; expected at least one'],
  [
    Credentials.externalSecrets({ store: { name: 'a' }, keys: { admin: { key: '' } } }),
    'credentials.keys.admin.key: "" given; expected a name',
  ],
  [Credentials.inline({ admin: '' }), 'credentials.admin: it is empty; expected a value, or none to have it generated'],
  [Credentials.inline({ fernetKey: 'hunter2' }), 'credentials.fernetKey: expected 32 bytes in URL-safe base64'],
])('%j is an error', (credentials, message) => {
  // GIVEN
  jest.spyOn(console, 'warn').mockImplementation();

  // WHEN
  const errors = airflowErrors({ credentials });

  // THEN
  expect(errors).toEqual([expect.stringContaining(`[airflow/airflow] ${message}`)]);
  expect(errors.join()).not.toContain('hunter2');
});

test.each([
  [Credentials.externalSecrets({ store: { name: 'a' }, keys: { broker: { key: 'a' } } }), 'credentials.keys.broker'],
  [Credentials.inline({ broker: 'a' }), 'credentials.broker'],
])('a secret that nothing uses is an error (%#)', (credentials, prop) => {
  // GIVEN
  jest.spyOn(console, 'warn').mockImplementation();

  // THEN
  const errors = airflowErrors({ credentials, executor: Executor.local() });
  expect(errors).toEqual([`[airflow/airflow] ${prop}: there is no broker under LocalExecutor; leave it out`]);
});

test('if the user has all, there is nothing that could read or make a Secret', () => {
  // WHEN
  const objects = synthAirflow({ credentials: Credentials.existing(ALL) });

  // THEN
  expect([...objects.names('Role'), ...objects.names('RoleBinding'), ...objects.names('ClusterRole')]).toEqual([]);
  expect(objects.names('ServiceAccount')).toEqual(['airflow']);
  expect(objects.names('Job').join()).not.toContain('credentials');
  expect(objects.names('NetworkPolicy')).not.toContain('airflow-credentials');
});

test('under LocalExecutor there is no password of a broker', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.local() });

  // THEN
  expect(objects.container('credentials').args.join()).not.toContain('broker');
  expect(secretFilesOf(objects, 'scheduler').join()).not.toContain('broker');
});

test('under LocalExecutor all that are needed may be the user’s own', () => {
  // GIVEN
  const { broker, ...others } = ALL;

  // WHEN
  const objects = synthAirflow({ executor: Executor.local(), credentials: Credentials.existing(others) });

  // THEN
  expect(objects.names('Role')).toEqual([]);
  expect(objects.names('Job').join()).not.toContain('credentials');
});

test.each([
  ['CeleryExecutor', Executor.celery()],
  ['LocalExecutor', Executor.local()],
])('no rule of a Role is for all Secrets but that for `create`, under %s', (_name, executor) => {
  // GIVEN
  const { broker, ...others } = ALL;

  // WHEN
  const objects = synthAirflow({ executor, credentials: Credentials.existing(others) });

  // THEN: no names, or an empty list of them, means all
  for (const { verbs, resourceNames = [] } of objects.ofKind('Role').flatMap(({ rules }) => rules)) {
    if (resourceNames.length === 0) expect(verbs).toEqual(['create']);
  }
});

test('a name or a key that can be none is an error', () => {
  // GIVEN
  const credentials = Credentials.existing({ database: { secretName: 'My Secret', key: 'a/b' }, admin: { secretName: '' } });

  // WHEN
  const errors = airflowErrors({ credentials });

  // THEN
  const name = 'expected a DNS name: lower-case letters, digits, hyphens and dots, as in "airflow.example.com"';
  expect(errors).toEqual(
    expect.arrayContaining([
      `[airflow/airflow] credentials.database.secretName: "My Secret" given; ${name}`,
      '[airflow/airflow] credentials.database.key: "a/b" given; expected a key of a Secret: letters, digits, hyphens, underscores and ' +
        'dots, as in "password"',
      `[airflow/airflow] credentials.admin.secretName: "" given; ${name}`,
    ]),
  );
});

test('a chart without a namespace can’t generate any, and says so', () => {
  // WHEN
  const generated = synthErrors((app) => new Airflow(new Chart(app, 'chart'), 'airflow'));
  const existing = synthErrors((app) => new Airflow(new Chart(app, 'chart'), 'airflow', { credentials: Credentials.existing(ALL) }));

  // THEN
  expect(generated).toContain(
    '[chart/airflow] credentials: a RoleBinding has to name its namespace; give the chart one: new Chart(app, id, { namespace })',
  );
  expect(existing).toEqual([]);
});

/** `Secret/key as file` for each file out of a Secret that the main container mounts. */
function secretFilesOf(objects: SynthObjects, component: string): string[] {
  const mounted = objects.container(component).volumeMounts.map(({ name }: Manifest) => name);
  return objects
    .pod(component)
    .spec.volumes.filter(({ name, projected }: Manifest) => projected && mounted.includes(name))
    .flatMap(({ projected }: Manifest) => projected.sources)
    .flatMap(({ secret }: Manifest) => secret.items.map(({ key, path }: Manifest) => `${secret.name}/${key} as ${path}`));
}
