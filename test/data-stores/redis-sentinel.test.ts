import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AirflowChartProps,
  Broker,
  CaCertificates,
  DagBundle,
  Executor,
  NetworkDestination,
  type RedisSentinelProps,
} from '../../lib';
import { bitnamiErrors } from '../distributions/bitnami-chart/release';
import { officialErrors } from '../distributions/official-chart/release';
import type { Manifest } from '../support/manifests';
import { runOrThrow } from '../support/process';
import { airflowErrors, synthAirflow } from '../support/synth-objects';
import { useTemporaryFolder } from '../support/temporary-folder';

const folder = useTemporaryFolder();

const PASSWORD = { secretName: 'my-redis' };
const TLS = { ca: CaCertificates.fromSecret({ secretName: 'my-ca' }), clientCertificateSecretName: 'airflow-client' };
const DESTINATION = NetworkDestination.namespace('data', [6379, 26379]);
const SECTIONS = ['celery_broker_transport_options', 'celery_result_backend_transport_options'];

const brokerOf = (props: Partial<RedisSentinelProps> = {}) =>
  Broker.redisSentinel({ sentinels: ['s1.data', 's2.data'], masterName: 'main', destination: DESTINATION, ...props });
const sentinel = (props: Partial<RedisSentinelProps> = {}): AirflowChartProps => ({
  executor: Executor.celery({ broker: brokerOf(props) }),
});

/** The command by which Airflow learns how the Sentinels are connected to. */
function commandOf(props: Partial<RedisSentinelProps>): string {
  return synthAirflow(sentinel(props)).env('worker').AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SENTINEL_KWARGS_CMD;
}

test.each<[string, Partial<RedisSentinelProps>, string]>([
  ['without a password', {}, "'sentinel://s1.data:26379/0;sentinel://s2.data:26379/0'"],
  ['with one', { password: PASSWORD }, "'sentinel://:{broker}@s1.data:26379/0;sentinel://:{broker}@s2.data:26379/0'"],
  [
    'with a user, and TLS',
    { user: 'ada', password: PASSWORD, tls: TLS },
    "'sentinel://ada:{broker}@s1.data:26379/0;sentinel://ada:{broker}@s2.data:26379/0'",
  ],
])('tasks and their results go through Redis %s', (_what, props, url) => {
  // WHEN
  const objects = synthAirflow(sentinel(props));

  // THEN
  for (const component of ['scheduler', 'worker']) {
    for (const option of ['BROKER_URL', 'RESULT_BACKEND']) {
      expect(objects.env(component)[`AIRFLOW__CELERY__${option}_CMD`].split('/etc/airflow-secrets ')[1]).toBe(url);
    }
  }
});

test('the name of the master is told where Celery’s transport looks for it, and nothing of Sentinels that let anybody in', () => {
  // WHEN
  const objects = synthAirflow(sentinel());

  // THEN
  for (const section of SECTIONS) {
    expect(objects.airflowConfig[section]).toMatchObject({ master_name: 'main' });
    expect(objects.env('worker')).not.toHaveProperty(`AIRFLOW__${section.toUpperCase()}__SENTINEL_KWARGS_CMD`);
  }
});

test('Celery learns of user and certificates for results by settings of its own, beside those of the user’s', () => {
  // GIVEN
  const config = { celery: { extra_celery_config: '{"redis_socket_timeout": 9}' } };

  // WHEN
  const { celery } = synthAirflow({ ...sentinel({ user: 'ada', password: PASSWORD, tls: TLS }), config }).airflowConfig;

  // THEN
  expect(celery).toMatchObject({
    ssl_active: 'True',
    ssl_cacert: '/etc/airflow-secrets/broker-ca.crt',
    ssl_cert: '/etc/airflow-secrets/broker-tls.crt',
    ssl_key: '/etc/airflow-secrets/broker-tls.key',
  });
  expect(JSON.parse(celery.extra_celery_config)).toMatchObject({
    worker_enable_prefetch_count_reduction: false,
    redis_socket_timeout: 9,
    redis_username: 'ada',
    redis_backend_use_ssl: {
      ssl_cert_reqs: 'required',
      ssl_ca_certs: '/etc/airflow-secrets/broker-ca.crt',
      ssl_certfile: '/etc/airflow-secrets/broker-tls.crt',
      ssl_keyfile: '/etc/airflow-secrets/broker-tls.key',
    },
  });
});

test('of a team it learns so too, with the files of the team', () => {
  // GIVEN
  const executor = Executor.celery({ broker: brokerOf({ tls: {} }) });
  const teams = { finance: { bundles: ['finance'], executor: Executor.celery({ broker: brokerOf({ masterName: 'second', tls: TLS }) }) } };
  const dagBundles = [DagBundle.image({ name: 'finance', path: '/opt/finance' })];

  // WHEN
  const { celery, 'finance=celery': ofTeam } = synthAirflow({ executor, teams, dagBundles }).airflowConfig;

  // THEN
  expect([celery, ofTeam].map((section) => JSON.parse(section.extra_celery_config).redis_backend_use_ssl.ssl_ca_certs)).toEqual([
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/airflow-secrets-team-finance/broker-ca.crt',
  ]);
});

test.each<[string, Partial<RedisSentinelProps>, object]>([
  ['a password', { sentinelPassword: { secretName: 'my-sentinel', key: 'pw' } }, { password: 'p"w' }],
  ['a user', { sentinelUser: `o'ada"`, sentinelPassword: PASSWORD }, { username: `o'ada"`, password: 'p"w' }],
  ['TLS', { sentinelTls: {} }, { ssl: true, ssl_cert_reqs: 'required', ssl_ca_certs: '/etc/ssl/certs/ca-certificates.crt' }],
  [
    'TLS with certificates',
    { sentinelTls: TLS },
    {
      ssl: true,
      ssl_cert_reqs: 'required',
      ssl_ca_certs: '/etc/airflow-secrets/broker-sentinel-ca.crt',
      ssl_certfile: '/etc/airflow-secrets/broker-sentinel-tls.crt',
      ssl_keyfile: '/etc/airflow-secrets/broker-sentinel-tls.key',
    },
  ],
])('Sentinels with %s are connected to so', async (_what, props, expected) => {
  // GIVEN
  const program = 'import shlex, subprocess, sys; print(subprocess.run(shlex.split(sys.argv[1]), capture_output=True, text=True).stdout)';
  const command = commandOf(props).replace('python ', 'python3 ').replace('open("/etc/airflow-secrets', `open("${folder()}`);
  writeFileSync(join(folder(), 'broker-sentinel'), 'p"w\n');

  // WHEN
  const output = await runOrThrow('python3', ['-c', program, command]);

  // THEN
  expect(JSON.parse(output)).toEqual(expected);
});

test('the Secrets and certificates of both are files of pods that reach the broker', () => {
  // WHEN
  const objects = synthAirflow(sentinel({ password: PASSWORD, tls: TLS, sentinelPassword: PASSWORD, sentinelTls: TLS }));

  // THEN
  const kinds = ['ca.crt', 'tls.crt', 'tls.key'];
  expect(secretFiles(objects.pod('worker'))).toEqual(
    expect.arrayContaining(['broker', 'broker-sentinel', ...kinds.flatMap((kind) => [`broker-${kind}`, `broker-sentinel-${kind}`])]),
  );
  expect(secretFiles(objects.pod('triggerer')).filter((path) => path.startsWith('broker'))).toEqual([]);
});

test('the NetworkPolicies open the way to both for scheduler and workers', () => {
  // WHEN
  const objects = synthAirflow(sentinel());

  // THEN
  const to = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } } }];
  const ports = [6379, 26379].map((port) => ({ port, protocol: 'TCP' }));
  for (const client of ['scheduler', 'worker']) {
    expect(objects.one('NetworkPolicy', `airflow-${client}`).spec.egress).toContainEqual({ to, ports });
  }
});

test.each<[Partial<RedisSentinelProps>, string]>([
  [{ sentinels: [] }, 'sentinels: [] given; expected one host or more'],
  [{ sentinels: ['a b'] }, 'sentinels[0]: "a b" given; expected a DNS name'],
  [{ sentinelPort: 0 }, 'sentinelPort: 0 given; expected a whole number'],
  [{ masterName: '' }, 'masterName: "" given; expected the name of a master'],
  [{ user: 'ada' }, 'user: "ada" given; a user has a password; expected password too'],
  [{ user: 'a b', password: PASSWORD }, 'user: "a b" given; expected the name of a user'],
  [{ sentinelUser: 'ada', password: PASSWORD }, 'sentinelUser: "ada" given; a user has a password; expected sentinelPassword too'],
  [{ tls: { clientCertificateSecretName: 'A B' } }, 'tls.clientCertificateSecretName: "A B" given; expected a DNS name'],
  [{ sentinelTls: { clientCertificateSecretName: 'A B' } }, 'sentinelTls.clientCertificateSecretName: "A B" given; expected a DNS name'],
])('%j: an error that says executor.broker.%s', (props, message) => {
  expect(airflowErrors(sentinel(props))).toEqual([expect.stringContaining(`] executor.broker.${message}`)]);
});

test('the charts can’t', () => {
  expect(officialErrors(sentinel())).toEqual([expect.stringContaining('executor.broker: only the built-in distribution finds Redis by')]);
  expect(bitnamiErrors(sentinel())).toEqual([
    expect.stringContaining('executor.broker: the Bitnami chart wants a Redis with host and port'),
  ]);
});

/** The names of the files with secrets. */
function secretFiles({ spec }: Manifest): string[] {
  const { projected } = spec.volumes.find(({ name }: Manifest) => name === 'secrets');
  return projected.sources.map(({ secret, configMap }: Manifest) => (secret ?? configMap).items[0].path);
}
