import type { Construct } from 'constructs';
import { PORTS } from '../../components/components';
import { Postgresql } from '../../data-stores/postgresql';
import { Delivery } from '../../delivery/delivery';
import { hasTaskPods } from '../../executors/executor-plan';
import { HelmChart } from '../../helm/chart/helm-chart';
import { declareExisting } from '../../kubernetes/existing-objects';
import type { Json } from '../../kubernetes/json';
import { mergePodParts } from '../../kubernetes/pod-part';
import { addMonitoring } from '../../metrics/monitoring';
import { pullSecretsOf } from '../../props/image';
import type { DistributionImplementation, DistributionInput, DistributionOutput } from '../contract';
import { airflowImage, airflowVersionOf } from '../shared/airflow-image';
import { isOlder, validateAirflowVersion } from '../shared/airflow-version';
import { addDagsFolder } from '../shared/dags-folder';
import { monitoredDeployment } from '../shared/metrics';
import { addPlainServiceAccount, addServiceAccounts, serviceAccountNames } from '../shared/service-accounts';
import { TaskPods } from '../shared/task-pods';
import { addTeamRedis } from '../shared/team-redis';
import type { ChartOptions } from '../shared-by-charts/chart-options';
import { deployChart } from '../shared-by-charts/deploy-chart';
import { chartFeatures } from './chart-features';
import { officialConfig } from './configuration';
import type { OfficialContext } from './context';
import { addDisruptionBudgets } from './disruption-budgets';
import { webServiceName } from './pod-values';
import { chartFlows, chartPods } from './pods';
import { addScalingByWork } from './scaling';
import { chartSecrets, type ExternalServices } from './secrets';
import { validateOfficial } from './validate';
import { officialValues } from './values';

/** Airflow from the chart of the Airflow project. */
export function officialChart(options: ChartOptions): DistributionImplementation {
  return {
    airflowVersion: airflowVersionOf,
    deploy: (scope, input) => deployOfficial(scope, input, options),
  };
}

function deployOfficial(scope: Construct, input: DistributionInput, options: ChartOptions): DistributionOutput {
  const context = contextOf(scope, input, options);
  const values = officialValues(scope, context);
  validateOfficial(context, values);
  declareSecrets(scope, context);

  addPlainServiceAccount(scope, input);
  addServiceAccounts(scope, input);
  const { server } = input.database;
  if (server && !context.isExternal.database) new Postgresql(scope, 'postgresql', input, server);
  addTeamRedis(scope, input);
  if (hasTaskPods(input.executor) && context.isAirflow3) {
    new TaskPods(scope, 'task', input, { config: context.config, webService: webServiceName(context), home: context.home });
  }
  const pods = chartPods(context);
  addDisruptionBudgets(scope, context, pods);
  addScalingByWork(scope, context, pods);
  const exporter = pods.get('statsd');
  if (input.metrics?.exporter && exporter) {
    addMonitoring(scope, monitoredDeployment(input), input.metrics.exporter, { pods: exporter, service: exporter, port: 'statsd-scrape' });
  }

  const { derived, unused } = context.chartSecrets;
  return deployChart(scope, input, {
    chart: options.chart ?? HelmChart.repository({ url: 'https://airflow.apache.org', name: 'airflow', version: options.version }),
    delivery: options.delivery ?? Delivery.rendered(),
    values,
    userValues: options.values,
    kubeVersion: options.kubeVersion,
    credentials: { image: context.image, derived, unused },
    pods,
    serviceAccounts: serviceAccountNames(input),
    flows: chartFlows(context, pods),
    webService: { name: webServiceName(context), port: PORTS.apiServer },
  });
}

function contextOf(scope: Construct, input: DistributionInput, options: ChartOptions): OfficialContext {
  const features = chartFeatures(input.validator, options.version);
  const isAirflow3 = !isOlder(checkedVersion(input), '3.0.0');
  const userValues = options.values ?? {};
  const delivery = options.delivery ?? Delivery.rendered();
  const isExternal = externalServices(userValues);
  return {
    ...input,
    features,
    isAirflow3,
    image: airflowImage(input),
    config: officialConfig(input, isAirflow3),
    chartSecrets: chartSecrets(input, features, isAirflow3, isExternal),
    dagsPart: isAirflow3 ? (input.dags?.podPart ?? {}) : mergePodParts([input.dags?.podPart ?? {}, addDagsFolder(scope, input)]),
    isExternal,
    home: userValues.airflowHome ?? '/opt/airflow',
    jobs: delivery._jobs,
    holdsNull: delivery._holdsNull,
    userValues,
  };
}

function checkedVersion({ validator, airflowVersion }: DistributionInput): string {
  const version = airflowVersionOf(airflowVersion);
  validateAirflowVersion(validator, version, '2.11.0', 'the official chart deploys no earlier one');
  return version;
}

/** With a database or a broker of one's own among the values, none is made. */
function externalServices({ data, postgresql, redis }: Json): ExternalServices {
  return {
    database: Boolean(data?.metadataSecretName || data?.metadataConnection || postgresql?.enabled),
    broker: redis?.enabled === false,
  };
}

/** Those that are the user's own: for registries, and whatever the values name. */
function declareSecrets(scope: Construct, { image, executor, userValues }: OfficialContext): void {
  for (const props of [image, executor.broker?.server?.image ?? {}]) pullSecretsOf(scope, props);
  for (const name of secretNames(userValues)) declareExisting(scope, 'Secret', name);
}

function secretNames(values: Json): string[] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    return /secretName$/i.test(key) && typeof value === 'string' ? [value] : secretNames(value);
  });
}
