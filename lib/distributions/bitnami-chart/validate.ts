import { optionsOfVariables, variableOf } from '../../config/airflow-config';
import type { Json } from '../../kubernetes/json';
import { givenSettings } from '../shared/component-settings';
import { validateDagsFolder } from '../shared/dags-folder';
import { validateFollowed } from '../shared/followed-props';
import { validateContent } from '../shared/pod-content';
import { FIXED } from '../shared/remedies';
import { type OwnCollectors, reportWithoutEgress, validateOptionsThatSend } from '../shared/validate-egress';
import { validateSettings } from '../shared/validate-settings';
import { CONNECT_ARGS, NAMES_CLASSES, validatePackaged } from '../shared-by-charts/packaged-classes';
import { TASKS, validateTaskPods } from '../shared-by-charts/task-pods';
import { type InsteadOf, validateUserValues } from '../shared-by-charts/user-values';
import { type VariableLists, validateVariableValues } from '../shared-by-charts/variable-values';
import { optionValues, validateOptions } from './configuration';
import type { BitnamiContext } from './context';
import { AIRFLOW_HOME, validateFiles } from './files';
import { FOLLOWED } from './followed';
import { valueRules } from './user-values';

/** Variables that the chart sets in Airflow's containers. */
const CHART_VARIABLES = [
  'AIRFLOW_COMPONENT_TYPE',
  'AIRFLOW_EXECUTOR',
  'AIRFLOW_PASSWORD_FILE',
  'AIRFLOW_SKIP_DB_SETUP',
  'AIRFLOW_USERNAME',
  'BITNAMI_DEBUG',
  'PYTHONPYCACHEPREFIX',
  'REDIS_HOST',
  'REDIS_PORT_NUMBER',
];
const ADMIN_VARIABLES = ['AIRFLOW_EMAIL', 'AIRFLOW_FIRSTNAME', 'AIRFLOW_LASTNAME'];

/** What can be wrong with the props and the user's values, and what the chart can't do. */
export function validateBitnami(context: BitnamiContext, values: Json): void {
  const { validator, config, dags, isAirflow3, admin } = context;
  validateSettings(context, config, ownCollectors(context));
  validateFollowed(context, FOLLOWED);
  validateOptions(context);
  validateContent(context, AIRFLOW_HOME);
  validateFiles(context);
  validateSentValues(context);
  validatePackages(context);
  validateComponents(context);
  if (dags && !isAirflow3) validateDagsFolder(validator, dags);
  if (!isAirflow3 && context.connections && context.connections.destinations.length > 0) {
    validator.reportHidden(
      'secretsBackend',
      'in Airflow 2 all tasks ask it by themselves; use config: { secrets: … }, and networkPolicies.taskEgress',
    );
  }
  if (admin.enabled === false) {
    validator.reportHidden('admin.enabled', 'the Bitnami chart makes the admin user in the Job that makes the tables; leave it out');
  }
  validateSecurity(context);
  validateDataStores(context);
  if (context.executor.broker?.secret === 'none' && context.executor.broker.given[0] === 'external') {
    validator.reportHidden(
      'executor.broker.password',
      'the Bitnami chart asks for one; give Redis a password, or use another distribution',
    );
  }
  if (context.database.kind === 'mysql') {
    validator.reportHidden('database.engine', 'the image of the Bitnami chart connects to PostgreSQL alone; use another distribution');
  }
  validateImageTag(context);
  validateSetupJob(context);
  if (!isAirflow3 && context.credentials._has('jwtSecret')) {
    validator.reportHidden('credentials.jwtSecret', 'Airflow 2 has no such secret; leave it out');
  }
  validateExecutor(context);
  validateServiceAccounts(context);
  validateUserValues(validator, valueRules(context), values, context.userValues);
}

const ENV_FROM = 'that of each component, and envFrom in podParts of the prop executor, with tasks';
const PLUGINS = 'the prop plugins, or an image with the plugins in it';

/** Values that the chart's own pods of tasks would have, and the prop by which those of the library have it. */
const NOT_IN_TASK_PODS: InsteadOf = {
  configuration: 'the prop config',
  overrideConfiguration: 'the prop config',
  existingConfigmap: 'the prop config',
  localSettings: 'the prop localSettings',
  extraEnvVars: 'the prop allComponents.env',
  extraEnvVarsCM: ENV_FROM,
  extraEnvVarsCMs: ENV_FROM,
  extraEnvVarsSecret: ENV_FROM,
  extraEnvVarsSecrets: ENV_FROM,
  extraVolumes: 'the prop allComponents.podParts',
  extraVolumeMounts: 'the prop allComponents.podParts',
  initContainers: 'the prop allComponents.podParts',
  sidecars: 'the prop allComponents.podParts',
  'dags.repositories': 'the prop dags',
  'dags.existingConfigmap': 'the prop dags, or dagBundles',
  'plugins.repositories': PLUGINS,
  commonLabels: 'the prop allComponents.labels',
  commonAnnotations: 'the prop allComponents.annotations',
  'image.pullSecrets': 'the prop images, with pullSecrets',
  'global.imagePullSecrets': 'the prop images, with pullSecrets',
};

/** The pods of tasks are the library's, and rest on what not each version of the chart has, nor each way to release it. */
function validateExecutor(context: BitnamiContext): void {
  const { validator, executor, components, features, isAirflow3, hasOneServiceAccount } = context;
  if (!executor.tasks) return;
  validateTaskPods(context, { ...NOT_IN_TASK_PODS, ...(!executor.workers && { worker: TASKS }) });
  if (hasOneServiceAccount) {
    const reason = 'it has one ServiceAccount for all its pods, which all could then make pods';
    validator.reportHidden(
      'executor',
      `the Bitnami chart is rendered at synth for pods of tasks, as ${reason}; use Delivery.rendered(), or Executor.celery(…)`,
    );
  }
  if (isAirflow3 && executor.workers && !features.hasWorkersBesideOthers) {
    validator.reportHidden('executor', 'the Bitnami chart has both, workers and pods of tasks, from 25.0.4 on; use that, or one executor');
  }
  if (components.task?.image) {
    validator.reportHidden('executor.tasks.image', 'the Bitnami chart has one image for all components; use allComponents.image');
  }
}

/** What the chart has can be changed only where it is rendered at synth. */
function validateServiceAccounts(context: BitnamiContext): void {
  const { validator, hasOneServiceAccount } = context;
  for (const { prop, props } of givenSettings(context)) {
    if (!hasOneServiceAccount || prop === 'allComponents' || !props.serviceAccount) continue;
    const reason = 'the Bitnami chart has one ServiceAccount for all components';
    validator.reportHidden(`${prop}.serviceAccount`, `${reason}; use allComponents.serviceAccount, or Delivery.rendered()`);
  }
}

const VARIABLE_LISTS: VariableLists = {
  extraEnvVars: undefined,
  'web.extraEnvVars': 'api-server',
  'scheduler.extraEnvVars': 'scheduler',
  'dagProcessor.extraEnvVars': 'dag-processor',
  'triggerer.extraEnvVars': 'triggerer',
  'worker.extraEnvVars': 'worker',
};

/** What the user's values make Airflow send or ask. */
function validateSentValues(context: BitnamiContext): void {
  const { userValues } = context;
  for (const value of optionValues(context)) {
    const placeOf = (section: string, key: string) => `distribution.values.${value}.${section}.${key}`;
    validateOptionsThatSend(context, { options: userValues[value] ?? {}, placeOf }, ownCollectors(context));
  }
  const { extraEnvVars: _, ...ofOne } = VARIABLE_LISTS;
  validateVariableValues(context, context.executor.tasks ? ofOne : VARIABLE_LISTS, ownCollectors(context));
  if (userValues.ldap?.enabled) reportWithoutEgress(context, 'distribution.values.ldap', ['api-server'], 'apiServer.egress');
}

function ownCollectors({ userValues }: BitnamiContext): OwnCollectors {
  return { statsd: userValues.metrics?.enabled === true };
}

/** The containers that make the tables and wait for them have the options of the database, and the variables that are for all. */
function validatePackages(context: BitnamiContext): void {
  const place = 'what makes the tables in the Bitnami chart';
  const lookedUp = [...NAMES_CLASSES, ...CONNECT_ARGS];
  const variables = Object.entries(context.components.all?.env ?? {}).map(([name, { value }]) => ({ name, value }));
  validatePackaged(context, place, lookedUp, context.config.sections(['database']), (section, key) => `config.${section}.${key}`);
  validatePackaged(
    context,
    place,
    lookedUp,
    optionsOfVariables(variables),
    (section, key) => `allComponents.env["${variableOf(section, key)}"]`,
  );
}

function validateComponents(context: BitnamiContext): void {
  const { validator } = context;
  for (const { prop, props } of givenSettings(context)) {
    for (const name of Object.keys(props.env ?? {})) {
      const instead = ADMIN_VARIABLES.includes(name) ? 'the prop admin' : FIXED;
      if (!ADMIN_VARIABLES.includes(name) && !CHART_VARIABLES.includes(name)) continue;
      validator.reportHidden(`${prop}.env["${name}"]`, `the Bitnami chart sets this variable; use ${instead}`);
    }
  }
}

/** The chart reads the version of Airflow from the tag. */
function validateImageTag({ validator, components, features }: BitnamiContext): void {
  const tag = components.all?.image?.tag;
  if (tag === undefined) return;
  const major = majorOf(tag);
  if (features.hasAirflow3 && major === undefined) {
    const expected =
      'expected one that begins with the version of Airflow, from which the Bitnami chart reads it, as in "3.0.5-debian-12-r0"';
    validator.report('allComponents.image.tag', tag, expected);
  } else if (!features.hasAirflow3 && major === 3) {
    validator.report('allComponents.image.tag', tag, 'expected Airflow 2, which this version of the Bitnami chart is for');
  }
}

/** The major version of Airflow in the tag of an image, 2 or 3. */
export function majorOf(tag: string): number | undefined {
  const major = /^([23])(\.\d+){0,2}(-|$)/.exec(tag)?.[1];
  return major === undefined ? undefined : Number(major);
}

function validateSetupJob({ validator, components, features }: BitnamiContext): void {
  const { placement, resources } = components.all ?? {};
  if (placement && !features.placesSetupJob) {
    validator.reportHidden(
      'allComponents.placement',
      'this version of the Bitnami chart has no value for where its setup-db Job runs; use the placement of each component',
    );
  }
  if (resources && !features.setsSetupResources) {
    validator.reportHidden(
      'allComponents.resources',
      'the Bitnami chart before 22.7.2 can not set those of its setup-db Job; use the resources of each component, or a later version',
    );
  }
}

/** A data store outside of the chart is the user's, and so is its password. */
/** Whether the platform assigns ids is one value for all pods. */
function validateSecurity({ validator, components, database, executor }: BitnamiContext): void {
  const isAssigned = components.all?.securityContext?._isAssigned ?? false;
  const stores = { database: database.server?.securityContext, 'executor.broker': executor.broker?.server?.securityContext };
  for (const [prop, context] of Object.entries(stores)) {
    if (!context || context._isAssigned === isAssigned) continue;
    const reason = 'the Bitnami chart leaves the ids to the platform for all pods or for none; use allComponents.securityContext';
    validator.reportHidden(`${prop}.securityContext`, reason);
  }
}

function validateDataStores({ validator, database, executor, credentials, isExternal }: BitnamiContext): void {
  const stores = [
    { store: 'database', prop: 'database', value: 'postgresql', given: database.given[1] ?? {} },
    { store: 'broker', prop: 'executor.broker', value: 'redis', given: executor.broker && (executor.broker.given[1] ?? {}) },
  ] as const;
  for (const { store, prop, value, given } of stores) {
    if (!given || !isExternal[store]) continue;
    if (Object.keys(given).length > 0)
      validator.reportHidden(prop, `values say ${value}.enabled: false, so the chart makes none; leave it out`);
    if (credentials._has(store)) continue;
    validator.reportHidden(
      `credentials.${store}`,
      `values say ${value}.enabled: false, and the password of a ${store} outside of the chart is not the library's to make; use ` +
        `Credentials.existing({ ${store}: … })`,
    );
  }
}
