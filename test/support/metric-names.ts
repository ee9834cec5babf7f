import { AIRFLOW_METRICS } from '../../lib/metrics/airflow-metrics';
import { type AirflowMetric, prometheusName } from '../../lib/metrics/statsd-mapping';

/** The metrics of Airflow that texts name as Prometheus does. One that Airflow does not have is an error. */
export function metricsIn(...texts: readonly string[]): AirflowMetric[] {
  const byName = new Map((Object.keys(AIRFLOW_METRICS) as AirflowMetric[]).map((metric) => [prometheusName(metric), metric]));
  const names = new Set(texts.flatMap((text) => text.match(/\bairflow_\w+/g) ?? []));
  return [...names].map((name) => {
    const metric = byName.get(name) ?? byName.get(name.replace(/_(sum|count)$/, ''));
    if (!metric) throw new Error(`Airflow sends no ${name}`);
    return metric;
  });
}
