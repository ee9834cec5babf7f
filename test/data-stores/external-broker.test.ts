import {
  type AirflowChartProps,
  Broker,
  CaCertificates,
  Credentials,
  Executor,
  type ExternalRedisProps,
  NetworkDestination,
  type RabbitMqProps,
} from '../../lib';
import { bitnamiErrors, bitnamiValues, variables } from '../distributions/bitnami-chart/release';
import { officialRelease } from '../distributions/official-chart/release';
import { airflowErrors, type SynthObjects, synthAirflow } from '../support/synth-objects';

const PASSWORD = { secretName: 'my-redis' };
const TLS = { ca: CaCertificates.fromSecret({ secretName: 'my-ca' }), clientCertificateSecretName: 'airflow-client' };
const DESTINATION = NetworkDestination.namespace('data', [6379, 26379]);

const using = (broker: Broker): AirflowChartProps => ({ executor: Executor.celery({ broker }) });
const redis = (props: Partial<ExternalRedisProps> = {}) => using(Broker.external({ host: 'redis.example.com', ...props }));
const rabbit = (props: Partial<RabbitMqProps> = {}) =>
  using(Broker.rabbitMq({ host: 'rabbit.mq.svc.cluster.local', password: PASSWORD, ...props }));

const urlOf = (props: AirflowChartProps) => {
  const [, url] = synthAirflow(props).env('scheduler').AIRFLOW__CELERY__BROKER_URL_CMD.split('/etc/airflow-secrets ');
  return url.replaceAll('%%', '%');
};

test('tasks go through a Redis of the user’s, and none is made', () => {
  // WHEN
  const objects = synthAirflow(redis({ port: 6380, password: PASSWORD, databaseNumber: 2 }), (airflow) => {
    expect(airflow.secrets.broker).toEqual({ secretName: 'my-redis', key: 'password' });
  });

  // THEN
  expect(objects.names('StatefulSet')).toEqual(['airflow-postgresql']);
  expect(objects.env('scheduler').AIRFLOW__CELERY__BROKER_URL_CMD).toContain("'redis://:{broker}@redis.example.com:6380/2'");
  expect(objects.airflowConfig.celery).not.toHaveProperty('ssl_active');
  expect(JSON.stringify(objects.one('Job', 'airflow-credentials'))).not.toMatch(/broker|my-redis/);
});

test.each<[string, AirflowChartProps, string]>([
  ['Redis without a password', redis(), "'redis://redis.example.com:6379/0'"],
  ['Redis with a user', redis({ user: 'ada', password: PASSWORD }), "'redis://ada:{broker}@redis.example.com:6379/0'"],
  ['Redis with TLS', redis({ password: PASSWORD, tls: {} }), "'rediss://:{broker}@redis.example.com:6379/0'"],
  ['RabbitMQ', rabbit(), "'amqp://airflow:{broker}@rabbit.mq.svc.cluster.local:5672/%2F'"],
  [
    'RabbitMQ with TLS, a user in a Secret and a virtual host',
    rabbit({ tls: {}, userSecret: PASSWORD, virtualHost: 'data' }),
    "'amqps://{broker-user}:{broker}@rabbit.mq.svc.cluster.local:5671/data'",
  ],
  ['a whole URL', using(Broker.fromUrl({ secret: PASSWORD, destination: DESTINATION })), "'{broker}'"],
])('%s', (_what, props, url) => {
  expect(urlOf(props)).toBe(url);
});

test('without a password no pod has one, and none is generated', () => {
  // WHEN
  const objects = synthAirflow(redis());

  // THEN
  expect(JSON.stringify(objects.pod('worker').spec.volumes)).not.toContain('broker');
  expect(JSON.stringify(objects.one('Job', 'airflow-credentials'))).not.toContain('broker');
});

test.each<[string, AirflowChartProps, string | undefined]>([
  ['Redis', redis({ password: PASSWORD }), "'redis://:{broker}@redis.example.com:6379/0'"],
  [
    'Redis with TLS, whose certificates Celery is told of by the address',
    redis({ tls: TLS }),
    "'rediss://redis.example.com:6379/0' ssl_cert_reqs=required ssl_ca_certs=/etc/airflow-secrets/broker-ca.crt" +
      ' ssl_certfile=/etc/airflow-secrets/broker-tls.crt ssl_keyfile=/etc/airflow-secrets/broker-tls.key',
  ],
  ['RabbitMQ, which keeps none: the database does', rabbit(), undefined],
  ['what only a Secret tells: the database does', using(Broker.fromUrl({ secret: PASSWORD, destination: DESTINATION })), undefined],
])('the results of tasks are kept by %s', (_what, props, url) => {
  // WHEN
  const objects = synthAirflow(props);

  // THEN
  for (const component of ['scheduler', 'worker']) {
    const command: string | undefined = objects.env(component).AIRFLOW__CELERY__RESULT_BACKEND_CMD;
    expect(command?.split('/etc/airflow-secrets ')[1]).toBe(url);
  }
  const ofWorker = JSON.stringify([objects.pod('worker'), objects.one('NetworkPolicy', 'airflow-worker')]);
  expect(/airflow-database|wait-for|5432/.test(ofWorker)).toBe(url === undefined);
});

test('certificates are files, and options of Celery say where', () => {
  // WHEN
  const objects = synthAirflow(redis({ password: PASSWORD, tls: TLS }));

  // THEN
  expect(filesOf(objects, 'worker')).toEqual(expect.arrayContaining(['broker', 'broker-ca.crt', 'broker-tls.crt', 'broker-tls.key']));
  expect(objects.airflowConfig.celery).toMatchObject({
    ssl_active: 'True',
    ssl_mutual_tls: 'True',
    ssl_cacert: '/etc/airflow-secrets/broker-ca.crt',
    ssl_cert: '/etc/airflow-secrets/broker-tls.crt',
    ssl_key: '/etc/airflow-secrets/broker-tls.key',
  });
});

test('without certificates of the user’s those of the image are looked at, and the client has none', () => {
  // WHEN
  const { celery } = synthAirflow(redis({ tls: {} })).airflowConfig;

  // THEN
  expect(celery).toMatchObject({ ssl_mutual_tls: 'False', ssl_cacert: '/etc/ssl/certs/ca-certificates.crt' });
  expect(celery).not.toHaveProperty('ssl_cert');
});

test('the options of TLS are the library’s then', () => {
  expect(airflowErrors({ ...redis({ tls: {} }), config: { celery: { ssl_cacert: '/my/ca' } } })).toEqual([
    expect.stringContaining('config.celery.ssl_cacert: the library sets this option; use the prop executor, with broker'),
  ]);
});

test('the NetworkPolicies open the way to it for scheduler and workers', () => {
  // WHEN
  const objects = synthAirflow(rabbit());
  const given = synthAirflow(redis({ destination: DESTINATION }));

  // THEN
  const namespace = (name: string) => [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }];
  const ports = [6379, 26379].map((port) => ({ port, protocol: 'TCP' }));
  for (const client of ['scheduler', 'worker']) {
    expect(objects.one('NetworkPolicy', `airflow-${client}`).spec.egress).toContainEqual({ to: namespace('mq') });
    expect(given.one('NetworkPolicy', `airflow-${client}`).spec.egress).toContainEqual({ to: namespace('data'), ports });
  }
  expect(JSON.stringify(objects.one('NetworkPolicy', 'airflow-triggerer'))).not.toContain('"mq"');
});

test.each<[AirflowChartProps, string]>([
  [redis({ host: 'a b' }), 'host: "a b" given; expected a DNS name'],
  [redis({ port: 0 }), 'port: 0 given; expected a whole number from 1 to 65535'],
  [redis({ user: 'ada' }), 'user: "ada" given; a user has a password; expected password too'],
  [redis({ user: 'a b', password: PASSWORD }), 'user: "a b" given; expected the name of a user'],
  [redis({ password: { secretName: 'A B' } }), 'password.secretName: "A B" given; expected a DNS name'],
  [redis({ databaseNumber: -1 }), 'databaseNumber: -1 given; expected a whole number of 0 or more'],
  [redis({ tls: { clientCertificateSecretName: 'A B' } }), 'tls.clientCertificateSecretName: "A B" given; expected a DNS name'],
  [redis({ destination: NetworkDestination.cidr('x') }), 'destination: "x" given; expected a block'],
  [rabbit({ user: 'ada', userSecret: PASSWORD }), 'user: "ada" given; expected either user or userSecret'],
  [rabbit({ virtualHost: 'a b' }), 'virtualHost: "a b" given; expected the name of a virtual host'],
  [
    using(Broker.fromUrl({ secret: { secretName: 'A B' }, destination: DESTINATION })),
    'secret.secretName: "A B" given; expected a DNS name',
  ],
])('%#: an error that says executor.broker.%s', (props, message) => {
  expect(airflowErrors(props)).toEqual([expect.stringContaining(`] executor.broker.${message}`)]);
});

test('its password is not among the credentials', () => {
  const props = { ...redis({ password: PASSWORD }), credentials: Credentials.existing({ broker: PASSWORD }) };
  expect(airflowErrors(props)).toEqual([
    '[airflow/airflow] credentials.broker: the prop executor, with broker, says where it is; leave it out',
  ]);
});

describe('through the charts', () => {
  test('the official chart reads the whole address from a Secret', () => {
    // WHEN
    const { values, objects } = officialRelease(redis({ password: PASSWORD, tls: TLS }));

    // THEN
    expect(values).toMatchObject({
      redis: { enabled: false },
      data: { brokerUrlSecretName: 'airflow-broker-url' },
      config: { celery: { ssl_active: 'True', ssl_cacert: '/etc/airflow-stores/broker-ca.crt' } },
      volumeMounts: [{ mountPath: '/etc/airflow-stores' }],
    });
    expect(objects.container('credentials').args).toContainEqual(
      JSON.stringify({
        name: 'airflow-broker-url',
        data: {
          connection: { url: 'rediss://:{broker}@redis.example.com:6379/0', parts: { broker: { name: 'my-redis', key: 'password' } } },
        },
      }),
    );
  });

  test('Bitnami’s does too, by a variable beside what it wants to know', () => {
    // WHEN
    const values = bitnamiValues(redis({ password: PASSWORD, databaseNumber: 2 }));

    // THEN
    expect(values).toMatchObject({
      redis: { enabled: false },
      externalRedis: {
        host: 'redis.example.com',
        port: 6379,
        existingSecret: 'airflow-broker-auth',
        existingSecretPasswordKey: 'redis-password',
      },
    });
    expect(variables(values.worker.extraEnvVars).AIRFLOW__CELERY__BROKER_URL).toEqual({
      secretKeyRef: { name: 'airflow-broker-auth', key: 'connection' },
    });
  });

  test('what they can’t do is an error', () => {
    expect(bitnamiErrors(rabbit())).toEqual([
      expect.stringContaining('executor.broker: the Bitnami chart wants a Redis with host and port'),
    ]);
    expect(bitnamiErrors(redis())).toEqual([expect.stringContaining('executor.broker.password: the Bitnami chart asks for one')]);
  });
});

/** The names of the files with secrets. */
function filesOf(objects: SynthObjects, component: string): string[] {
  const { volumes } = objects.pod(component).spec;
  const { sources } = volumes.find(({ name }: { name: string }) => name === 'secrets').projected;
  // biome-ignore lint/suspicious/noExplicitAny: as in the manifest
  return sources.map(({ secret, configMap }: any) => (secret ?? configMap).items[0].path);
}
