import { type AirflowPodsName, COMPONENTS, componentNameOf, propOf } from '../../components/components';
import type { AirflowConfig } from '../../config/airflow-config';
import { validateKnownOptions, validateKnownVariables } from '../../config/known-options';
import { OWNED_SETTINGS } from '../../data-stores/pgbouncer';
import { validatePooled } from '../../data-stores/pooled-database';
import { componentOf, groupsOfWorkers, teamOf } from '../../executors/executor-plan';
import { defined } from '../../kubernetes/defined';
import { validateDatabaseCleanup } from '../../props/database-cleanup-props';
import { validatePgBouncer } from '../../props/pgbouncer-props';
import { validateResources } from '../../props/resources';
import { validateReplicas } from '../../scaling/replicas';
import type { DistributionInput } from '../contract';
import { airflowVersionOf } from './airflow-image';
import { defaultQueue } from './airflow-options';
import { isOlder } from './airflow-version';
import { hasAdminUser, whereUsersAre } from './auth-manager';
import { givenSettings, settingsOf, validateComponentProps } from './component-settings';
import { validateDagProcessors } from './dag-processors';
import { deployedComponents } from './deployed-components';
import { validateInitResources } from './init-resources';
import { validateMetrics } from './metrics';
import { validatePythonPath } from './python-path';
import { validateTeams } from './teams';
import { validateUsers } from './users';
import { type OwnCollectors, validateEgress, validateSending } from './validate-egress';
import { validateLogin } from './validate-login';
import { validateLogs } from './validate-logs';

/** What can be wrong with the settings whatever Airflow is deployed from. */
export function validateSettings(input: DistributionInput, config: AirflowConfig, collectors?: OwnCollectors): void {
  const { validator, components, executor } = input;
  config.validate(validator, 'config');
  validateOptionNames(input, config);
  validateComponentProps(validator, config, 'allComponents', components.all);
  for (const name of deployedComponents(input)) {
    const props = components[name];
    const prop = propOf(name);
    validateComponentProps(validator, config, prop, props);
    validateReplicas(validator, prop, props ?? {});
    const place = props?.resources ? `${prop}.resources` : 'allComponents.resources';
    validateRollout(input, name, prop);
    validateResources(validator, place, settingsOf(input, name).resources, componentOf(executor, name).resources);
  }
  validateInitResources(input);
  executor.validate(validator, 'executor');
  validateUnused(input);
  validateQueues(input, config);
  validateTriggerer(input);
  validateDagProcessors(input);
  validateTeams(input);
  validatePythonPath(input);
  input.database.validate(validator, 'database');
  validateLogin(input);
  if (input.pgBouncer) {
    validatePgBouncer(validator, 'pgBouncer', input.pgBouncer, COMPONENTS.pgbouncer.resources, OWNED_SETTINGS);
    validatePooled(validator, 'pgBouncer', input.database);
  }
  validateAdmin(input);
  validateEgress(input);
  validateSending(input, collectors);
  validateMetrics(input);
  validateUsers(input);
  validatePools(input);
  validateLogs(input);
  if (input.databaseCleanup) validateDatabaseCleanup(validator, 'databaseCleanup', input.databaseCleanup);
}

/** The options that are known are those of Airflow 3. */
function validateOptionNames(input: DistributionInput, config: AirflowConfig): void {
  const { validator } = input;
  if (isOlder(airflowVersionOf(input.airflowVersion), '3.0.0')) return;
  validateKnownOptions(validator, 'config', input.userOptions, config);
  for (const { prop, props } of givenSettings(input)) validateKnownVariables(validator, `${prop}.env`, props.env ?? {}, config);
}

/** What the executor says of the pods in which tasks run. */
function validateRollout({ validator, executor, components }: DistributionInput, name: AirflowPodsName, prop: string): void {
  if (!executor.runsTasks.some((each) => each === componentNameOf(name))) return;
  if (components[name]?.terminationGracePeriod) {
    const reason = `tasks run in these pods, and ${executor.name} says how long they may take; use gracePeriod of the prop executor`;
    validator.reportHidden(`${prop}.terminationGracePeriod`, reason);
  }
  if (components[name]?.strategy && name === executor.recreated) {
    validator.reportHidden(`${prop}.strategy`, `under ${executor.name} the next pod has to wait until the last has stopped; leave it out`);
  }
}

function validateTriggerer({ validator, components }: DistributionInput): void {
  const { enabled, ...others } = defined(components.triggerer);
  if (enabled !== false) return;
  for (const prop of Object.keys(others)) {
    validator.reportHidden(`triggerer.${prop}`, 'there is no triggerer, as triggerer.enabled is false; leave it out');
  }
}

/** Tasks that say no queue would wait for ever in one that nobody looks at. */
function validateQueues({ validator, executor }: DistributionInput, config: AirflowConfig): void {
  const queue = defaultQueue(config);
  const groups = groupsOfWorkers(executor);
  for (const [name, { queues }] of groups) {
    const team = teamOf(executor, name);
    if (!queues || (name !== 'worker' && team === undefined)) continue;
    if (groups.some(([other, { queues }]) => teamOf(executor, other) === team && queues?.includes(queue))) continue;
    validator.report(`${propOf(name)}.queues`, queues, `expected "${queue}" in a group too: tasks that say no queue go there`);
  }
}

function validatePools({ validator, pools }: DistributionInput): void {
  for (const [name, { slots }] of Object.entries(pools)) {
    if (!/^(?=.*\S).{1,256}$/.test(name)) validator.report(`pools["${name}"]`, name, 'expected a name of at most 256 characters');
    if (slots !== -1) validator.wholeNumber(`pools["${name}"].slots`, slots, 0);
  }
}

/** What means nothing to the executor. */
function validateUnused(input: DistributionInput): void {
  const { validator, executor, userOptions, credentials } = input;
  const { unusedSections, name } = executor;
  if (!executor.broker && credentials._has('broker')) {
    validator.reportHidden(credentials._plan.propOf('broker'), `there is no broker under ${name}; leave it out`);
  }
  for (const store of [input.database, executor.broker]) {
    if (!store || store.secret === 'credentials' || !credentials._has(store.purpose)) continue;
    const prop = store.purpose === 'broker' ? 'executor, with broker,' : store.purpose;
    validator.reportHidden(credentials._plan.propOf(store.purpose), `the prop ${prop} says where it is; leave it out`);
  }
  if (!unusedSections) return;
  const { pattern, what } = unusedSections;
  for (const section of Object.keys(userOptions)) {
    if (pattern.test(section)) validator.reportHidden(`config.${section}`, `${what}; leave it out`);
  }
  for (const { prop, props } of givenSettings(input)) {
    for (const variable of Object.keys(props.env ?? {})) {
      const [, section = ''] = /^AIRFLOW__(.+?)__/.exec(variable) ?? [];
      if (pattern.test(section)) validator.reportHidden(`${prop}.env["${variable}"]`, `${what}; leave it out`);
    }
  }
}

const EMAIL = /^[^-\s@][^\s@]*@[^\s@]+$/;
const NAME = /^(?!-)(?=.*\S)/;

function validateAdmin(input: DistributionInput): void {
  const { validator, admin, credentials } = input;
  const { enabled, ...user } = defined(admin);
  if (!hasAdminUser(input)) {
    const reason =
      enabled === false ? 'there is no admin user, as admin.enabled is false' : `${whereUsersAre(input)} has its users from elsewhere`;
    for (const prop of Object.keys(user)) validator.reportHidden(`admin.${prop}`, `${reason}; leave it out`);
    if (credentials._has('admin')) validator.reportHidden(credentials._plan.propOf('admin'), `${reason}; leave it out`);
    return;
  }
  for (const [prop, value] of Object.entries(user)) {
    if (prop === 'email' ? EMAIL.test(value) : NAME.test(value)) continue;
    validator.report(`admin.${prop}`, value, prop === 'email' ? 'expected an e-mail address' : 'expected a name');
  }
}
