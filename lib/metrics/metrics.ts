import type { Given } from '../validation/checked-props';
import type { MetricsPlan } from './metrics-plan';
import { type OpenTelemetryMetricsProps, openTelemetryPlan } from './open-telemetry';
import { statsdPlan } from './statsd';
import type { StatsdMetricsProps } from './statsd-props';

/**
 * Where Airflow's metrics go, by the names that Airflow 3.2 gave them: what differs from one DAG, task or pool to another is a label, and not a part of the
 * name.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/metrics.html
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Metrics, MetricsScraping } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   metrics: Metrics.statsd({
 *     scraping: MetricsScraping.podMonitor(),
 *     prometheusNamespace: 'monitoring',
 *     alerts: {},
 *     dashboard: {},
 *   }),
 * });
 */
export class Metrics {
  /**
   * To a StatsD exporter, which the deployment gets for it, and from which Prometheus reads them. The image of Airflow needs the package `statsd`, which
   * that of the Airflow project has, but for its slim one.
   * @param props how Prometheus reads them, and what it and Grafana make of them.
   */
  static statsd(props: StatsdMetricsProps = {}): Metrics {
    return new Metrics(() => statsdPlan(props, ['statsd', props]), ['statsd', props]);
  }

  /**
   * To a collector of OpenTelemetry that is there, and traces too, if asked for.
   * @param props where the collector is.
   */
  static openTelemetry(props: OpenTelemetryMetricsProps): Metrics {
    return new Metrics(() => openTelemetryPlan(props, ['openTelemetry', props]), ['openTelemetry', props]);
  }

  private constructor(
    private readonly planOf: () => MetricsPlan,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _plan(): MetricsPlan {
    return this.planOf();
  }
}
