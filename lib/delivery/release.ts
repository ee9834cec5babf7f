import type { Construct } from 'constructs';
import type { ChartSource, HelmChart } from '../helm/chart/helm-chart';
import type { Json } from '../kubernetes/json';
import type { PropValidator } from '../validation/prop-validator';

/** A release of a Helm chart, however it gets into the cluster. */
export interface DeliveredRelease {
  readonly chart: HelmChart;
  readonly releaseName: string;
  readonly namespace: string | undefined;
  readonly values: Json;
  readonly kubeVersion: string | undefined;
  /** Objects that are left out where they are rendered at synth, as `Kind/name`. */
  readonly exclude?: string[];
}

/** A chart that others can get for themselves. */
export type PublishedChart = Exclude<ChartSource, { readonly kind: 'folder' | 'archive' }>;

/** A release that a controller in the cluster can make. */
export interface PublishedRelease {
  readonly chart: PublishedChart;
  readonly releaseName: string;
  readonly namespace: string;
  readonly values: Json;
}

/** The form that a release has for a controller in the cluster. */
export interface CustomResource {
  /** How Jobs of the chart are run anew when they change. */
  readonly jobs: ChartJobs;
  /** Whether it keeps a value that is null, which takes away a default of the chart. */
  readonly holdsNull: boolean;
  /** Reports wrong options, and what the form can't hold of a release. */
  validate(validator: PropValidator, release: DeliveredRelease): void;
  /** Adds the objects to a construct. */
  add(scope: Construct, release: PublishedRelease): void;
}

/** A Job can't be changed, so a new one has to take its place: what the chart must say of its Jobs, for that to happen. */
export interface ChartJobs {
  /** Whether they are to be hooks of helm. */
  readonly areHooks: boolean;
  /** What they are to be annotated with. */
  readonly annotations: { readonly [name: string]: string };
}

/** A release as a controller can make it; what keeps it from that is reported. */
export function publishedRelease(validator: PropValidator, release: DeliveredRelease): PublishedRelease | undefined {
  const { chart, releaseName, namespace, values, kubeVersion } = release;
  const source = chart._source;
  chart._validateInOneVersion(validator, 'chart');
  if (kubeVersion !== undefined) {
    validator.report('kubeVersion', kubeVersion, 'expected none: a chart in a custom resource is rendered for the cluster that it is in');
  }
  if (namespace === undefined) {
    validator.reportHidden('namespace', 'a chart in a custom resource needs to know its namespace; give one to the cdk8s chart');
  }
  if (!('path' in source)) return namespace === undefined ? undefined : { chart: source, releaseName, namespace, values };
  validator.report(
    'chart',
    source.path,
    "the cluster can't get a chart that is on this machine; expected HelmChart.repository({ … }) or HelmChart.oci(…), or else Delivery.rendered()",
  );
  return undefined;
}

/** Reports what is null, which takes away a default of the chart. Neither cdk8s nor `kubectl apply` keeps it in an object. */
export function validateNoNull(validator: PropValidator, values: Json, prop = 'values'): void {
  if (values === null) {
    validator.report(
      prop,
      null,
      'a custom resource does not hold that; expected a value, or else Delivery.k3sHelmChart() or Delivery.rendered()',
    );
  } else if (typeof values === 'object') {
    for (const [key, value] of Object.entries(values))
      validateNoNull(validator, value, Array.isArray(values) ? `${prop}[${key}]` : `${prop}.${key}`);
  }
}
