import { BROKER_RESOURCES, COMPONENT_PROPS, DATABASE_RESOURCES, defaultResources } from '../../components/default-resources';
import type { AirflowConfig } from '../../config/airflow-config';
import { Executor } from '../../executors/executor';
import { defined } from '../../kubernetes/defined';
import type { AdminUserProps, NetworkPoliciesProps } from '../../props/airflow-settings';
import type { DataStoreProps, WorkersProps } from '../../props/component-props';
import { validateImage } from '../../props/image';
import { type ResourcesProps, validateResources } from '../../props/resources';
import type { PropValidator } from '../../validation/prop-validator';
import type { DistributionInput } from '../contract';
import { joinComponentProps, validateComponentProps } from './component-props';
import { validatePlacement } from './placement';

/** What can be wrong with the settings whatever Airflow is deployed from. */
export function validateSettings(input: DistributionInput, config: AirflowConfig): void {
  const { validator, settings, executor } = input;
  config.validate(validator, 'config');
  validateComponentProps(validator, config, 'allComponents', settings.allComponents);
  for (const prop of COMPONENT_PROPS) {
    const props = settings[prop];
    validateComponentProps(validator, config, prop, props);
    validator.wholeNumber(`${prop}.replicas`, props?.replicas, 1);
    const { resources } = joinComponentProps(settings.allComponents, props);
    const place = props?.resources ? `${prop}.resources` : 'allComponents.resources';
    validateResources(validator, place, resources, defaultResources(prop, executor));
  }
  validateWorkers(validator, settings.workers ?? {});
  validateDataStore(validator, 'database', settings.database, DATABASE_RESOURCES);
  validateDataStore(validator, 'broker', settings.broker, BROKER_RESOURCES);
  validateAdmin(validator, settings.admin);
  validateNetworkPolicies(validator, settings.networkPolicies ?? {});
  if (!Object.values(Executor).includes(executor)) {
    validator.report('executor', executor, 'expected Executor.CELERY or Executor.LOCAL');
  } else if (executor !== Executor.CELERY) validateWithoutCelery(input);
}

function validateNetworkPolicies(validator: PropValidator, { enabled, taskEgress = [] }: NetworkPoliciesProps): void {
  if (enabled === false && taskEgress.length > 0) {
    validator.reportHidden('networkPolicies.taskEgress', 'without NetworkPolicies every way is open; leave it out, or enabled: false');
  }
  for (const [index, destination] of taskEgress.entries()) destination._validate(validator, `networkPolicies.taskEgress[${index}]`);
}

const WITHOUT_CELERY = 'Celery is not used under LocalExecutor; leave it out';

function validateWithoutCelery({ validator, settings, credentials }: DistributionInput): void {
  for (const prop of ['workers', 'broker'] as const) {
    if (settings[prop]) validator.reportHidden(prop, 'there is none under LocalExecutor; leave it out, or use executor: Executor.CELERY');
  }
  for (const section of Object.keys(settings.config ?? {})) {
    if (/^celery(_|$)/i.test(section)) validator.reportHidden(`config.${section}`, WITHOUT_CELERY);
  }
  for (const prop of ['allComponents', ...COMPONENT_PROPS] as const) {
    for (const variable of Object.keys(settings[prop]?.env ?? {})) {
      if (variable.startsWith('AIRFLOW__CELERY_')) validator.reportHidden(`${prop}.env["${variable}"]`, WITHOUT_CELERY);
    }
  }
  if (credentials._existing.broker) validator.reportHidden('credentials.broker', 'there is no broker under LocalExecutor; leave it out');
}

function validateWorkers(validator: PropValidator, { replicas, autoscaling, concurrency, gracePeriod }: WorkersProps): void {
  validator.wholeNumber('workers.concurrency', concurrency, 1);
  validator.wholeSeconds('workers.gracePeriod', gracePeriod);
  if (!autoscaling) return;
  const { minReplicas, maxReplicas, targetCpuUtilization } = autoscaling;
  if (replicas !== undefined) validator.report('workers.replicas', replicas, 'expected either replicas or autoscaling');
  validator.wholeNumber('workers.autoscaling.minReplicas', minReplicas, 1);
  validator.wholeNumber('workers.autoscaling.maxReplicas', maxReplicas, minReplicas ?? 1);
  validator.wholeNumber('workers.autoscaling.targetCpuUtilization', targetCpuUtilization, 1);
}

function validateDataStore(validator: PropValidator, prop: string, props: DataStoreProps | undefined, defaults: ResourcesProps): void {
  validateImage(validator, `${prop}.image`, props?.image);
  validatePlacement(validator, `${prop}.placement`, props?.placement);
  validateResources(validator, `${prop}.resources`, props?.resources, defaults);
  validator.quantity(`${prop}.storageSize`, props?.storageSize);
  validator.dnsSubdomain(`${prop}.storageClassName`, props?.storageClassName);
}

const EMAIL = /^[^-\s@][^\s@]*@[^\s@]+$/;
const NAME = /^(?!-)(?=.*\S)/;

function validateAdmin(validator: PropValidator, admin: AdminUserProps | undefined): void {
  for (const [prop, value] of Object.entries(defined(admin))) {
    if (prop === 'email' ? EMAIL.test(value) : NAME.test(value)) continue;
    validator.report(`admin.${prop}`, value, prop === 'email' ? 'expected an e-mail address' : 'expected a name');
  }
}
