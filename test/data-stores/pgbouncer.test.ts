import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AirflowChartProps, Broker, CaCertificates, Database, DatabaseEngine, Executor, NetworkDestination } from '../../lib';
import type { Manifest } from '../support/manifests';
import { run } from '../support/process';
import { airflowErrors, type SynthObjects, synthAirflow } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

const AIRFLOW = ['api-server', 'scheduler', 'dag-processor', 'triggerer'];
const JOBS = ['migrate', 'create-user', 'pools', 'db-cleanup'];
const EVERYTHING: AirflowChartProps = { pools: { etl: { slots: 1 } }, databaseCleanup: {} };
const EXTERNAL = Database.external({
  host: 'db.example.com',
  userSecret: { secretName: 'login' },
  password: { secretName: 'login' },
  tls: { ca: CaCertificates.fromConfigMap('ca'), clientCertificateSecretName: 'client' },
});

const iniOf = (objects: SynthObjects): string => objects.one('ConfigMap', 'airflow-pgbouncer').data['pgbouncer.ini'];
const filesOf = (volume: Manifest): string[] => {
  const sources: Manifest[] = volume.projected.sources;
  return sources.flatMap((source) => Object.values<Manifest>(source).flatMap(({ items }) => items.map(({ path }: Manifest) => path)));
};

/** Where the containers of a component connect to, by the URL that they make. */
function addressesOf(objects: SynthObjects, component: string): string[] {
  const { initContainers = [], containers } = objects.pod(component).spec;
  const env: Manifest[] = [...initContainers, ...containers].flatMap((container: Manifest) => container.env ?? []);
  return env.filter(({ name }) => /SQL_ALCHEMY_CONN/.test(name)).map(({ value }) => /@([^/]+)\//.exec(value)?.[1] ?? value);
}

test('without the prop there is none', () => {
  expect(synthAirflow().all.filter(({ metadata }) => metadata.name.includes('pgbouncer'))).toEqual([]);
});

test('the components of Airflow share its connections, and the Jobs connect to the database itself', () => {
  // WHEN
  const objects = synthAirflow({ ...EVERYTHING, pgBouncer: {} });

  // THEN
  for (const component of AIRFLOW) expect(new Set(addressesOf(objects, component))).toEqual(new Set(['airflow-pgbouncer:6432']));
  for (const component of JOBS) expect(new Set(addressesOf(objects, component))).toEqual(new Set(['airflow-postgresql:5432']));
});

test('it looks up names as Airflow does, and so do backups', () => {
  // GIVEN
  const lookup = {
    hostAliases: [{ ip: '10.0.0.7', hostnames: ['db.example.com'] }],
    dnsPolicy: 'None',
    dnsConfig: { nameservers: ['10.0.0.10'] },
  };

  // WHEN
  const external = synthAirflow({ database: EXTERNAL, pgBouncer: {}, allComponents: lookup });
  const backedUp = synthAirflow({ database: Database.builtIn({ backup: {} }), allComponents: lookup });

  // THEN
  expect(external.pod('pgbouncer').spec).toMatchObject(lookup);
  for (const component of ['db-backup', 'db-restore']) expect(backedUp.pod(component).spec).toMatchObject(lookup);
  for (const component of ['postgresql', 'redis']) expect(Object.keys(backedUp.pod(component).spec)).not.toContain('hostAliases');
});

test('workers whose results the database keeps share them too', () => {
  const broker = Broker.rabbitMq({ host: 'rabbit.example.com', password: { secretName: 'rabbit' } });
  const objects = synthAirflow({ pgBouncer: {}, executor: Executor.celery({ broker }) });
  expect(new Set(addressesOf(objects, 'worker'))).toEqual(new Set(['airflow-pgbouncer:6432']));
});

test('the NetworkPolicies lead through it', () => {
  // GIVEN
  const objects = synthAirflow({ ...EVERYTHING, pgBouncer: {} });
  const reaching = (component: string) => {
    const { ingress } = objects.one('NetworkPolicy', `airflow-${component}`).spec;
    return ingress
      .flatMap(({ from }: Manifest) => from)
      .map(({ podSelector }: Manifest) => podSelector.matchLabels['app.kubernetes.io/component'])
      .sort();
  };

  // THEN
  expect(reaching('pgbouncer')).toEqual([...AIRFLOW].sort());
  expect(reaching('postgresql')).toEqual([...JOBS, 'pgbouncer'].sort());
});

test('pgbouncer.ini names the server, and neither a user nor a password', () => {
  expect(iniOf(synthAirflow({ pgBouncer: {} }))).toBe(`[databases]
* = host=airflow-postgresql port=5432

[pgbouncer]
listen_addr = *
listen_port = 6432
unix_socket_dir = 
auth_type = scram-sha-256
auth_file = /run/pgbouncer/users.txt
pool_mode = transaction
default_pool_size = 20
max_client_conn = 1000
max_prepared_statements = 200
server_login_retry = 1
log_connections = 0
log_disconnections = 0
server_tls_sslmode = prefer
`);
});

test('the sizes and all other settings are the user’s to say, and new ones roll the pods', () => {
  // GIVEN
  const objects = synthAirflow({
    pgBouncer: { poolSize: 7, maxClientConnections: 50, parameters: { query_wait_timeout: '30', log_connections: '1' } },
  });
  const checksumOf = (each: SynthObjects) => each.pod('pgbouncer').metadata.annotations['cdk8s-airflow/config-checksum'];

  // THEN
  const lines = iniOf(objects).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining(['default_pool_size = 7', 'max_client_conn = 50', 'query_wait_timeout = 30', 'log_connections = 1']),
  );
  expect(checksumOf(objects)).toMatch(/^[0-9a-f]{64}$/);
  expect(checksumOf(objects)).not.toBe(checksumOf(synthAirflow({ pgBouncer: {} })));
});

test('it encrypts its way to the database, with the certificates, which Airflow’s pods then need not have', () => {
  // WHEN
  const objects = synthAirflow({ database: EXTERNAL, pgBouncer: {} });

  // THEN
  const login = '/etc/pgbouncer-login';
  expect(iniOf(objects)).toContain(`* = host=db.example.com port=5432\n`);
  expect(iniOf(objects)).toContain(`server_tls_sslmode = verify-full
server_tls_ca_file = ${login}/database-ca.crt
server_tls_cert_file = ${login}/database-tls.crt
server_tls_key_file = ${login}/database-tls.key
`);
  const volume = (component: string, name: string) => objects.pod(component).spec.volumes.find((each: Manifest) => each.name === name);
  expect(filesOf(volume('pgbouncer', 'login'))).toEqual([
    'database',
    'database-user',
    'database-ca.crt',
    'database-tls.crt',
    'database-tls.key',
  ]);
  expect(filesOf(volume('dag-processor', 'secrets'))).toEqual(['database', 'fernetKey', 'database-user']);
  expect(addressesOf(objects, 'dag-processor')).toEqual(['airflow-pgbouncer:6432', 'airflow-pgbouncer:6432']);
  expect(addressesOf(objects, 'migrate')).toContain('db.example.com:5432');
});

test('it is before CloudNativePG too', () => {
  const objects = synthAirflow({ database: Database.cloudNativePg({ cluster: 'pg' }), pgBouncer: {} });
  expect(iniOf(objects)).toContain('* = host=pg-rw port=5432\n');
  expect(objects.env('pgbouncer')).toEqual({});
});

test('the password is in the memory of its pod alone, and its pod runs as the user of the image', () => {
  // WHEN
  const objects = synthAirflow({ pgBouncer: {} });

  // THEN
  const { spec } = objects.pod('pgbouncer');
  expect(spec.volumes).toContainEqual({ name: 'users', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } });
  expect(spec.securityContext).toMatchObject({ fsGroup: 65534 });
  expect(objects.container('pgbouncer').securityContext).toMatchObject({ runAsUser: 65534, readOnlyRootFilesystem: true });
});

test('its pods have labels and annotations of the user’s, beside those by which they are found and start anew', () => {
  // WHEN
  const { metadata } = synthAirflow({ pgBouncer: { labels: { team: 'data' }, annotations: { 'example.com/team': 'data' } } }).pod(
    'pgbouncer',
  );

  // THEN
  expect(metadata.labels).toMatchObject({ team: 'data', 'app.kubernetes.io/component': 'pgbouncer' });
  expect(metadata.annotations).toEqual({ 'example.com/team': 'data', 'cdk8s-airflow/config-checksum': expect.any(String) });
});

test.each([
  [{ labels: { 'app.kubernetes.io/name': 'x' } }, 'labels["app.kubernetes.io/name"]: "x" given; pods are selected by this label'],
  [{ annotations: { 'cdk8s-airflow/x': 'y' } }, 'annotations["cdk8s-airflow/x"]: the library sets such annotations'],
])('%j is an error', (pgBouncer, message) => {
  expect(airflowErrors({ pgBouncer })).toEqual([expect.stringContaining(`] pgBouncer.${message}`)]);
});

test('of more than one pod a node that is drained takes one at a time', () => {
  expect(synthAirflow({ pgBouncer: { replicas: 2 } }).one('PodDisruptionBudget', 'airflow-pgbouncer').spec.maxUnavailable).toBe(1);
  expect(synthAirflow({ pgBouncer: {} }).ofKind('PodDisruptionBudget')).toEqual([]);
});

/** A folder in which its container's script runs, with a program in the place of PgBouncer. */
function prepare({ user, password, program }: { user?: string; password: string; program: string }) {
  const folder = temporaryFolder();
  for (const name of ['login', 'run', 'bin']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'login/database'), password);
  if (user !== undefined) writeFileSync(join(folder, 'login/database-user'), user);
  for (const [name, text] of Object.entries({ pgbouncer: program, sleep: 'exit 0' })) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  const { command, env = [] } = synthAirflow({
    pgBouncer: {},
    ...(user !== undefined && { database: EXTERNAL }),
  }).container('pgbouncer');
  const script = command[2].replaceAll('/etc/pgbouncer-login', `${folder}/login`).replaceAll('/run/pgbouncer', `${folder}/run`);
  const variables = Object.fromEntries(env.map(({ name, value }: Manifest) => [name, value]));
  return {
    args: ['-c', script],
    env: { ...variables, FOLDER: folder, PATH: `${folder}/bin:${process.env.PATH}` },
    users: () => readFileSync(join(folder, 'run/users.txt'), 'utf8'),
  };
}

test.each([
  [undefined, 'p@ss\n', '"airflow" "p@ss"\n'],
  ['a"b', 'p"a\\n$s\'s', '"a""b" "p""a\\n$s\'s"\n'],
])('of the user %j and the password %j it makes the file that PgBouncer reads', async (user, password, expected) => {
  const { args, env, users } = prepare({ user, password, program: 'echo "$1"' });
  expect(await run('sh', args, { env })).toMatchObject({ code: 0, stdout: '/etc/pgbouncer/pgbouncer.ini\n' });
  expect(users()).toBe(expected);
});

test('a password of more than a line ends it, with words', async () => {
  const { args, env } = prepare({ password: 'pass\r\n', program: 'echo started' });
  expect(await run('sh', args, { env })).toMatchObject({ code: 1, stdout: expect.stringContaining('has control characters') });
});

test('a PgBouncer that fails ends it', async () => {
  const { args, env } = prepare({ password: 'pass', program: 'exit 3' });
  expect((await run('sh', args, { env })).code).toBe(1);
});

test('told to end, it lets PgBouncer finish its transactions, and waits for that', async () => {
  // GIVEN
  // A shell would not heed the signal: as any program in the background of one it begins with it ignored.
  const program = `exec node -e "
process.on('SIGINT', () => { console.log('finished'); process.exit(); });
console.log('started');
setTimeout(() => process.exit(1), 60_000)"`;
  const { args, env } = prepare({ password: 'pass', program });
  const server = spawn('sh', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  server.stdout.on('data', (data) => {
    said += data;
    if (said === 'started\n') server.kill('SIGTERM');
  });

  // THEN
  const [code] = await once(server, 'close');
  expect([code, said]).toEqual([0, 'started\nfinished\n']);
});

test.each<[AirflowChartProps, string]>([
  [{ pgBouncer: { replicas: 0 } }, 'pgBouncer.replicas: 0 given; expected a whole number of 1 or more'],
  [{ pgBouncer: { poolSize: 1.5 } }, 'pgBouncer.poolSize: 1.5 given; expected a whole number of 1 or more'],
  [{ pgBouncer: { maxClientConnections: 0 } }, 'pgBouncer.maxClientConnections: 0 given'],
  [{ pgBouncer: { parameters: { 'pool mode': 'session' } } }, 'pgBouncer.parameters["pool mode"]: "pool mode" given; expected the name'],
  [{ pgBouncer: { parameters: { pool_mode: 'session' } } }, 'pgBouncer.parameters.pool_mode: the library sets this setting; leave it out'],
  [{ pgBouncer: { parameters: { default_pool_size: '5' } } }, 'the library sets this setting; use poolSize'],
  [{ pgBouncer: { parameters: { server_tls_sslmode: 'require' } } }, 'the library sets this setting; use tls of the prop database'],
  [{ pgBouncer: { parameters: { verbose: '1\nauth_type = any' } } }, 'pgBouncer.parameters.verbose: expected a value of one line'],
  [
    {
      pgBouncer: {},
      database: Database.external({ engine: DatabaseEngine.MYSQL, host: 'mysql.example.com', password: { secretName: 'mysql' } }),
    },
    'pgBouncer: PgBouncer is for PostgreSQL alone; leave it out',
  ],
  [
    { pgBouncer: {}, database: Database.fromUrl({ secret: { secretName: 'url' }, destination: NetworkDestination.anywhere([5432]) }) },
    "pgBouncer: the database's host is in a Secret, where it can't be known; use Database.external(…)",
  ],
])('%j is an error', (props, expected) => {
  expect(airflowErrors(props)).toEqual([expect.stringContaining(expected)]);
});
