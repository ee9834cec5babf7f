import { type LastingComponentName, propOf } from '../../components/components';
import type { Json } from '../../kubernetes/json';
import { valueAt } from '../../kubernetes/object-path';
import type { PropValidator } from '../../validation/prop-validator';
import { givenSettings } from '../shared/component-settings';
import { validateDagsFolder } from '../shared/dags-folder';
import { validateFollowed } from '../shared/followed-props';
import { validateContent } from '../shared/pod-content';
import { FIXED } from '../shared/remedies';
import { type OwnCollectors, reportWithoutEgress, validateOptionsThatSend } from '../shared/validate-egress';
import { validateSettings } from '../shared/validate-settings';
import { isOff, validateUserValues } from '../shared-by-charts/user-values';
import type { OfficialContext } from './context';
import { FOLLOWED } from './followed';
import { pullSecrets } from './images';
import { replaceableValues, valueRules } from './user-values';

/** Labels that the chart puts on its objects; a second one of the name would be no YAML. */
const CHART_LABELS = ['chart', 'component', 'deploymentName', 'executor', 'heritage', 'release', 'tier', 'worker-set'];

/** What can be wrong with the props and the user's values, and what the chart can't do. */
export function validateOfficial(context: OfficialContext, values: Json): void {
  const {
    validator,
    config,
    dags,
    isAirflow3,
    credentials: { _existing: existing },
  } = context;
  validateSettings(context, config, ownCollectors(context));
  validateFollowed(context, FOLLOWED);
  validateContent(context, context.home);
  validateComponents(context);
  validateScaling(context);
  validateRollouts(context);
  validateDagProcessorLabels(context);
  validatePullSecrets(context);
  validateServices(context);
  validateStores(context);
  if (dags && !isAirflow3) validateDagsFolder(validator, dags);
  if (!isAirflow3 && context.connections && context.connections.destinations.length > 0) {
    validator.reportHidden(
      'secretsBackend',
      'in Airflow 2 all tasks ask it by themselves; use config: { secrets: … }, and networkPolicies.taskEgress',
    );
  }
  if (!isAirflow3 && existing.jwtSecret) {
    validator.reportHidden('credentials.jwtSecret', 'Airflow 2 has no such secret; leave it out');
  }
  validateTaskPods(context);
  validateConfigValues(context);
  validateUserValues(validator, valueRules(context), replaceableValues(values), context.userValues);
}

/** The pods of tasks are the library's: what the chart would say of its own means nothing to them. */
function validateTaskPods({ validator, executor, isAirflow3, userValues }: OfficialContext): void {
  if (!executor.tasks) return;
  if (!isAirflow3) {
    const reason = 'pods of tasks have no password of the database, which tasks of Airflow 2 need';
    validator.reportHidden('executor', `${reason}; use Executor.celery(…), Executor.local(), or Airflow 3`);
  }
  const unused: { readonly [path: string]: string } = {
    podTemplate: 'the prop executor, with tasks',
    'workers.kubernetes': 'the prop executor, with tasks',
    config: 'the prop config',
    env: 'the prop allComponents.env',
    extraEnv: 'the prop allComponents.env',
    volumes: 'the prop allComponents.podParts',
    volumeMounts: 'the prop allComponents.podParts',
    multiNamespaceMode: FIXED,
  };
  for (const [path, instead] of Object.entries(unused)) {
    if (isOff(valueAt(userValues, path.split('.')))) continue;
    validator.reportHidden(`distribution.values.${path}`, `the pods of tasks, which are the library's, would not have it; use ${instead}`);
  }
}

/** Options among the user's values, of which the chart makes airflow.cfg too. */
function validateConfigValues(context: OfficialContext): void {
  const { validator, config, userValues } = context;
  const place = 'distribution.values.config';
  config.validateElsewhere(validator, place, userValues.config ?? {});
  validateOptionsThatSend(context, place, userValues.config ?? {}, ownCollectors(context));
  for (const service of ['elasticsearch', 'opensearch'].filter((name) => userValues[name]?.enabled)) {
    reportWithoutEgress(context, `distribution.values.${service}`, ['api-server'], 'apiServer.egress');
  }
}

function ownCollectors({ userValues }: OfficialContext): OwnCollectors {
  return { statsd: userValues.statsd?.enabled !== false };
}

/** What the chart has no HorizontalPodAutoscaler for. */
function validateScaling({ validator, components, features, isAirflow3 }: OfficialContext): void {
  const report = (name: LastingComponentName, reason: string) => {
    if (components[name]?.autoscaling) validator.reportHidden(`${propOf(name)}.autoscaling`, `${reason}; use replicas`);
  };
  for (const name of ['dag-processor', 'triggerer'] as const)
    report(name, 'the official chart scales neither DAG processor nor triggerer by CPU');
  if (isAirflow3 && !features.scalesApiServer) report('api-server', 'the official chart scales the API server from 1.20.0 on');
}

function validateComponents(context: OfficialContext): void {
  const { validator } = context;
  for (const { prop, props } of givenSettings(context)) {
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
const ROLLED = ['allComponents', 'dagProcessor', 'triggerer', 'executor.workers'];

function validateRollouts(context: OfficialContext): void {
  const { validator, features } = context;
  for (const { prop, props } of givenSettings(context)) {
    if (props.strategy?._type === 'Recreate' && ROLLED.includes(prop)) {
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
function validateServices({ validator, database, executor, credentials: { _existing: existing }, isExternal }: OfficialContext): void {
  const services = [
    { service: 'database', has: isExternal.database, because: 'values say where the database is' },
    { service: 'broker', has: isExternal.broker && executor.broker, because: 'values say redis.enabled: false' },
  ] as const;
  const given = { database: database.given[1] ?? {}, broker: executor.broker?.given[1] ?? {} };
  for (const { service, has, because } of services) {
    if (!has) continue;
    const reason = `${because}, so none is made; leave it out`;
    if (Object.keys(given[service]).length > 0) validator.reportHidden(service === 'broker' ? 'executor.broker' : service, reason);
    if (existing[service]) validator.reportHidden(`credentials.${service}`, reason);
  }
}
