import type { Construct } from 'constructs';
import { PORTS } from '../../components/components';
import { Delivery } from '../../delivery/delivery';
import { HelmChart } from '../../helm/chart/helm-chart';
import { mergePodParts } from '../../kubernetes/pod-part';
import type { ImageProps } from '../../props/image';
import type { DistributionImplementation, DistributionInput, DistributionOutput } from '../contract';
import { addDagsFolder } from '../shared/dags-folder';
import { addServiceAccounts, serviceAccountNames } from '../shared/service-accounts';
import { TaskPods } from '../shared/task-pods';
import type { ChartOptions } from '../shared-by-charts/chart-options';
import { deployChart } from '../shared-by-charts/deploy-chart';
import { chartFeatures } from './chart-features';
import { bitnamiConfig } from './configuration';
import type { BitnamiContext } from './context';
import { mended } from './mend';
import { webServiceName } from './packages';
import { chartFlows, chartPods } from './pods';
import { chartSecrets } from './secrets';
import { taskPodsOptions } from './task-pods';
import { majorOf, validateBitnami } from './validate';
import { bitnamiValues } from './values';

/**
 * Airflow from Bitnami's chart: 24.3.1 and later for Airflow 3, 22.4 and later of 22 for Airflow 2.
 *
 * With `postgresql.enabled: false` or `redis.enabled: false` among the values, and `externalDatabase` or `externalRedis`, the database or the
 * broker is the user's own; its password then is one of the existing credentials.
 * @see https://github.com/bitnami/charts/tree/main/bitnami/airflow
 */
export interface BitnamiChartOptions extends ChartOptions {
  /**
   * Whether images come from docker.io/bitnamilegacy, where Bitnami's free images are since 2025, instead of docker.io/bitnami. They get no
   * more updates.
   * @default false
   */
  readonly legacyImages?: boolean;
}

/** For the Job that makes Secrets, as the tag of the chart's own image is not known at synth. */
const PYTHON_IMAGE: ImageProps = { repository: 'docker.io/library/python', tag: '3.13.12-slim-bookworm', pullPolicy: 'IfNotPresent' };

/** Airflow from Bitnami's chart. */
export function bitnamiChart(options: BitnamiChartOptions): DistributionImplementation {
  return {
    // That of the image, which is the chart's.
    airflowVersion: () => undefined,
    deploy: (scope, input) => deployBitnami(scope, input, options),
  };
}

function deployBitnami(scope: Construct, input: DistributionInput, options: BitnamiChartOptions): DistributionOutput {
  const delivery = options.delivery ?? Delivery.rendered();
  const context = contextOf(scope, input, options, delivery);
  const values = bitnamiValues(scope, context);
  validateBitnami(context, values);
  const pods = chartPods(context);
  addServiceAccounts(scope, context);
  if (input.executor.tasks) new TaskPods(scope, 'task', context, taskPodsOptions(context));
  return deployChart(scope, input, {
    chart: options.chart ?? HelmChart.oci('oci://registry-1.docker.io/bitnamicharts/airflow', options.version),
    delivery,
    values,
    userValues: options.values,
    kubeVersion: options.kubeVersion,
    ...mended(context, pods),
    credentials: { image: credentialsImage(input), derived: context.chartSecrets.derived, unused: context.chartSecrets.unused },
    pods,
    // Where nothing is said it is the chart's own, which has the name of the deployment.
    serviceAccounts: serviceAccountNames(context),
    flows: chartFlows(context, pods),
    webService: { name: webServiceName(context), port: PORTS.apiServer },
  });
}

function contextOf(scope: Construct, input: DistributionInput, options: BitnamiChartOptions, delivery: Delivery): BitnamiContext {
  const features = chartFeatures(input.validator, options.version);
  const { tag } = input.components.all?.image ?? {};
  const isAirflow3 = features.hasAirflow3 && (tag === undefined || majorOf(tag) !== 2);
  const userValues = options.values ?? {};
  const isExternal = { database: userValues.postgresql?.enabled === false, broker: userValues.redis?.enabled === false };
  return {
    ...input,
    hasOneServiceAccount: !delivery._isRendered,
    features,
    isAirflow3,
    legacyImages: options.legacyImages ?? false,
    config: bitnamiConfig(input, isAirflow3),
    chartSecrets: chartSecrets(input, isAirflow3),
    dagsPart: mergePodParts([input.dags?.podPart ?? {}, ...(isAirflow3 ? [] : [addDagsFolder(scope, input)])]),
    jobs: delivery._jobs,
    isExternal,
    userValues,
  };
}

function credentialsImage({ components, images }: DistributionInput): ImageProps {
  const { image } = components.all ?? {};
  return images.of(PYTHON_IMAGE, image?.repository !== undefined && image.tag !== undefined ? image : undefined);
}
