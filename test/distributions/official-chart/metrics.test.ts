import { type AirflowChartProps, Metrics, MetricsScraping } from '../../../lib';
import { officialErrors, officialRelease } from './release';

const STATSD: AirflowChartProps = {
  metrics: Metrics.statsd({ scraping: MetricsScraping.podMonitor(), prometheusNamespace: 'monitoring', alerts: {}, dashboard: {} }),
};
const LABELS = { tier: 'airflow', component: 'statsd', release: 'airflow' };

test('the exporter of the chart has the rules of the library, and starts anew with others', () => {
  // WHEN
  const { statsd, config } = officialRelease(STATSD).values;

  // THEN
  expect(statsd.overrideMappings).toContainEqual(expect.objectContaining({ match_metric_type: 'counter', match: 'airflow\\.(.+)' }));
  expect(statsd.podAnnotations['cdk8s-airflow/mapping-checksum']).toMatch(/^[0-9a-f]{64}$/);
  expect(config.metrics).toMatchObject({ statsd_on: 'True', statsd_host: 'airflow-statsd', statsd_influxdb_enabled: 'True' });
});

test('Prometheus finds it by the labels and the port that the chart gives it', () => {
  // WHEN
  const { objects } = officialRelease(STATSD);

  // THEN
  expect(objects.one('PodMonitor', 'airflow-statsd').spec).toEqual({
    selector: { matchLabels: LABELS },
    podMetricsEndpoints: [{ port: 'statsd-scrape' }],
  });
  expect(objects.names('PrometheusRule')).toEqual(['airflow-alerts']);
  expect(objects.names('ConfigMap')).toContain('airflow-dashboard');
  expect(objects.one('NetworkPolicy', 'airflow-statsd').spec.ingress).toContainEqual({
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
    ports: [{ port: 9102, protocol: 'TCP' }],
  });
});

test('for a collector the chart has no exporter, and pods have the variables', () => {
  // WHEN
  const { values, objects } = officialRelease({ metrics: Metrics.openTelemetry({ endpoint: 'http://collector.monitoring:4318' }) });

  // THEN
  expect(values.statsd.enabled).toBe(false);
  expect(values.config.metrics).toMatchObject({ statsd_on: 'False', otel_on: 'True' });
  for (const component of ['apiServer', 'scheduler', 'dagProcessor', 'triggerer', 'workers', 'migrateDatabaseJob']) {
    expect(values[component].env).toContainEqual({ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://collector.monitoring:4318' });
  }
  expect(objects.names('NetworkPolicy')).not.toContain('airflow-statsd');
});

test.each([
  ['statsd.enabled', { statsd: { enabled: false } }],
  ['statsd.overrideMappings', { statsd: { overrideMappings: [{ match: 'a', name: 'b' }] } }],
  ['otelCollector.metricsEnabled', { otelCollector: { metricsEnabled: true } }],
])('%s is the prop’s to say', (path, values) => {
  expect(officialErrors(STATSD, { values })).toEqual([
    expect.stringContaining(`distribution.values.${path}: the library sets this value; use the prop metrics`),
  ]);
});

test('what is the chart’s of its exporter is led to values', () => {
  expect(officialErrors({ metrics: Metrics.statsd({ image: { tag: 'v0.29.0' } }) })).toEqual([
    expect.stringContaining('metrics.image: the exporter is that of the official chart; use values'),
  ]);
});
