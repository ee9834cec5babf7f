import { propOf } from '../../components/components';
import { groupsOfWorkers, hasTaskPods } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import type { PropValidator } from '../../validation/prop-validator';
import { validateDagsFolder } from '../shared/dags-folder';
import { validateFollowed } from '../shared/followed-props';
import { validateContent } from '../shared/pod-content';
import { validateScaling } from '../shared/scaling-work';
import { type OwnCollectors, reportWithoutEgress, validateOptionsThatSend } from '../shared/validate-egress';
import { validateSettings } from '../shared/validate-settings';
import { chartSettings } from '../shared-by-charts/chart-settings';
import { CONNECT_ARGS, validatePackaged } from '../shared-by-charts/packaged-classes';
import { TASKS, validateTaskPods } from '../shared-by-charts/task-pods';
import { type InsteadOf, validateUserValues } from '../shared-by-charts/user-values';
import { type VariableLists, validateVariableValues } from '../shared-by-charts/variable-values';
import type { OfficialContext } from './context';
import { FOLLOWED } from './followed';
import { pullSecrets } from './images';
import { hasExporter } from './pods';
import { whyNoCpuScaling } from './scaling';
import { replaceableValues, valueRules } from './user-values';
import { validateWorkers } from './validate-workers';

/** Labels that the chart puts on its objects; a second one of the name would be no YAML. */
const CHART_LABELS = ['chart', 'component', 'deploymentName', 'executor', 'heritage', 'release', 'tier', 'worker-set'];

/** What can be wrong with the props and the user's values, and what the chart can't do. */
export function validateOfficial(context: OfficialContext, values: Json): void {
  const { validator, config, dags, isAirflow3, credentials } = context;
  validateSettings(context, config, ownCollectors(context));
  validateFollowed(context, FOLLOWED);
  validateContent(context, context.home);
  validateComponents(context);
  validateScaling(context, config);
  validateChartScaling(context);
  validateRollouts(context);
  validateDagProcessorLabels(context);
  validatePullSecrets(context);
  validateServices(context);
  validateWorkers(context);
  validateStores(context);
  if (dags && !isAirflow3) validateDagsFolder(validator, dags);
  if (!isAirflow3 && context.connections && context.connections.destinations.length > 0) {
    validator.reportHidden(
      'secretsBackend',
      'in Airflow 2 all tasks ask it by themselves; use config: { secrets: … }, and networkPolicies.taskEgress',
    );
  }
  if (!isAirflow3 && credentials._has('jwtSecret')) {
    validator.reportHidden('credentials.jwtSecret', 'Airflow 2 has no such secret; leave it out');
  }
  // Without workers values of workers are for nothing else.
  const ofWorkers: InsteadOf = { [context.executor.workers ? 'workers.kubernetes' : 'workers']: TASKS };
  validateTaskPods(context, { ...NOT_IN_TASK_PODS, ...ofWorkers });
  const wait = "the chart's wait for the tables";
  validatePackaged(context, wait, CONNECT_ARGS, config.sections(), (section, key) => `config.${section}.${key}`);
  validateConfigValues(context);
  validateUserValues(validator, valueRules(context), replaceableValues(values), context.userValues);
}

/** Values that the chart's own pods of tasks would have, and the prop by which those of the library have it. */
const NOT_IN_TASK_PODS: InsteadOf = {
  podTemplate: TASKS,
  'images.pod_template': TASKS,
  config: 'the prop config',
  env: 'the prop allComponents.env',
  extraEnv: 'the prop allComponents.env',
  secret: 'the prop allComponents.env',
  extraEnvFrom: 'envFrom in the prop allComponents.podParts',
  volumes: 'the prop allComponents.podParts',
  volumeMounts: 'the prop allComponents.podParts',
  airflowLocalSettings: 'the prop localSettings',
  'dags.persistence.enabled': 'the prop dagBundles, with DagBundle.volume(…)',
  'logs.persistence.enabled': 'the prop logs, with Logs.volume(…)',
  nodeSelector: 'the prop allComponents.placement',
  tolerations: 'the prop allComponents.placement',
  affinity: 'the prop allComponents.placement',
  topologySpreadConstraints: 'the prop allComponents.placement',
  labels: 'the prop allComponents.labels',
  airflowPodAnnotations: 'the prop allComponents.annotations',
  uid: 'the prop allComponents.securityContext',
  gid: 'the prop allComponents.securityContext',
  securityContext: 'the prop allComponents.securityContext',
  securityContexts: 'the prop allComponents.securityContext',
  imagePullSecrets: 'the prop images, with pullSecrets',
  'registry.secretName': 'the prop images, with pullSecrets',
  multiNamespaceMode: 'the prop taskPermissions, with namespaces',
  'kerberos.enabled': 'containers and volumes in podParts of the prop executor, with tasks',
};

/** Options among the user's values, of which the chart makes airflow.cfg too, and variables, which win over it. */
function validateConfigValues(context: OfficialContext): void {
  const { validator, executor, config, userValues } = context;
  const place = 'distribution.values.config';
  const collectors = ownCollectors(context);
  // With pods of tasks there may be none for all.
  const isOfTaskPods = hasTaskPods(executor);
  if (!isOfTaskPods) {
    config.validateElsewhere(validator, place, userValues.config ?? {});
    const placeOf = (section: string, key: string) => `${place}.${section}.${key}`;
    validateOptionsThatSend(context, { options: userValues.config ?? {}, placeOf }, collectors);
  }
  validateVariableValues(context, isOfTaskPods ? OF_ONE : { env: undefined, ...OF_ONE }, collectors);
  for (const service of ['elasticsearch', 'opensearch'].filter((name) => userValues[name]?.enabled)) {
    reportWithoutEgress(context, `distribution.values.${service}`, ['api-server'], 'apiServer.egress');
  }
  if (userValues.kerberos?.enabled && !isOfTaskPods) {
    reportWithoutEgress(context, 'distribution.values.kerberos.enabled', executor.runsTasks, 'networkPolicies.taskEgress');
  }
}

/** Variables of one component. */
const OF_ONE: VariableLists = {
  'apiServer.env': 'api-server',
  'scheduler.env': 'scheduler',
  'dagProcessor.env': 'dag-processor',
  'triggerer.env': 'triggerer',
  'workers.env': 'worker',
  'workers.celery.env': 'worker',
};

function ownCollectors(context: OfficialContext): OwnCollectors {
  return { statsd: hasExporter(context) };
}

/** What the chart has no HorizontalPodAutoscaler for, and where there is no database to ask. */
function validateChartScaling(context: OfficialContext): void {
  const { validator, components, executor, features, isExternal, holdsNull } = context;
  // Of further groups it is told where the chart has none.
  const groups = groupsOfWorkers(executor).filter(([name]) => name === 'worker' || features.hasWorkerSets);
  for (const name of [...groups.map(([group]) => group), 'triggerer'] as const) {
    if (!components[name]?.autoscaling?._plan.databaseClient) continue;
    if (!holdsNull) {
      const reason = "the chart's own number of pods would be set anew each time, and this custom resource can't take it away";
      validator.reportHidden(`${propOf(name)}.autoscaling`, `${reason}; use Delivery.rendered() or Delivery.k3sHelmChart()`);
    }
    if (!isExternal.database) continue;
    const reason = 'values say where the database is, and KEDA would not be told';
    validator.reportHidden(`${propOf(name)}.autoscaling`, `${reason}; use the prop database, or values: { workers: { keda: … } }`);
  }
  for (const name of ['dag-processor', 'triggerer', 'api-server'] as const) {
    const plan = components[name]?.autoscaling?._plan;
    const reason = whyNoCpuScaling(context, name);
    if (plan && !plan.databaseClient && reason) validator.reportHidden(`${propOf(name)}.autoscaling`, `${reason}; use replicas`);
  }
}

function validateComponents(context: OfficialContext): void {
  const { validator } = context;
  for (const { prop, props } of chartSettings(context)) {
    const { labels, env = {}, podParts = [] } = props;
    validateChartLabels(validator, prop, labels);
    for (const [name, { valueFrom }] of Object.entries(env)) validateVariable(validator, `${prop}.env["${name}"]`, valueFrom);
    for (const [part, { env: variables = [] }] of podParts.entries()) {
      for (const [index, { valueFrom }] of variables.entries()) {
        validateVariable(validator, `${prop}.podParts[${part}].env[${index}]`, valueFrom);
      }
    }
  }
}

function validateChartLabels(validator: PropValidator, prop: string, labels: { readonly [name: string]: string } = {}): void {
  for (const label of CHART_LABELS.filter((name) => labels[name] !== undefined)) {
    validator.report(`${prop}.labels["${label}"]`, labels[label], 'the official chart has this label; expected another name');
  }
}

function validateVariable(validator: PropValidator, place: string, valueFrom: Json): void {
  const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
  const instead = 'use values: { extraEnv: … }, which is for all components';
  if (valueFrom && !secretKeyRef && !configMapKeyRef) {
    validator.reportHidden(place, `the official chart knows only plain variables, and those from a Secret or a ConfigMap; ${instead}`);
  }
  if (secretKeyRef?.optional || configMapKeyRef?.optional) {
    validator.reportHidden(place, `the official chart knows no optional variables; leave that out, or ${instead}`);
  }
}

/** Components whose strategy has amounts in the chart's own values, which no value of the user's takes away. */
const ROLLED = /^(allComponents|dagProcessor|triggerer)$|executor\.workers$|^executor\.workerGroups\./;

function validateRollouts(context: OfficialContext): void {
  const { validator, features } = context;
  for (const { prop, props } of chartSettings(context)) {
    if (props.strategy?._type === 'Recreate' && ROLLED.test(prop)) {
      const reason = 'the official chart can recreate the pods of apiServer and scheduler only; use DeploymentStrategy.rollingUpdate(…)';
      validator.reportHidden(`${prop}.strategy`, reason);
    }
    if (props.revisionHistoryLimit === 0 && !features.keepsNoHistory) {
      validator.report(`${prop}.revisionHistoryLimit`, 0, 'expected 1 or more: the official chart before 1.19.0 takes 0 for nothing');
    }
  }
}

function validateDagProcessorLabels({ validator, components, features }: OfficialContext): void {
  if (features.labelsDagProcessor) return;
  for (const [prop, props] of Object.entries({ allComponents: components.all, dagProcessor: components['dag-processor'] })) {
    if (Object.keys(props?.labels ?? {}).length === 0) continue;
    validator.reportHidden(
      `${prop}.labels`,
      "the official chart before 1.19.0 has no labels for the DAG processor's pods; use a later one, or values: { labels: … }, which is for all objects",
    );
  }
}

function validatePullSecrets(context: OfficialContext): void {
  const names = pullSecrets(context);
  if (context.features.hasImagePullSecrets || names.length < 2) return;
  context.validator.report(
    'image.pullSecrets',
    names,
    'expected one Secret for all images: the official chart before 1.19.0 takes no more',
  );
}

function validateStores({ validator, database, executor, features }: OfficialContext): void {
  if (database.kind === 'mysql' && database.files.length > 0) {
    validator.reportHidden('database.tls', 'only the built-in distribution tells aiomysql of it; use that, or PostgreSQL');
  }
  const { labels } = executor.broker?.server ?? {};
  if (labels && !features.labelsRedis) {
    validator.reportHidden('executor.broker.labels', 'the official chart has them from 1.19.0 on; use a later one, or leave them out');
  }
  validateChartLabels(validator, 'executor.broker', labels);
  if (executor.broker?.server?.volumeRetention && !features.retainsRedisVolume) {
    validator.reportHidden('executor.broker.volumeRetention', 'the official chart has it from 1.19.0 on; use a later one, or leave it out');
  }
}

/** A service that is the user's has a password that is the user's, and no props. */
function validateServices({ validator, database, executor, credentials, isExternal }: OfficialContext): void {
  const services = [
    { service: 'database', has: isExternal.database, because: 'values say where the database is' },
    { service: 'broker', has: isExternal.broker && executor.broker, because: 'values say redis.enabled: false' },
  ] as const;
  const given = { database: database.given[1] ?? {}, broker: executor.broker?.given[1] ?? {} };
  for (const { service, has, because } of services) {
    if (!has) continue;
    const reason = `${because}, so none is made; leave it out`;
    if (Object.keys(given[service]).length > 0) validator.reportHidden(service === 'broker' ? 'executor.broker' : service, reason);
    if (credentials._has(service)) validator.reportHidden(credentials._plan.propOf(service), reason);
  }
}
