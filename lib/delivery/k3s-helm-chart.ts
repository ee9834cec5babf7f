import { ApiObject, Duration } from 'cdk8s';
import { HelmChart } from '../imports/helm.cattle.io';
import { goDuration } from '../kubernetes/go-duration';
import { writeYaml } from '../kubernetes/yaml-writer';
import type { CustomResource } from './release';

/**
 * What k3s does about a release that failed.
 * @see https://docs.k3s.io/add-ons/helm#helmchart-field-definitions
 */
export enum K3sFailurePolicy {
  /** Nothing, until somebody has looked at it: `helm rollback` and `helm uninstall` free it. */
  ABORT = 'abort',
  /** Uninstall it, with the volumes that are objects of the chart, and install it anew. */
  REINSTALL = 'reinstall',
}

/** How k3s or RKE2 releases the chart. */
export interface K3sHelmChartOptions {
  /**
   * The namespace of the HelmChart; the release is in that of Airflow all the same. The pod that runs helm is there too and may do everything
   * in the cluster: whoever may make pods in that namespace may, too. Of two releases with one name, one needs another namespace.
   * @default "kube-system"
   */
  readonly namespace?: string;
  /**
   * What is done about a release that failed.
   * @default K3sFailurePolicy.ABORT
   */
  readonly failurePolicy?: K3sFailurePolicy;
  /**
   * How long helm waits for each Job of the chart, images and database included.
   * @default Duration.minutes(15)
   */
  readonly timeout?: Duration;
}

/** A HelmChart for k3s and RKE2. It says nothing that is a default, for the controller would take that out again. */
export function k3sHelmChart(options: K3sHelmChartOptions): CustomResource {
  const { namespace = 'kube-system', failurePolicy = K3sFailurePolicy.ABORT, timeout = Duration.minutes(15) } = options;
  return {
    holdsNull: true,
    jobs: { areHooks: true, annotations: {} },
    validate(validator) {
      validator.dnsLabel('delivery.namespace', namespace);
      validator.wholeSeconds('delivery.timeout', timeout);
    },
    add(scope, release) {
      const { chart } = release;
      const source = chart.kind === 'oci' ? { chart: chart.reference } : { repo: chart.url, chart: chart.name };
      const manifest = HelmChart.manifest({
        metadata: { name: release.releaseName, namespace },
        spec: {
          ...source,
          version: chart.version,
          targetNamespace: release.namespace,
          failurePolicy,
          timeout: goDuration(timeout),
          valuesContent: writeYaml(release.values),
        },
      });
      new ApiObject(scope, 'release', manifest);
    },
  };
}
