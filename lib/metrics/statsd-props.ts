import type { ImageProps } from '../props/image';
import type { PlacementProps } from '../props/placement';
import type { ResourcesProps } from '../props/resources';
import type { SecurityContext } from '../props/security-context';
import type { MetricsAlertsProps } from './alerts';
import type { MetricsDashboardProps } from './dashboard';
import type { MetricsScraping } from './scraping';

/** Metrics that a StatsD exporter gets, and Prometheus reads. */
export interface StatsdMetricsProps {
  /**
   * How Prometheus gets to know of the exporter.
   * @default MetricsScraping.annotations()
   */
  readonly scraping?: MetricsScraping;
  /**
   * The namespace of Prometheus: the NetworkPolicy lets it read the metrics, and nobody else.
   * @default - whoever asks may read them
   */
  readonly prometheusNamespace?: string;
  /**
   * Alerts of Prometheus, as a PrometheusRule; the cluster needs the Prometheus Operator. They tell of a scheduler, DAG processor or triggerer that gives no
   * sign of life, of DAG files that can't be imported, take long or are given up, of tasks that wait for long, of pools and executors that are full, and of
   * tasks that were lost.
   * @default - none
   */
  readonly alerts?: MetricsAlertsProps;
  /**
   * A dashboard of Grafana, as a ConfigMap that its sidecar reads.
   * @default - none
   */
  readonly dashboard?: MetricsDashboardProps;
  /**
   * The image of the exporter.
   * @default - quay.io/prometheus/statsd-exporter:v0.28.0
   */
  readonly image?: ImageProps;
  /**
   * Requests and limits of the exporter. It holds a few kilobytes for each task of each DAG.
   * @default - requests of 10m and 32Mi, limits of 500m and 128Mi
   */
  readonly resources?: ResourcesProps;
  /**
   * Further labels of the pod of the exporter.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Further annotations of the pod of the exporter, which win over those of `scraping`.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Which nodes the exporter runs on.
   * @default - any node
   */
  readonly placement?: PlacementProps;
  /**
   * As whom the exporter runs.
   * @default - as the user 65534; by the platform's ids, where allComponents.securityContext says so
   */
  readonly securityContext?: SecurityContext;
}
