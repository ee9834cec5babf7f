import type { Delivery } from '../../delivery/delivery';
import type { HelmChart } from '../../helm/chart/helm-chart';

/** What can be said of a Helm chart that Airflow is deployed from. */
export interface ChartOptions {
  /** The version of the chart, as in `1.20.0`. */
  readonly version: string;
  /**
   * Where the chart comes from, in that version: a folder, an archive, or a repository of one's own.
   * @default - where its makers publish it
   */
  readonly chart?: HelmChart;
  /**
   * Values of the chart that no prop stands for. They are checked against those that the chart knows. Maps are joined with the library's, and
   * lists put behind them. A value that a prop sets otherwise is an error, which names the prop, as is one with which the chart would deploy
   * what does not work. Of what the library sets and no prop stands for (probes, resources of what has no prop) this one counts.
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: values are of whatever type the chart says
  readonly values?: { readonly [key: string]: any };
  /**
   * What `dist` carries: the chart's objects, or the chart as a custom resource.
   * @default Delivery.rendered()
   */
  readonly delivery?: Delivery;
  /**
   * The version of Kubernetes that the chart is rendered for.
   * @default - that of HelmChartInclude
   */
  readonly kubeVersion?: string;
}
