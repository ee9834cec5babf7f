import { ApiObject, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { HelmRelease, type HelmReleaseSpec } from '../imports/helm.toolkit.fluxcd.io';
import { HelmRepository, OciRepository } from '../imports/source.toolkit.fluxcd.io';
import { goDuration } from '../kubernetes/go-duration';
import { type CustomResource, type PublishedChart, validateNoNull } from './release';

/** How Flux releases the chart. */
export interface FluxHelmReleaseOptions {
  /**
   * The namespace of the HelmRelease and of the source of the chart; the release is in that of Airflow all the same.
   * @default - the namespace of Airflow
   */
  readonly namespace?: string;
  /**
   * How often Flux looks whether the release is as it should be.
   * @default Duration.minutes(10)
   * @see https://fluxcd.io/flux/components/helm/helmreleases/#interval
   */
  readonly interval?: Duration;
  /**
   * How long helm waits for each Job of the chart, images and database included.
   * @default Duration.minutes(15)
   * @see https://fluxcd.io/flux/components/helm/helmreleases/#timeout
   */
  readonly timeout?: Duration;
}

/**
 * Pods wait for the Job that makes the tables, and a Job that is a hook waits for the pods if helm does, so it must not. What failed is tried
 * again by an upgrade: nothing is uninstalled.
 */
const ACTION = { disableWait: true, strategy: { name: 'RetryOnFailure' } };

/** A HelmRelease of Flux, and the source of its chart. */
export function fluxHelmRelease(options: FluxHelmReleaseOptions): CustomResource {
  const { interval = Duration.minutes(10), timeout = Duration.minutes(15) } = options;
  return {
    holdsNull: false,
    jobs: { areHooks: true, annotations: {} },
    validate(validator, { values }) {
      validator.dnsLabel('delivery.namespace', options.namespace);
      validator.wholeSeconds('delivery.interval', interval);
      validator.wholeSeconds('delivery.timeout', timeout);
      validateNoNull(validator, values);
    },
    add(scope, { chart, releaseName, namespace, values }) {
      const metadata = { name: releaseName, namespace: options.namespace ?? namespace };
      const manifest = HelmRelease.manifest({
        metadata,
        spec: {
          interval: goDuration(interval),
          timeout: goDuration(timeout),
          releaseName,
          targetNamespace: namespace,
          ...addSource(scope, chart, metadata, goDuration(interval)),
          install: ACTION,
          upgrade: ACTION,
          values,
        },
      });
      new ApiObject(scope, 'release', manifest);
    },
  };
}

/** Adds where the chart comes from; what a HelmRelease says of that. */
function addSource(
  scope: Construct,
  chart: PublishedChart,
  metadata: { readonly name: string; readonly namespace: string },
  interval: string,
): Pick<HelmReleaseSpec, 'chart' | 'chartRef'> {
  const { name } = metadata;
  if (chart.kind === 'repository') {
    new ApiObject(scope, 'source', HelmRepository.manifest({ metadata, spec: { url: chart.url, interval } }));
    return { chart: { spec: { chart: chart.name, version: chart.version, sourceRef: { kind: 'HelmRepository', name } } } };
  }
  const spec = {
    url: chart.reference,
    interval,
    // As helm does: a tag has no plus sign.
    ref: { tag: chart.version.replaceAll('+', '_') },
    layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
  };
  new ApiObject(scope, 'source', OciRepository.manifest({ metadata, spec }));
  return { chartRef: { kind: 'OCIRepository', name } };
}
