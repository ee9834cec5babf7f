import { Duration } from 'cdk8s';
import { type AirflowChartProps, Delivery, Distribution, Metrics, MetricsScraping } from '../../lib';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

test('without the prop nothing is sent', () => {
  // GIVEN
  const objects = synthAirflow();

  // THEN
  expect(objects.airflowConfig).not.toHaveProperty('metrics');
  expect(objects.names('Deployment')).not.toContain('airflow-statsd');
});

test.each<[Metrics, string]>([
  [Metrics.statsd({ prometheusNamespace: 'My Monitoring' }), 'prometheusNamespace: "My Monitoring" given; expected a DNS label'],
  [Metrics.statsd({ alerts: { labels: { release: 'a b' } } }), 'alerts.labels["release"]: "a b" given;'],
  [Metrics.statsd({ dashboard: { labels: { 'a b': 'c' } } }), 'dashboard.labels["a b"]: "a b" given;'],
  [Metrics.statsd({ dashboard: { annotations: { 'a b': 'c' } } }), 'dashboard.annotations["a b"]: "a b" given;'],
  [Metrics.statsd({ scraping: MetricsScraping.podMonitor({ labels: { release: 'a b' } }) }), 'scraping.labels["release"]: "a b" given;'],
  [
    Metrics.statsd({ scraping: MetricsScraping.podMonitor({ interval: Duration.millis(1500) }) }),
    'scraping.interval: "1500 millis" given;',
  ],
  [Metrics.statsd({ image: { tag: 'a b' } }), 'image.tag: "a b" given;'],
  [Metrics.statsd({ resources: { limits: { memory: '16Mi' } } }), 'resources.limits.memory: "16Mi" given; expected at least the request'],
  [Metrics.openTelemetry({ endpoint: 'http://collector:4318', interval: Duration.millis(500) }), 'interval: "500 millis" given;'],
])('%# is an error', (metrics, message) => {
  expect(airflowErrors({ metrics })).toEqual([expect.stringContaining(`] metrics.${message}`)]);
});

test('an earlier Airflow, which has other names, is an error', () => {
  expect(airflowErrors({ metrics: Metrics.statsd(), airflowVersion: '3.1.0' })).toEqual([
    expect.stringContaining('] metrics: before 3.2.0 Airflow has other names'),
  ]);
  expect(airflowErrors({ metrics: Metrics.statsd(), airflowVersion: '3.2.0' })).toEqual([]);
});

test.each<[AirflowChartProps['config']]>([
  [{ metrics: { statsd_host: 'elsewhere' } }],
  [{ metrics: { statsd_on: 'False' } }],
  [{ metrics: { legacy_names_on: 'True' } }],
])('%j, which the prop says, is an error in config', (config) => {
  expect(airflowErrors({ metrics: Metrics.statsd(), config })).toEqual([expect.stringContaining('use the prop metrics')]);
});

test('the same as the prop says may stand in config, and what else there is for metrics', () => {
  // GIVEN
  const config = { metrics: { statsd_on: 'true', metrics_block_list: 'serde' } };

  // THEN
  expect(airflowErrors({ metrics: Metrics.statsd(), config })).toEqual([]);
});

test('traces that nothing lets out are an error beside the exporter', () => {
  expect(airflowErrors({ metrics: Metrics.statsd(), config: { traces: { otel_on: 'True' } } })).toEqual([
    expect.stringContaining('config.traces.otel_on: by the NetworkPolicies'),
  ]);
});

test('the Bitnami chart leads to its own', () => {
  // GIVEN
  const distribution = Distribution.bitnamiChart({ version: '25.1.0', delivery: Delivery.argoApplication() });

  // THEN
  expect(airflowErrors({ distribution, metrics: Metrics.statsd() })).toEqual([
    expect.stringContaining('] metrics: the Bitnami chart has an exporter of its own; use values'),
  ]);
});
