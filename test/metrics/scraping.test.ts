import { Duration } from 'cdk8s';
import { Metrics, MetricsScraping } from '../../lib';
import { synthAirflow } from '../support/synth-objects';

const LABELS = {
  'app.kubernetes.io/name': 'airflow',
  'app.kubernetes.io/instance': 'airflow',
  'app.kubernetes.io/component': 'statsd',
};

test('without more the pod says by annotations that it is to be read', () => {
  // WHEN
  const objects = synthAirflow({ metrics: Metrics.statsd() });

  // THEN
  expect(objects.pod('statsd').metadata.annotations).toMatchObject({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9102' });
  expect(objects.all.filter(({ apiVersion }) => apiVersion.startsWith('monitoring.coreos.com'))).toEqual([]);
});

test.each([
  ['PodMonitor', MetricsScraping.podMonitor, 'podMetricsEndpoints'],
  ['ServiceMonitor', MetricsScraping.serviceMonitor, 'endpoints'],
] as const)('by a %s it is selected, and says nothing itself', (kind, scraping, endpoints) => {
  // WHEN
  const objects = synthAirflow({
    metrics: Metrics.statsd({ scraping: scraping({ labels: { release: 'prometheus' }, interval: Duration.minutes(1) }) }),
  });
  const { metadata, spec } = objects.one(kind, 'airflow-statsd');

  // THEN
  expect(metadata.labels).toMatchObject({ release: 'prometheus', ...LABELS });
  expect(spec).toEqual({ selector: { matchLabels: LABELS }, [endpoints]: [{ port: 'metrics', interval: '60s' }] });
  expect(objects.pod('statsd').metadata.annotations).not.toHaveProperty(['prometheus.io/scrape']);
  const selected = kind === 'PodMonitor' ? objects.pod('statsd') : objects.one('Service', 'airflow-statsd');
  expect(selected.metadata.labels).toMatchObject(LABELS);
});

test('the interval is that of Prometheus where none is given', () => {
  // WHEN
  const objects = synthAirflow({ metrics: Metrics.statsd({ scraping: MetricsScraping.podMonitor() }) });

  // THEN
  expect(objects.one('PodMonitor', 'airflow-statsd').spec.podMetricsEndpoints).toEqual([{ port: 'metrics' }]);
});
