import {
  type AirflowChartProps,
  CaCertificates,
  Credentials,
  Database,
  DatabaseEngine,
  type DatabaseUrlProps,
  type ExternalDatabaseProps,
  NetworkDestination,
  TlsMode,
} from '../../lib';
import { urlsOfHost } from '../../lib/data-stores/external-database';
import { destinationsOfUrl } from '../../lib/network/url-destinations';
import { airflowErrors, type SynthObjects, synthAirflow } from '../support/synth-objects';

const HOST = 'db.example.com';
const PASSWORD = { secretName: 'my-database', key: 'pw' };
const CLIENTS = ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'migrate', 'create-user'];

const external = (props: Partial<ExternalDatabaseProps> = {}): AirflowChartProps => ({
  database: Database.external({ host: HOST, password: PASSWORD, ...props }),
});

test('Airflow connects to it, and none is made', () => {
  // WHEN
  const objects = synthAirflow(external({ port: 5433, name: 'airflow_db', user: 'ada' }));

  // THEN
  expect(objects.names('StatefulSet')).toEqual(['airflow-redis']);
  expect(objects.names('NetworkPolicy')).not.toContain('airflow-postgresql');
  expect(objects.env('scheduler').AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toBe(
    "python -I /etc/airflow/connection_url.py /etc/airflow-secrets 'postgresql://ada:{database}@db.example.com:5433/airflow_db'",
  );
  expect(objects.env('scheduler')).not.toHaveProperty('AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC_CMD');
});

test('its password is that of the user’s Secret, and none is generated', () => {
  // WHEN
  const objects = synthAirflow(external(), (airflow) => expect(airflow.secrets.database).toEqual(PASSWORD));

  // THEN
  for (const client of CLIENTS) expect(filesOf(objects, client)).toMatchObject({ database: 'Secret my-database pw' });
  expect(JSON.stringify(objects.one('Job', 'airflow-credentials'))).not.toMatch(/database/);
});

test('the user may be in a Secret too', () => {
  // WHEN
  const objects = synthAirflow(external({ userSecret: { secretName: 'login' } }));

  // THEN
  expect(filesOf(objects, 'scheduler')).toMatchObject({ 'database-user': 'Secret login username' });
  expect(objects.env('scheduler').AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toContain("'postgresql://{database-user}:{database}@");
});

test('certificates are files of who connects, and of the wait before it', () => {
  // GIVEN
  const tls = { ca: CaCertificates.fromConfigMap('rds', 'bundle.pem'), clientCertificateSecretName: 'airflow-client' };

  // WHEN
  const objects = synthAirflow(external({ tls }));

  // THEN
  for (const client of CLIENTS) {
    expect(filesOf(objects, client)).toMatchObject({
      'database-ca.crt': 'ConfigMap rds bundle.pem',
      'database-tls.crt': 'Secret airflow-client tls.crt',
      'database-tls.key': 'Secret airflow-client tls.key',
    });
  }
  const wait = objects.initContainers('scheduler')['wait-for-migration'];
  expect(wait.volumeMounts).toContainEqual({ name: 'wait-secrets', mountPath: '/etc/airflow-secrets', readOnly: true });
  expect(objects.env('scheduler').AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toMatch(
    / sslmode=verify-full sslrootcert=\/etc\/airflow-secrets\/database-ca.crt sslcert=\S+\/database-tls.crt sslkey=\S+\/database-tls.key$/,
  );
});

test('with parameters the address of asynchronous connections is given too: Airflow’s own would be refused by their driver', () => {
  // WHEN
  const env = synthAirflow(external({ tls: { mode: TlsMode.REQUIRE } })).env('scheduler');

  // THEN
  expect(env.AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC_CMD).toBe(
    env.AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD.replace('.py ', '.py --async '),
  );
});

test('what reads no password of the database has none of its files', () => {
  // GIVEN
  const tls = { ca: CaCertificates.fromSecret({ secretName: 'my-ca' }) };

  // WHEN
  const objects = synthAirflow(external({ tls }));

  // THEN
  for (const other of ['redis', 'credentials']) expect(JSON.stringify(objects.pod(other))).not.toMatch(/my-ca|my-database/);
});

test('the NetworkPolicies open the way to it, and no other', () => {
  // WHEN
  const objects = synthAirflow(external());
  const given = synthAirflow(external({ destination: NetworkDestination.cidr('10.1.2.0/24', [5432]) }));

  // THEN
  for (const client of CLIENTS) {
    expect(egress(objects, client)).toContainEqual({
      ports: [{ port: 5432, protocol: 'TCP' }],
      to: expect.arrayContaining([{ namespaceSelector: {} }]),
    });
    expect(egress(given, client)).toContainEqual({ ports: [{ port: 5432, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '10.1.2.0/24' } }] });
  }
  expect(JSON.stringify(egress(given, 'redis'))).not.toContain('10.1.2.0');
});

test.each([
  ['10.1.2.3', { kind: 'cidr', cidr: '10.1.2.3/32' }, [5432]],
  ['2001:db8::1', { kind: 'cidr', cidr: '2001:db8::1/128' }, [5432]],
  ['db.data.svc.cluster.local', { kind: 'namespace', name: 'data' }, undefined],
  ['db.example.com', { kind: 'anywhere' }, [5432]],
])('a way to %s', (host, peer, ports) => {
  expect(urlsOfHost(host, 5432).flatMap((url) => destinationsOfUrl(url))).toEqual([
    { peer, ports: ports?.map((port) => ({ port, protocol: 'TCP' })) },
  ]);
});

test('MySQL has its scheme, its port and its character set', () => {
  // WHEN
  const env = synthAirflow(external({ engine: DatabaseEngine.MYSQL })).env('scheduler');

  // THEN
  expect(env.AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toMatch(
    /'mysql:\/\/airflow:\{database\}@db.example.com:3306\/airflow' charset=utf8mb4$/,
  );
});

describe('a whole URL', () => {
  const fromUrl = (props: Partial<DatabaseUrlProps> = {}) => ({
    database: Database.fromUrl({ secret: { secretName: 'my-url' }, destination: NetworkDestination.namespace('data', [5432]), ...props }),
  });

  test('is read from a Secret, and Airflow is told that for asynchronous connections too', () => {
    // WHEN
    const objects = synthAirflow(fromUrl(), (airflow) =>
      expect(airflow.secrets.database).toEqual({ secretName: 'my-url', key: 'connection' }),
    );

    // THEN
    expect(filesOf(objects, 'migrate')).toMatchObject({ database: 'Secret my-url connection' });
    expect(objects.env('scheduler')).toMatchObject({
      AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD: "python -I /etc/airflow/connection_url.py /etc/airflow-secrets '{database}'",
      AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC_CMD: "python -I /etc/airflow/connection_url.py --async /etc/airflow-secrets '{database}'",
    });
    expect(egress(objects, 'scheduler')).toContainEqual({
      ports: [{ port: 5432, protocol: 'TCP' }],
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } } }],
    });
  });

  test('is added to with TLS', () => {
    // WHEN
    const objects = synthAirflow(fromUrl({ tls: { ca: CaCertificates.fromSecret({ secretName: 'my-ca', key: 'root.pem' }) } }));

    // THEN
    expect(filesOf(objects, 'scheduler')).toMatchObject({ 'database-ca.crt': 'Secret my-ca root.pem' });
    expect(objects.env('scheduler').AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toContain("'{database}' sslmode=verify-full sslrootcert=");
  });
});

test.each<[AirflowChartProps, string]>([
  [external({ host: 'my host' }), 'database.host: "my host" given; expected a DNS name'],
  [external({ port: 0 }), 'database.port: 0 given; expected a whole number from 1 to 65535'],
  [external({ name: 'a b' }), 'database.name: "a b" given; expected the name of a database, without spaces'],
  [external({ user: '' }), 'database.user: "" given; expected the name of a user, without spaces'],
  [external({ user: 'ada', userSecret: { secretName: 'login' } }), 'database.user: "ada" given; expected either user or userSecret'],
  [external({ userSecret: { secretName: 'A B' } }), 'database.userSecret.secretName: "A B" given; expected a DNS name'],
  [external({ password: { secretName: 'db', key: 'a b' } }), 'database.password.key: "a b" given; expected a key of a Secret'],
  [external({ tls: { ca: CaCertificates.fromConfigMap('A B') } }), 'database.tls.ca.name: "A B" given; expected a DNS name'],
  [external({ tls: { clientCertificateSecretName: 'A B' } }), 'database.tls.clientCertificateSecretName: "A B" given; expected a DNS name'],
  [
    external({ tls: { mode: TlsMode.REQUIRE, ca: CaCertificates.fromConfigMap('ca') } }),
    'database.tls.mode: "require" given; certificates of authorities are looked at under "verify-ca" and "verify-full" alone; expected one of them, or no ca',
  ],
  [
    external({ tls: { mode: TlsMode.DISABLE, clientCertificateSecretName: 'client' } }),
    'database.tls.mode: "disable" given; there is no certificate without TLS; expected another mode, or no clientCertificateSecretName',
  ],
  [
    external({ destination: NetworkDestination.cidr('10.0.0.1/8') }),
    'database.destination: "10.0.0.1/8" given; expected the first address',
  ],
  [
    { ...external(), credentials: Credentials.existing({ database: PASSWORD }) },
    'credentials.database: the prop database says where it is; leave it out',
  ],
])('%#: an error that says %s', (props, message) => {
  expect(airflowErrors(props)).toEqual([expect.stringContaining(`] ${message}`)]);
});

/** The files of the volume with secrets, each with the object and the key that it comes from. */
function filesOf(objects: SynthObjects, component: string): { [path: string]: string } {
  const { volumes } = objects.pod(component).spec;
  const { sources } = volumes.find(({ name }: { name: string }) => name === 'secrets').projected;
  // biome-ignore lint/suspicious/noExplicitAny: as in the manifest
  const entries = sources.map(({ secret, configMap }: any) => {
    const [{ key, path }] = (secret ?? configMap).items;
    return [path, `${secret ? 'Secret' : 'ConfigMap'} ${(secret ?? configMap).name} ${key}`];
  });
  return Object.fromEntries(entries);
}

function egress(objects: SynthObjects, component: string): unknown[] {
  return objects.one('NetworkPolicy', `airflow-${component}`).spec.egress ?? [];
}
