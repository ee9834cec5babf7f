import { COMPONENTS, type Component, type ComponentName, withTasks } from '../components/components';
import type { OwnedOption } from '../config/airflow-config';
import type { SecretPurpose } from '../credentials/airflow-secrets';
import type { Broker } from '../data-stores/broker';
import type { WorkersProps } from '../props/component-props';
import type { ResourcesProps } from '../props/resources';
import type { PropValidator } from '../validation/prop-validator';

/** What an executor asks of a deployment: what others need to know of it, so that nobody asks which one it is. */
export interface ExecutorPlan {
  /** Airflow option [core] executor. */
  readonly name: string;
  /** The component in whose pods tasks run. */
  readonly runsTasks: ComponentName;
  /** Requests and limits of its main container, where users say nothing and those of the component are too small. */
  readonly taskResources?: ResourcesProps;
  /** The Celery workers, if there are any. */
  readonly workers?: Workers;
  /** The Celery broker, if there is one. */
  readonly broker?: Broker;
  /** The options that it owns. */
  readonly options: readonly OwnedOption[];
  /** Sections of Airflow's configuration that mean nothing to it, with what is not used. */
  readonly unusedSections?: { readonly pattern: RegExp; readonly what: string };
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}

/** Celery workers as they are asked for, with the defaults. */
export interface Workers extends WorkersProps {
  readonly concurrency: number;
  /** How long a worker that has to stop may finish its tasks, in seconds. */
  readonly gracePeriodSeconds: number;
}

/** A component under this executor. */
export function componentOf({ runsTasks, taskResources }: ExecutorPlan, name: ComponentName): Component {
  return name === runsTasks ? withTasks(COMPONENTS[name], taskResources) : COMPONENTS[name];
}

/** The secrets that a deployment with this executor has. */
export function isUsed({ broker }: ExecutorPlan, purpose: SecretPurpose): boolean {
  return purpose !== 'broker' || broker !== undefined;
}
