import { EnvValue } from 'cdk8s-plus-27';
import { type AirflowChartProps, Executor, Logs, Metrics, NetworkDestination } from '../../../lib';
import { airflowErrors } from '../../support/synth-objects';

const EVERYWHERE = [NetworkDestination.anywhere([443], [8125])];
const ON = EnvValue.fromValue('True');
const ALL = 'apiServer, scheduler, dagProcessor, triggerer, executor.workers';

test.each<[{ [section: string]: { [key: string]: string } }, string]>([
  [{ metrics: { statsd_on: 'True', statsd_host: 'statsd.monitoring' } }, `metrics.statsd_on: by the NetworkPolicies ${ALL}`],
  [
    { metrics: { statsd_datadog_enabled: 'True', statsd_host: 'datadog.monitoring' } },
    `metrics.statsd_datadog_enabled: by the NetworkPolicies ${ALL}`,
  ],
  [{ metrics: { otel_on: 'true' } }, `metrics.otel_on: by the NetworkPolicies ${ALL}`],
  [{ traces: { otel_on: '1', otel_host: 'collector.monitoring' } }, `traces.otel_on: by the NetworkPolicies ${ALL}`],
])('what all components send needs a way out of each: %j', (config, error) => {
  expect(airflowErrors({ config })).toEqual([
    `[airflow/airflow] config.${error} can't reach where it leads; use the prop metrics, or allComponents.egress, or that of each of them`,
  ]);
  expect(airflowErrors({ config, allComponents: { egress: EVERYWHERE } })).toEqual([]);
  expect(airflowErrors({ config, networkPolicies: { taskEgress: EVERYWHERE } })).toEqual([
    expect.stringContaining('NetworkPolicies scheduler can'),
  ]);
  expect(airflowErrors({ config, networkPolicies: { taskEgress: EVERYWHERE }, scheduler: { egress: EVERYWHERE } })).toEqual([]);
  expect(airflowErrors({ config, networkPolicies: { enabled: false } })).toEqual([]);
});

test('logs are sent from where tasks run, and read by the API server', () => {
  // GIVEN
  const config = { logging: { remote_logging: 'True', remote_base_log_folder: 's3://logs' } };

  // THEN
  expect(airflowErrors({ config })).toEqual([
    "[airflow/airflow] config.logging.remote_logging: by the NetworkPolicies apiServer, triggerer, executor.workers can't reach where it leads; use the prop logs, or networkPolicies.taskEgress",
  ]);
  expect(airflowErrors({ config, executor: Executor.local() })).toEqual([expect.stringContaining('apiServer, scheduler, triggerer can')]);
  expect(airflowErrors({ config, networkPolicies: { taskEgress: EVERYWHERE } })).toEqual([]);
});

test('DAG bundles that are fetched need a way out of where DAGs are read', () => {
  // GIVEN
  const listOf = (classpath: string) => ({
    dag_processor: { dag_bundle_config_list: JSON.stringify([{ name: 'a', classpath, kwargs: {} }]) },
  });
  const config = listOf('airflow.providers.git.bundles.git.GitDagBundle');

  // THEN
  expect(airflowErrors({ config })).toEqual([
    "[airflow/airflow] config.dag_processor.dag_bundle_config_list: by the NetworkPolicies dagProcessor, executor.workers can't reach where it leads; use the prop dagBundles, or egress of each of them",
  ]);
  expect(airflowErrors({ config, allComponents: { egress: EVERYWHERE } })).toEqual([]);
  expect(airflowErrors({ config: listOf('airflow.dag_processing.bundles.local.LocalDagBundle') })).toEqual([]);
});

test.each<[string, { [section: string]: { [key: string]: string } }, string, string]>([
  ['smtp.smtp_host', { smtp: { smtp_host: 'mail.example.com' } }, 'dagProcessor, executor.workers', 'scheduler, dagProcessor'],
  ['email.email_backend', { email: { email_backend: 'example.send' } }, 'dagProcessor, executor.workers', 'scheduler, dagProcessor'],
  ['sentry.sentry_on', { sentry: { sentry_on: 'True' } }, 'executor.workers', 'scheduler'],
])('what the code of DAGs sends needs a way out of where that runs: %s', (option, config, ofCelery, ofLocal) => {
  // GIVEN
  const proxy = { https: 'http://proxy.example.com:3128' };

  // THEN
  expect(airflowErrors({ config })).toEqual([
    `[airflow/airflow] config.${option}: by the NetworkPolicies ${ofCelery} can't reach where it leads; use networkPolicies.taskEgress, or egress of each of them`,
  ]);
  expect(airflowErrors({ config, executor: Executor.local() })).toEqual([expect.stringContaining(`NetworkPolicies ${ofLocal} can`)]);
  expect(airflowErrors({ config, networkPolicies: { taskEgress: EVERYWHERE } })).toEqual([]);
  expect(airflowErrors({ config, allComponents: { egress: EVERYWHERE } })).toEqual([]);
  expect(airflowErrors({ config, networkPolicies: { enabled: false } })).toEqual([]);
  // Mail itself goes through no proxy.
  expect(airflowErrors({ config, proxy })).toHaveLength(option === 'smtp.smtp_host' ? 1 : 0);
});

test('mail that a variable asks for is judged too, and of pods of tasks', () => {
  // GIVEN
  const env = { AIRFLOW__SMTP__SMTP_HOST: EnvValue.fromValue('mail.example.com') };

  // THEN
  expect(airflowErrors({ allComponents: { env }, executor: Executor.kubernetes(), logs: Logs.pods() })).toEqual([
    expect.stringContaining('allComponents.env["AIRFLOW__SMTP__SMTP_HOST"]: by the NetworkPolicies dagProcessor, executor.tasks can'),
  ]);
  expect(airflowErrors({ scheduler: { env } })).toEqual([]);
});

test('lineage is sent from where tasks run, and by the scheduler', () => {
  // GIVEN
  const transport = '{"type": "http", "url": "https://lineage.example.com"}';
  const config = { openlineage: { transport } };

  // THEN
  expect(airflowErrors({ config })).toEqual([
    "[airflow/airflow] config.openlineage.transport: by the NetworkPolicies scheduler, executor.workers can't reach where it leads; use allComponents.egress, or that of each of them",
  ]);
  expect(airflowErrors({ config, networkPolicies: { taskEgress: EVERYWHERE }, scheduler: { egress: EVERYWHERE } })).toEqual([]);
  expect(airflowErrors({ config, proxy: { https: 'http://proxy.example.com:3128' } })).toEqual([]);
  expect(airflowErrors({ config: { openlineage: { transport, disabled: 'True' } } })).toEqual([]);
});

test.each<{ [section: string]: { [key: string]: string } }>([
  { smtp: { smtp_host: 'localhost', smtp_port: '25' } },
  { smtp: { smtp_mail_from: 'airflow@example.com' }, email: { email_backend: 'airflow.utils.email.send_email_smtp' } },
  { sentry: { sentry_on: 'False' } },
  { openlineage: { transport: '{"type": "http", "url": "http://localhost:5000"}' } },
  { openlineage: { transport: '{"type": "console"}' } },
  { openlineage: { transport: '{}' } },
  { openlineage: { transport: 'no JSON' } },
  { metrics: { statsd_on: 'True', statsd_host: 'localhost' } },
  { metrics: { statsd_on: 'False', statsd_host: 'statsd.monitoring' } },
  { traces: { otel_on: 'True', otel_host: '127.0.0.1' } },
  { logging: { remote_logging: 'True', remote_base_log_folder: '/mnt/logs' } },
])('what goes nowhere needs none: %j', (config) => {
  expect(airflowErrors({ config })).toEqual([]);
});

test.each<[string, AirflowChartProps]>([
  ['logs in a bucket', { logs: Logs.s3({ bucket: 'airflow-logs' }), config: { logging: { remote_logging: 'True' } } }],
  ['as a boolean', { logs: Logs.s3({ bucket: 'airflow-logs' }), config: { logging: { remote_logging: true } } }],
  ['as a variable', { logs: Logs.s3({ bucket: 'airflow-logs' }), allComponents: { env: { AIRFLOW__LOGGING__REMOTE_LOGGING: ON } } }],
  [
    'logs in a search engine',
    { logs: Logs.elasticsearch({ url: 'https://search.example.com' }), config: { logging: { remote_logging: '1' } } },
  ],
  ['metrics', { metrics: Metrics.openTelemetry({ endpoint: 'http://collector.monitoring:4318' }), config: { metrics: { otel_on: 't' } } }],
])('what a prop sends has its way out, also where an option says the same: %s', (_, props) => {
  expect(airflowErrors(props)).toEqual([]);
});

test('without NetworkPolicies there is nothing to open, and a wrong destination is an error', () => {
  expect(airflowErrors({ networkPolicies: { enabled: false }, scheduler: { egress: EVERYWHERE } })).toEqual([
    '[airflow/airflow] scheduler.egress: without NetworkPolicies every way is open; leave it out, or enabled: false',
  ]);
  expect(airflowErrors({ executor: Executor.celery({ workers: { egress: [NetworkDestination.cidr('10.0.0.0/8', [], [0])] } }) })).toEqual([
    '[airflow/airflow] executor.workers.egress[0] port: 0 given; expected a whole number from 1 to 65535',
  ]);
});

test('variables of the environment are judged as options are, each for the pods that have it', () => {
  // GIVEN
  const config = { metrics: { statsd_host: 'statsd.monitoring' } };

  // THEN
  expect(airflowErrors({ config, allComponents: { env: { AIRFLOW__METRICS__STATSD_ON: ON } } })).toEqual([
    expect.stringContaining(`] allComponents.env["AIRFLOW__METRICS__STATSD_ON"]: by the NetworkPolicies ${ALL} can't reach where it leads`),
  ]);
  expect(airflowErrors({ config, scheduler: { env: { AIRFLOW__METRICS__STATSD_ON: ON } } })).toEqual([
    expect.stringContaining('] scheduler.env["AIRFLOW__METRICS__STATSD_ON"]: by the NetworkPolicies scheduler can\'t reach where it leads'),
  ]);
  const egress = [NetworkDestination.namespace('monitoring')];
  expect(airflowErrors({ config, scheduler: { env: { AIRFLOW__METRICS__STATSD_ON: ON }, egress } })).toEqual([]);
  expect(airflowErrors({ scheduler: { env: { AIRFLOW__LOGGING__REMOTE_LOGGING: ON } } })).toEqual([]);
});
