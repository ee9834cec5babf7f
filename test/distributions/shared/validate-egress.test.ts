import { Executor, NetworkDestination } from '../../../lib';
import { airflowErrors } from '../../support/synth-objects';

const EVERYWHERE = [NetworkDestination.anywhere([443], [8125])];
const ALL = 'apiServer, scheduler, dagProcessor, triggerer, executor.workers';

test.each<[{ [section: string]: { [key: string]: string } }, string]>([
  [{ metrics: { statsd_on: 'True', statsd_host: 'statsd.monitoring' } }, `metrics.statsd_on: by the NetworkPolicies ${ALL}`],
  [{ metrics: { otel_on: 'true' } }, `metrics.otel_on: by the NetworkPolicies ${ALL}`],
  [{ traces: { otel_on: '1', otel_host: 'collector.monitoring' } }, `traces.otel_on: by the NetworkPolicies ${ALL}`],
])('what all components send needs a way out of each: %j', (config, error) => {
  expect(airflowErrors({ config })).toEqual([
    `[airflow/airflow] config.${error} can't reach where it leads; use allComponents.egress, or that of each of them`,
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

test.each<{ [section: string]: { [key: string]: string } }>([
  { metrics: { statsd_on: 'True', statsd_host: 'localhost' } },
  { metrics: { statsd_on: 'False', statsd_host: 'statsd.monitoring' } },
  { traces: { otel_on: 'True', otel_host: '127.0.0.1' } },
  { logging: { remote_logging: 'True', remote_base_log_folder: '/mnt/logs' } },
])('what goes nowhere needs none: %j', (config) => {
  expect(airflowErrors({ config })).toEqual([]);
});

test('without NetworkPolicies there is nothing to open, and a wrong destination is an error', () => {
  expect(airflowErrors({ networkPolicies: { enabled: false }, scheduler: { egress: EVERYWHERE } })).toEqual([
    '[airflow/airflow] scheduler.egress: without NetworkPolicies every way is open; leave it out, or enabled: false',
  ]);
  expect(airflowErrors({ executor: Executor.celery({ workers: { egress: [NetworkDestination.cidr('10.0.0.0/8', [], [0])] } }) })).toEqual([
    '[airflow/airflow] executor.workers.egress[0] port: 0 given; expected a whole number from 1 to 65535',
  ]);
});
