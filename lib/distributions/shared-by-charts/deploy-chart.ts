import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ComponentPods } from '../../components/component-pods';
import { selectorLabels } from '../../components/names';
import type { Delivery } from '../../delivery/delivery';
import type { HelmChart } from '../../helm/chart/helm-chart';
import type { HelmChartInclude } from '../../helm/helm-chart-include';
import { declareExisting, declareExistingPods } from '../../kubernetes/existing-objects';
import type { Json } from '../../kubernetes/json';
import { KEPT } from '../../kubernetes/kept-data';
import type { NetworkFlow } from '../../network/network-flow';
import type { DistributionInput, DistributionOutput } from '../contract';
import { addComponentPolicies } from '../shared/airflow-flows';
import { addCredentialsJob, type CredentialsJobOptions, hasCredentialsJob } from '../shared/credentials-job';
import { chartSettings } from './chart-settings';
import { joinValues } from './join-values';

/** Airflow from a Helm chart: what the props came to. */
export interface AirflowRelease {
  readonly chart: HelmChart;
  readonly delivery: Delivery;
  /** The values that the props came to. */
  readonly values: Json;
  /** The user's own values. */
  readonly userValues: Json;
  /** The version of Kubernetes that the chart is rendered for. */
  readonly kubeVersion: string | undefined;
  /** Objects that the chart makes for nothing, as `Kind/name`. They are left out where the objects are at hand. */
  readonly exclude?: string[];
  /** Mends what the chart gets wrong and no value can put right, where the objects are at hand. */
  readonly mend?: (include: HelmChartInclude) => void;
  /** The image of the Job that makes Secrets, and the Secrets that the chart asks for in a form of its own. */
  readonly credentials: CredentialsJobOptions;
  /** The pods that the chart makes. */
  readonly pods: ComponentPods;
  readonly serviceAccounts: DistributionOutput['serviceAccounts'];
  /** Connections that have to be possible beside those that any Airflow needs. */
  readonly flows?: readonly NetworkFlow[];
  /** The Service of the web interface, where the objects are not at hand. */
  readonly webService: { readonly name: string; readonly port: number };
}

/** Airflow from a Helm chart: the chart's objects, or the chart as a custom resource, and what the library puts around them. */
export function deployChart(scope: Construct, input: DistributionInput, release: AirflowRelease): DistributionOutput {
  const { chart, credentials } = release;
  validateSpread(input);
  addCredentialsJob(scope, input, credentials);
  const include = release.delivery._deliver(scope, {
    chart,
    releaseName: input.name,
    namespace: input.namespace,
    values: joinValues(release.values, release.userValues),
    kubeVersion: release.kubeVersion,
    exclude: release.exclude,
  });
  if (include) {
    release.mend?.(include);
    keepVolumes(include.apiObjects);
  } else {
    for (const labels of release.pods.values()) declareExistingPods(scope, labels);
    for (const account of Object.values(release.serviceAccounts)) declareExisting(scope, 'ServiceAccount', account);
  }
  const pods = withCredentials(input, release);
  return {
    webService: webServiceOf(scope, release, include?.apiObjects ?? []),
    pods,
    serviceAccounts: release.serviceAccounts,
    flows: addComponentPolicies(scope, input, pods, release.flows),
    isHardened: false,
  };
}

/** Those of StatefulSets stay as the chart has them: a release that is there already can't change their templates. */
function keepVolumes(objects: readonly ApiObject[]): void {
  for (const { metadata } of objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')) {
    for (const [annotation, value] of Object.entries(KEPT)) metadata.addAnnotation(annotation, value);
  }
}

/** By which labels the chart has its pods no value can say in a constraint. */
function validateSpread(input: DistributionInput): void {
  for (const { prop, props } of chartSettings(input)) {
    for (const [index, { labelSelector }] of (props.placement?.topologySpreadConstraints ?? []).entries()) {
      if (labelSelector) continue;
      const place = `${prop}.placement.topologySpreadConstraints[${index}].labelSelector`;
      input.validator.reportHidden(place, 'without it no pod counts; expected the labels that the chart gives to the pods');
    }
  }
}

function withCredentials(input: DistributionInput, { pods, credentials }: AirflowRelease): ComponentPods {
  if (!hasCredentialsJob(input, credentials)) return pods;
  return new Map([...pods, ['credentials', selectorLabels(input, 'credentials')]]);
}

/** The Service that selects the pods of the web interface. */
function webServiceOf(scope: Construct, { pods, webService }: AirflowRelease, objects: readonly ApiObject[]) {
  const labels = Object.entries(pods.get('api-server') ?? {});
  for (const service of objects.filter(({ kind }) => kind === 'Service')) {
    const { selector, ports } = service.toJson().spec;
    if (labels.every(([label, value]) => selector?.[label] === value)) return { name: service.name, port: ports[0].port };
  }
  declareExisting(scope, 'Service', webService.name);
  return webService;
}
