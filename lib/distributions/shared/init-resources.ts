import { COMPONENTS, propOf } from '../../components/components';
import { componentOf } from '../../executors/executor-plan';
import { CA_BUNDLE_RESOURCES } from '../../props/ca-bundle';
import { type ResourcesProps, validateResources } from '../../props/resources';
import { INSTALL_RESOURCES } from '../../requirements/requirements-config-map';
import type { DistributionInput } from '../contract';
import { settingsOf } from './component-settings';
import { possiblePods } from './deployed-components';

/** Of what waits for the database, where users say nothing. */
export const WAIT_RESOURCES: ResourcesProps = { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } };

/** Of what hands out logs, where users say nothing. */
export const LOG_SERVER_RESOURCES: ResourcesProps = { requests: { cpu: '10m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } };

/** Of what deletes logs that are too old, where users say nothing. */
export const LOG_CLEANER_RESOURCES: ResourcesProps = { requests: { cpu: '5m', memory: '8Mi' }, limits: { cpu: '200m', memory: '64Mi' } };

/** Init containers differ in what they have where users say nothing: what is said has to fit each that there is. */
export function validateInitResources(input: DistributionInput): void {
  const { validator, components, executor, requirements, caCertificates } = input;
  const ofPods = [WAIT_RESOURCES, LOG_SERVER_RESOURCES, LOG_CLEANER_RESOURCES, ...(caCertificates ? [CA_BUNDLE_RESOURCES] : [])];
  const check = (prop: string, props: ResourcesProps | undefined, defaults: readonly ResourcesProps[]) => {
    for (const each of defaults) validateResources(validator, `${prop}.initContainerResources`, props, each);
  };
  check('allComponents', components.all?.initContainerResources, [...ofPods, COMPONENTS.credentials.resources]);
  for (const name of possiblePods(input)) {
    const installs = requirements && componentOf(executor, name).uses.includes('packages');
    const prop = components[name]?.initContainerResources ? propOf(name) : 'allComponents';
    check(prop, settingsOf(input, name).initContainerResources, [...ofPods, ...(installs ? [INSTALL_RESOURCES] : [])]);
  }
}
