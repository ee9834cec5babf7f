import { App } from 'cdk8s';
import {
  AirflowChart,
  type AirflowChartProps,
  BackupStore,
  Broker,
  type CeleryExecutorProps,
  Database,
  Executor,
  type ExternalRedisProps,
  Logs,
  NetworkDestination,
  type S3BackupProps,
} from '../../../lib';

const PASSWORD = { secretName: 'password' };
const ANYWHERE = NetworkDestination.anywhere();
const celery = (props: CeleryExecutorProps): AirflowChartProps => ({ executor: Executor.celery(props) });
const redis = (props: Partial<ExternalRedisProps> = {}) => celery({ broker: Broker.external({ host: 'redis.data.svc', ...props }) });
const rabbit = (virtualHost: string) => celery({ broker: Broker.rabbitMq({ host: 'rabbit.data.svc', password: PASSWORD, virtualHost }) });
const sentinel = (masterName: string) =>
  celery({ broker: Broker.redisSentinel({ sentinels: ['sentinel.data.svc'], masterName, destination: ANYWHERE }) });
const postgresql = (host: string, name?: string): AirflowChartProps => ({
  database: Database.external({ host, name, password: PASSWORD }),
});
const fromUrl: AirflowChartProps = { database: Database.fromUrl({ secret: PASSWORD, destination: ANYWHERE }) };
const dumps = (props: Partial<S3BackupProps> = {}): AirflowChartProps => ({
  name: 'airflow',
  database: Database.builtIn({ backup: { store: BackupStore.s3({ bucket: 'dumps', ...props }) } }),
});
const inNamespace = (namespace: string, props: AirflowChartProps): AirflowChartProps => ({ namespace, ...props });

/** What a program with two Airflows is refused for, or told. */
function errorsOf(first: AirflowChartProps, second: AirflowChartProps): string {
  const app = new App();
  new AirflowChart(app, 'one', { namespace: 'first', ...first });
  new AirflowChart(app, 'two', { namespace: 'second', ...second });
  try {
    app.synthYaml();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const QUEUES = 'executor.broker of one/airflow, whose workers would take its tasks; expected another, or another database of it';
const TABLES = 'database of one/airflow, and what one Airflow writes there the other would take for its own; expected another database';

test.each<[string, AirflowChartProps, AirflowChartProps, string]>([
  ['a Redis', redis(), redis(), `executor.broker: it is the same as ${QUEUES}`],
  [
    'a Redis by another of its names',
    redis(),
    redis({ host: 'redis.data.svc.cluster.local' }),
    `executor.broker: it is the same as ${QUEUES}`,
  ],
  ['a virtual host of RabbitMQ', rabbit('airflow'), rabbit('airflow'), `executor.broker: it is the same as ${QUEUES}`],
  ['a master of Sentinels', sentinel('main'), sentinel('main'), `executor.broker: it is the same as ${QUEUES}`],
  ['a database', postgresql('db.example.com'), postgresql('db.example.com'), `database: it is the same as ${TABLES}`],
  [
    'a database whose URL is in a Secret',
    inNamespace('data', fromUrl),
    inNamespace('data', { ...fromUrl, createNamespace: false }),
    `database: it is the same as ${TABLES}`,
  ],
  [
    'a namespace with pods of tasks',
    inNamespace('data', { executor: Executor.kubernetes(), logs: Logs.pods() }),
    inNamespace('data', {
      executor: Executor.several(Executor.celery(), Executor.kubernetes()),
      logs: Logs.pods(),
      createNamespace: false,
    }),
    'executor: it is the same as executor of one/airflow, whose scheduler would take the pods of its tasks for its own; expected another namespace',
  ],
  [
    'an address',
    { ingress: { host: 'airflow.example.com' } },
    { ingress: { host: 'airflow.example.com', className: 'nginx' } },
    'ingress: it is the same as ingress of one/airflow, http://airflow.example.com, and one of them would get all requests; expected another host or path',
  ],
  [
    'a folder of dumps, by one name',
    dumps(),
    dumps({ region: 'eu-central-1' }),
    'database.backup.store: it is the same as database.backup.store of one/airflow, which would delete its dumps as older ones',
  ],
])('two Airflows of a program don’t share %s', (_what, first, second, expected) => {
  // THEN
  expect(errorsOf(first, second)).toContain(`[two/airflow] ${expected}`);
});

test.each<[string, AirflowChartProps, AirflowChartProps]>([
  ['what is made for each', {}, {}],
  ['databases of a Redis', redis(), redis({ databaseNumber: 1 })],
  ['virtual hosts of RabbitMQ', rabbit('one'), rabbit('two')],
  ['masters of Sentinels', sentinel('one'), sentinel('two')],
  [
    'prefixes in a Redis',
    { ...redis(), config: { celery_broker_transport_options: { global_keyprefix: 'one' } } },
    { ...redis(), config: { celery_broker_transport_options: { global_keyprefix: 'two' } } },
  ],
  ['databases of a server', postgresql('db.example.com', 'one'), postgresql('db.example.com', 'two')],
  ['Services of the same name in their namespaces', postgresql('db'), postgresql('db')],
  ['Secrets of the same name in their namespaces', fromUrl, fromUrl],
  ['namespaces with pods of tasks', { executor: Executor.kubernetes() }, { executor: Executor.kubernetes() }],
  ['paths of a host', { ingress: { host: 'example.com', path: '/one' } }, { ingress: { host: 'example.com', path: '/two' } }],
  ['folders of dumps', dumps(), dumps({ folder: 'two' })],
  ['names of dumps', dumps(), { ...dumps(), name: 'two' }],
])('each has its own: %s', (_what, first, second) => {
  expect(errorsOf(first, second)).toBe('');
});

test('Flower needs an address of its own', () => {
  // GIVEN
  const withFlower = (path?: string): AirflowChartProps => ({
    ingress: { host: 'example.com' },
    ...celery({ flower: { basicAuth: PASSWORD, ingress: { host: 'example.com', path } } }),
  });

  // THEN
  expect(errorsOf(withFlower(), {})).toContain('[one/airflow] executor.flower.ingress: it is the same as ingress, http://example.com, and');
  expect(errorsOf(withFlower('/flower'), {})).toBe('');
});

test.each<[string, Logs, Logs, boolean]>([
  ['a folder', Logs.s3({ bucket: 'logs' }), Logs.s3({ bucket: 'logs' }), true],
  ['folders', Logs.s3({ bucket: 'logs' }), Logs.s3({ bucket: 'logs', folder: 'two' }), false],
  ['volumes of their namespaces', Logs.volume('logs'), Logs.volume('logs'), false],
  ['pods', Logs.pods(), Logs.pods(), false],
])('that two keep logs in %s is told where they would be in the same files', (_what, first, second, isTold) => {
  // GIVEN
  const told = jest.spyOn(console, 'warn').mockImplementation(() => {});

  // WHEN
  const errors = errorsOf({ logs: first }, { logs: second });

  // THEN
  expect(errors).toBe('');
  expect(told.mock.calls.flat().join('\n').includes('[two/airflow] logs: it is the same as logs of one/airflow')).toBe(isTold);
  told.mockRestore();
});
