import { Broker, Credentials, Executor, Logs, NetworkDestination } from '../../../lib';
import { officialErrors } from './release';

test.each(['tier', 'component', 'release', 'chart', 'heritage', 'executor', 'worker-set'])('the label %s is the chart’s', (label) => {
  expect(officialErrors({ executor: Executor.celery({ workers: { labels: { [label]: 'data' } } }) })).toEqual([
    expect.stringContaining(`executor.workers.labels["${label}"]: "data" given; the official chart has this label; expected another name`),
  ]);
});

test('a broker of the user’s has no props, and its password is not the library’s', () => {
  // GIVEN
  const values = { redis: { enabled: false }, data: { brokerUrlSecretName: 'mine' } };
  const props = {
    executor: Executor.celery({ broker: Broker.builtIn({ storageSize: '2Gi' }) }),
    credentials: Credentials.existing({ broker: { secretName: 'other' } }),
  };

  // THEN
  expect(officialErrors(props, { values })).toEqual([
    expect.stringContaining('executor.broker: values say redis.enabled: false, so none is made; leave it out'),
    expect.stringContaining('credentials.broker: values say redis.enabled: false, so none is made; leave it out'),
  ]);
});

test('what is wrong whatever Airflow is deployed from is an error here too', () => {
  expect(officialErrors({ executor: Executor.celery({ workers: { concurrency: 0 } }), scheduler: { replicas: 0 } })).toEqual([
    expect.stringContaining('scheduler.replicas: 0 given; expected a whole number of 1 or more'),
    expect.stringContaining('executor.workers.concurrency: 0 given; expected a whole number of 1 or more'),
  ]);
});

test('options among the values are the library’s as those of config are', () => {
  // GIVEN
  const config = {
    core: { hostname_callable: 'mine', parallelism: 32, load_examples: 'True' },
    logging: { worker_log_server_port: '8793' },
  };

  // THEN
  expect(officialErrors({ config: { core: { parallelism: '64' } } }, { values: { config } })).toEqual([
    expect.stringContaining('distribution.values.config.core.hostname_callable: the library sets this option; use nothing'),
    expect.stringContaining('distribution.values.config.core.parallelism: the library sets this option; use the prop config'),
    expect.stringContaining('distribution.values.config.core.load_examples: the library sets this option; use the prop config'),
  ]);
  expect(officialErrors({}, { values: { config: { core: { parallelism: 32 } } } })).toEqual([]);
  const same = { core: { load_examples: false }, scheduler: { enable_health_check: true }, logging: { remote_logging: true } };
  expect(officialErrors({ logs: Logs.s3({ bucket: 'airflow-logs' }) }, { values: { config: same } })).toEqual([]);
});

test('what values make Airflow send needs a way out', () => {
  // GIVEN
  const values = { config: { traces: { otel_on: 'True' } }, elasticsearch: { enabled: true, secretName: 'mine' } };
  const egress = [NetworkDestination.namespace('tracing')];

  // THEN
  expect(officialErrors({}, { values })).toEqual([
    expect.stringContaining('distribution.values.config.traces.otel_on: by the NetworkPolicies apiServer, scheduler,'),
    expect.stringContaining(
      "distribution.values.elasticsearch: by the NetworkPolicies apiServer can't reach where it leads; use apiServer.egress",
    ),
  ]);
  expect(officialErrors({ allComponents: { egress } }, { values })).toEqual([]);
  expect(officialErrors({}, { values: { config: { smtp: { smtp_host: 'mail' } } } })).toEqual([
    expect.stringContaining('distribution.values.config.smtp.smtp_host: by the NetworkPolicies dagProcessor, executor.workers can'),
  ]);
});

test('metrics go to the StatsD of the chart, if it has one', () => {
  // GIVEN
  const props = { config: { metrics: { statsd_on: 'True' } } };

  // THEN
  expect(officialErrors(props)).toEqual([]);
  expect(officialErrors({ config: { metrics: { statsd_on: 'True', statsd_host: 'statsd.monitoring' } } })).toHaveLength(1);
  expect(
    officialErrors({ config: { metrics: { statsd_on: 'True', statsd_host: 'statsd' } } }, { values: { statsd: { enabled: false } } }),
  ).toHaveLength(1);
});

test.each<[object, string]>([
  [{ env: [{ name: 'AIRFLOW__CORE__EXECUTOR', value: 'LocalExecutor' }] }, 'env["AIRFLOW__CORE__EXECUTOR"]: the library sets this option'],
  [
    { scheduler: { env: [{ name: 'AIRFLOW__CORE__FERNET_KEY', value: 'x' }] } },
    'scheduler.env["AIRFLOW__CORE__FERNET_KEY"]: the library sets this option',
  ],
  [
    { env: [{ name: 'AIRFLOW__LOGGING__REMOTE_LOGGING', value: 'True' }] },
    'env["AIRFLOW__LOGGING__REMOTE_LOGGING"]: by the NetworkPolicies apiServer, triggerer, executor.workers can\'t reach where it leads',
  ],
  [
    { workers: { env: [{ name: 'AIRFLOW__TRACES__OTEL_ON', value: 'True' }] } },
    'workers.env["AIRFLOW__TRACES__OTEL_ON"]: by the NetworkPolicies executor.workers can\'t reach where it leads',
  ],
  [{ kerberos: { enabled: true } }, "kerberos.enabled: by the NetworkPolicies executor.workers can't reach where it leads"],
])('variables and services among the values are judged as options are: %j', (values, error) => {
  expect(officialErrors({}, { values: values as { [key: string]: unknown } })).toEqual([
    expect.stringContaining(`distribution.values.${error}`),
  ]);
});

test('variables that set what the library sets, or what is another component’s, are no error', () => {
  const env = [
    { name: 'AIRFLOW__CORE__EXECUTOR', value: 'CeleryExecutor' },
    { name: 'TZ', value: 'UTC' },
  ];

  expect(
    officialErrors({}, { values: { env, scheduler: { env: [{ name: 'AIRFLOW__LOGGING__REMOTE_LOGGING', value: 'True' }] } } }),
  ).toEqual([]);
});
