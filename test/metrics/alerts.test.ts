import { Metrics } from '../../lib';
import { metricsIn } from '../support/metric-names';
import { synthAirflow } from '../support/synth-objects';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

function rulesOf(props: Parameters<typeof synthAirflow>[0] = {}): Rule[] {
  const { spec } = synthAirflow({ metrics: Metrics.statsd({ alerts: {} }), ...props }).one('PrometheusRule', 'airflow-alerts');
  return spec.groups.flatMap(({ rules }: { rules: Rule[] }) => rules);
}

test('without the prop there are none', () => {
  expect(synthAirflow({ metrics: Metrics.statsd() }).names('PrometheusRule')).toEqual([]);
});

test('there is an alert for each trouble that the prop tells of', () => {
  expect(rulesOf().map(({ alert }) => alert)).toEqual([
    'AirflowSchedulerDown',
    'AirflowDagProcessorDown',
    'AirflowTriggererDown',
    'AirflowDagImportErrors',
    'AirflowDagFileSlow',
    'AirflowDagFileTimeouts',
    'AirflowTasksQueuedTooLong',
    'AirflowPoolFull',
    'AirflowExecutorFull',
    'AirflowTasksLost',
  ]);
});

test('where there is no triggerer, nobody misses it', () => {
  expect(rulesOf({ triggerer: { enabled: false } }).filter(({ alert }) => alert === 'AirflowTriggererDown')).toEqual([]);
});

test('each looks at metrics that Airflow sends, and at those of this deployment alone', () => {
  for (const { expr } of rulesOf({ namespace: 'data' })) {
    // WHEN
    const metrics = metricsIn(expr);
    const selectors = expr.match(/\bairflow_\w+(\{[^}]*\})?/g) ?? [];

    // THEN
    expect(metrics.length).toBeGreaterThan(0);
    for (const selector of selectors) expect(selector).toMatch(/\{deployment="data\/airflow"\}$/);
  }
});

test('each says how bad it is, what it is and where to look, with labels that its expression has', () => {
  for (const { expr, labels, annotations, for: duration } of rulesOf()) {
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(duration).toMatch(/^\d+m$/);
    expect(annotations.description.length).toBeGreaterThan(annotations.summary.length);
    for (const [, label] of annotations.summary.matchAll(/\$labels\.(\w+)/g)) expect(expr).toMatch(new RegExp(`by \\([^)]*\\b${label}\\b`));
  }
});

test('a counter that was not there before counts too', () => {
  const lost = rulesOf().find(({ alert }) => alert === 'AirflowTasksLost');
  expect(lost?.expr).toMatch(/increase\((\S+)\[15m\]\) > 0 or \(\1 unless \1 offset 15m\)/);
});

test('a Prometheus selects the rule by labels', () => {
  // WHEN
  const objects = synthAirflow({ metrics: Metrics.statsd({ alerts: { labels: { release: 'prometheus' } } }) });

  // THEN
  expect(objects.one('PrometheusRule', 'airflow-alerts').metadata.labels).toMatchObject({
    release: 'prometheus',
    'app.kubernetes.io/instance': 'airflow',
  });
});
