import { type AirflowMetric, prometheusName } from './statsd-mapping';

/** The deployment whose metrics are looked at. */
export interface MonitoredDeployment {
  /** What the names of all objects begin with. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly hasTriggerer: boolean;
}

/** The value of the label `deployment`, by which its metrics are told from those of others. */
export function deploymentLabel({ name, namespace }: Omit<MonitoredDeployment, 'hasTriggerer'>): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The series of a metric of this deployment, for expressions of PromQL. */
export type Series = (metric: AirflowMetric, part?: '' | '_sum' | '_count') => string;

export function seriesOf(deployment: MonitoredDeployment): Series {
  return (metric, part = '') => `${prometheusName(metric)}${part}{deployment="${deploymentLabel(deployment)}"}`;
}

/** How long something takes on average, in seconds. */
export function averageOf(series: Series, metric: AirflowMetric, by: string, window: string): string {
  const rate = (part: '_sum' | '_count') => `sum by (${by}) (rate(${series(metric, part)}[${window}]))`;
  return `${rate('_sum')} / ${rate('_count')}`;
}

/** How many there were in a window. Prometheus sees no growth in a counter that came to be in it: that one counts as it is. */
export function growthOf(series: Series, metric: AirflowMetric, by: string, window: string): string {
  const counter = series(metric);
  return `sum by (${by}) (increase(${counter}[${window}]) > 0 or (${counter} unless ${counter} offset ${window}))`;
}
