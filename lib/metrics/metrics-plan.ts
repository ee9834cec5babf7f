import type { OwnedOption } from '../config/airflow-config';
import type { Target } from '../network/url-destinations';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import type { StatsdMetricsProps } from './statsd-props';

/** Where metrics go: what others ask, so that nobody asks which way it is. */
export interface MetricsPlan {
  readonly given: Given;
  /** The StatsD exporter that the deployment has for it. */
  readonly exporter?: StatsdMetricsProps;
  /** @param exporter the name of the Service of that exporter, and whether the cluster has IPv6 alone. */
  options(exporter: { readonly host: string; readonly isIpv6: boolean }): readonly OwnedOption[];
  /** Variables of all pods of Airflow. @param deployment the name of the deployment. */
  variables(deployment: string): { readonly [name: string]: string };
  /** Where else pods send to. */
  readonly destinations: readonly Target[];
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}
