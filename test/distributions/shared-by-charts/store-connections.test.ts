import { CaCertificates, Database, DatabaseEngine, NetworkDestination, TlsMode } from '../../../lib';
import { bitnamiErrors, bitnamiValues } from '../bitnami-chart/release';
import { officialErrors, officialRelease, officialValues } from '../official-chart/release';

const PASSWORD = { secretName: 'mine', key: 'pw' };
const PLAIN = { database: Database.external({ host: 'db.example.com', user: 'ada', password: PASSWORD }) };
const CLUSTER = { database: Database.cloudNativePg({ cluster: 'db' }) };
const ASYNC_VARIABLE = 'AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC';

const URL =
  'postgresql://{database-user}:{database}@db-rw:5432/{database-name}' +
  '?sslmode=verify-full&sslrootcert=%2Fetc%2Fairflow-stores%2Fdatabase-ca.crt';
const ASYNC_URL =
  'postgresql+asyncpg://{database-user}:{database}@db-rw:5432/{database-name}' +
  '?dsn=postgresql%3A%2F%2F%3Fsslmode%3Dverify-full%26sslrootcert%3D%252Fetc%252Fairflow-stores%252Fdatabase-ca.crt';
const PARTS = {
  database: { name: 'db-app', key: 'password' },
  'database-user': { name: 'db-app', key: 'username' },
  'database-name': { name: 'db-app', key: 'dbname' },
};
const VOLUMES = [
  {
    name: 'stores',
    projected: { defaultMode: 0o440, sources: [{ secret: { name: 'db-ca', items: [{ key: 'ca.crt', path: 'database-ca.crt' }] } }] },
  },
];
const MOUNTS = [{ name: 'stores', mountPath: '/etc/airflow-stores', readOnly: true }];

describe('the official chart', () => {
  const derived = (props: object) => {
    const args: string[] = officialRelease(props).objects.container('credentials').args;
    const made = args.filter((arg) => arg.startsWith('{')).map((arg) => JSON.parse(arg));
    return Object.fromEntries(made.map(({ name, data }) => [name, data]));
  };

  test('reads the address of a database of the user’s from a Secret that is made of the user’s', () => {
    // WHEN
    const values = officialValues(PLAIN);

    // THEN
    expect(values.data.metadataSecretName).toBe('airflow-metadata');
    expect(derived(PLAIN)['airflow-metadata']).toEqual({
      connection: { url: 'postgresql://ada:{database}@db.example.com:5432/airflow', parts: { database: { name: 'mine', key: 'pw' } } },
    });
    expect(values).not.toHaveProperty('secret');
    expect(values).not.toHaveProperty('volumes');
    expect(officialRelease(PLAIN).objects.names('StatefulSet')).toEqual([]);
  });

  test('has certificates in all pods, and an address for asynchronous connections', () => {
    // WHEN
    const values = officialValues(CLUSTER);

    // THEN
    expect(derived(CLUSTER)['airflow-metadata']).toEqual({
      connection: { url: URL, parts: PARTS },
      'connection-async': { url: ASYNC_URL, parts: PARTS },
    });
    expect(values.secret).toEqual([{ envName: ASYNC_VARIABLE, secretName: 'airflow-metadata', secretKey: 'connection-async' }]);
    expect(values).toMatchObject({ volumes: VOLUMES, volumeMounts: MOUNTS });
  });

  test.each([
    ['connection', 'mine'],
    ['url', 'airflow-metadata'],
  ])('reads a whole URL of the key %s from the Secret %s', (key, name) => {
    // GIVEN
    const destination = NetworkDestination.anywhere([5432]);

    // THEN
    const props = { database: Database.fromUrl({ secret: { secretName: 'mine', key }, destination }) };
    expect(officialValues(props).data.metadataSecretName).toBe(name);
  });

  test('opens the way to it', () => {
    // WHEN
    const { spec } = officialRelease(CLUSTER).objects.one('NetworkPolicy', 'airflow-scheduler');

    // THEN
    expect(spec.egress).toContainEqual({
      ports: [{ port: 5432, protocol: 'TCP' }],
      to: [{ podSelector: { matchLabels: { 'cnpg.io/cluster': 'db' } } }],
    });
  });

  test('can’t tell aiomysql of TLS', () => {
    const tls = { ca: CaCertificates.fromConfigMap('ca') };
    const database = Database.external({ engine: DatabaseEngine.MYSQL, host: 'db', password: PASSWORD, tls });
    expect(officialErrors({ database })).toEqual([expect.stringContaining('database.tls: only the built-in distribution tells aiomysql')]);
  });

  test('takes a URL as it is', () => {
    const destination = NetworkDestination.anywhere();
    const database = Database.fromUrl({ secret: PASSWORD, destination, tls: { mode: TlsMode.REQUIRE } });
    expect(officialErrors({ database })).toEqual([expect.stringContaining('database.tls: the official chart takes the URL as it is')]);
  });
});

describe('the Bitnami chart', () => {
  test('reads the address of a database of the user’s from a Secret that is made of the user’s', () => {
    expect(bitnamiValues(PLAIN)).toMatchObject({
      postgresql: { enabled: false },
      externalDatabase: { existingSecret: 'airflow-database-auth', existingSecretSqlConnectionKey: 'connection' },
    });
    expect(bitnamiValues(PLAIN)).not.toHaveProperty('extraVolumes');
  });

  test('has certificates in all pods, and an address for asynchronous connections', () => {
    // WHEN
    const values = bitnamiValues(CLUSTER);

    // THEN
    expect(values).toMatchObject({ extraVolumes: VOLUMES, extraVolumeMounts: MOUNTS });
    expect(values.extraEnvVars).toContainEqual({
      name: ASYNC_VARIABLE,
      valueFrom: { secretKeyRef: { name: 'airflow-database-auth', key: 'connection-async' } },
    });
  });

  test('connects to PostgreSQL alone', () => {
    const database = Database.external({ engine: DatabaseEngine.MYSQL, host: 'db', password: PASSWORD });
    expect(bitnamiErrors({ database })).toEqual([expect.stringContaining('database.engine: the image of the Bitnami chart connects to')]);
  });
});
