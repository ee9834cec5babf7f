import { Construct } from 'constructs';
import { HelmChartInclude } from '../helm/helm-chart-include';
import type { Given } from '../validation/checked-props';
import { PropValidator } from '../validation/prop-validator';
import { type ArgoApplicationOptions, argoApplication } from './argo-application';
import { type FluxHelmReleaseOptions, fluxHelmRelease } from './flux-helm-release';
import { type K3sHelmChartOptions, k3sHelmChart } from './k3s-helm-chart';
import { type ChartJobs, type CustomResource, type DeliveredRelease, publishedRelease } from './release';

/** Adds a release to a construct; the include if its objects are there. */
type Deliver = (scope: Construct, release: DeliveredRelease) => HelmChartInclude | undefined;

/**
 * What `dist` carries for a distribution that is a Helm chart. The plain manifests around it are always the same.
 *
 * A chart in a custom resource is got and rendered by a controller in the cluster, so it must be in a repository or a registry. With the
 * custom resource all that the controller made of it is deleted.
 */
export class Delivery {
  /** The chart's objects, rendered at synth. */
  static rendered(): Delivery {
    return new Delivery({ areHooks: false, annotations: {} }, true, (scope, release) => new HelmChartInclude(scope, 'chart', release), [
      'rendered',
    ]);
  }

  /**
   * A HelmChart, which k3s and RKE2 release with helm.
   * @param options how they release it.
   * @see https://docs.k3s.io/add-ons/helm
   */
  static k3sHelmChart(options?: K3sHelmChartOptions): Delivery {
    return Delivery.inCluster(k3sHelmChart(options ?? {}), ['k3sHelmChart', options]);
  }

  /**
   * A HelmRelease, which Flux 2.7 or later releases with helm, and the HelmRepository or OCIRepository of the chart.
   * @param options how Flux releases it.
   * @see https://fluxcd.io/flux/components/helm/helmreleases/
   */
  static fluxHelmRelease(options?: FluxHelmReleaseOptions): Delivery {
    return Delivery.inCluster(fluxHelmRelease(options ?? {}), ['fluxHelmRelease', options]);
  }

  /**
   * An Application, whose objects Argo CD renders with helm and keeps in the cluster as they are rendered.
   * @param options how Argo CD releases it.
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
   */
  static argoApplication(options?: ArgoApplicationOptions): Delivery {
    return Delivery.inCluster(argoApplication(options ?? {}), ['argoApplication', options]);
  }

  private static inCluster(resource: CustomResource, given: Given): Delivery {
    return new Delivery(
      resource.jobs,
      resource.holdsNull,
      (scope, release) => {
        const construct = new Construct(scope, 'chart');
        const validator = new PropValidator(construct);
        resource.validate(validator, release);
        const published = publishedRelease(validator, release);
        if (published) resource.add(construct, published);
        return undefined;
      },
      given,
    );
  }

  private constructor(
    /** @internal */
    readonly _jobs: ChartJobs,
    /** @internal */
    readonly _holdsNull: boolean,
    /** @internal */
    readonly _deliver: Deliver,
    /** @internal */
    readonly _given: Given,
  ) {}

  /**
   * Whether the objects are there at synth.
   * @internal
   */
  get _isRendered(): boolean {
    return this._given[0] === 'rendered';
  }
}
