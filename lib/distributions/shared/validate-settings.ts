import { COMPONENTS } from '../../components/components';
import type { AirflowConfig } from '../../config/airflow-config';
import { airflowComponents, componentOf } from '../../executors/executor-plan';
import { defined } from '../../kubernetes/defined';
import type { AdminUserProps } from '../../props/admin-user-props';
import type { NetworkPoliciesProps } from '../../props/network-policies-props';
import { validateResources } from '../../props/resources';
import type { PropValidator } from '../../validation/prop-validator';
import type { DistributionInput } from '../contract';
import { givenSettings, settingsOf, validateComponentProps } from './component-settings';

/** What can be wrong with the settings whatever Airflow is deployed from. */
export function validateSettings(input: DistributionInput, config: AirflowConfig): void {
  const { validator, components, executor } = input;
  config.validate(validator, 'config');
  validateComponentProps(validator, config, 'allComponents', components.all);
  for (const name of airflowComponents(executor)) {
    const props = components[name];
    const { prop = name } = COMPONENTS[name];
    validateComponentProps(validator, config, prop, props);
    validator.wholeNumber(`${prop}.replicas`, props?.replicas, 1);
    const place = props?.resources ? `${prop}.resources` : 'allComponents.resources';
    validateResources(validator, place, settingsOf(input, name).resources, componentOf(executor, name).resources);
  }
  executor.validate(validator, 'executor');
  validateUnused(input);
  input.database._validate(validator, 'database');
  validateAdmin(validator, input.admin);
  validateNetworkPolicies(validator, input.networkPolicies);
}

function validateNetworkPolicies(validator: PropValidator, { enabled, taskEgress = [] }: NetworkPoliciesProps): void {
  if (enabled === false && taskEgress.length > 0) {
    validator.reportHidden('networkPolicies.taskEgress', 'without NetworkPolicies every way is open; leave it out, or enabled: false');
  }
  for (const [index, destination] of taskEgress.entries()) destination._validate(validator, `networkPolicies.taskEgress[${index}]`);
}

/** What means nothing to the executor. */
function validateUnused(input: DistributionInput): void {
  const { validator, executor, userOptions, credentials } = input;
  const { unusedSections, name } = executor;
  if (!executor.broker && credentials._existing.broker) {
    validator.reportHidden('credentials.broker', `there is no broker under ${name}; leave it out`);
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

function validateAdmin(validator: PropValidator, admin: AdminUserProps): void {
  for (const [prop, value] of Object.entries(defined(admin))) {
    if (prop === 'email' ? EMAIL.test(value) : NAME.test(value)) continue;
    validator.report(`admin.${prop}`, value, prop === 'email' ? 'expected an e-mail address' : 'expected a name');
  }
}
