import type { Json } from '../kubernetes/json';
import { AIRFLOW_METRICS } from './airflow-metrics';

export type AirflowMetric = keyof typeof AIRFLOW_METRICS;

/** What the names begin with that Airflow sends. */
export const METRICS_PREFIX = 'airflow';

/** How long a gauge stays that is not sent any more, as that of a pool that is gone. Airflow sends them every few seconds, or with each round of DAG files. */
const GAUGE_TTL = '1h';
/** Of those that each pod has of itself: it has gone if it says nothing for so long. */
const POD_GAUGES = 'triggers\\.running|triggerer\\.capacity_left';
const POD_GAUGE_TTL = '2m';

/** The name that Prometheus has of a metric, without that of its parts, which timers have: `_sum` and `_count`. */
export function prometheusName(metric: AirflowMetric): string {
  const suffixes = { counter: '_total', gauge: '', timer: '_seconds' };
  return `${METRICS_PREFIX}_${metric.replace(/\W/g, '_')}${suffixes[AIRFLOW_METRICS[metric]]}`;
}

/**
 * The rules of the exporter by which it makes these names. Tags are labels by themselves.
 * @param deployment what tells the metrics of this deployment from those of others.
 * @see https://github.com/prometheus/statsd_exporter#metric-mapping-and-configuration
 */
export function statsdMappings(deployment: string): Json[] {
  const labels = { deployment };
  const named = (kind: string, suffix = '', names = '.+') => ({
    match: `${METRICS_PREFIX}\\.(${names})`,
    match_type: 'regex',
    match_metric_type: kind,
    name: `${METRICS_PREFIX}_\${1}${suffix}`,
    labels,
  });
  return [
    // It goes up and down, which a counter can't.
    { match: `${METRICS_PREFIX}.dag_processing.processes`, name: 'dropped', action: 'drop' },
    // Of all timers this one comes in seconds, and is taken for milliseconds.
    {
      match: `${METRICS_PREFIX}.dag_processing.last_duration`,
      name: prometheusName('dag_processing.last_duration'),
      labels,
      scale: 1000,
    },
    named('counter', '_total'),
    named('observer', '_seconds'),
    { ...named('gauge', '', POD_GAUGES), ttl: POD_GAUGE_TTL },
    { ...named('gauge'), ttl: GAUGE_TTL },
  ];
}
