import {
  AIRFLOW_COMPONENTS,
  type AirflowComponentName,
  type AirflowPodsName,
  COMPONENTS,
  type Component,
  componentNameOf,
  type PodsName,
  type WorkerGroupName,
  withResultsInDatabase,
  withTasks,
} from '../components/components';
import type { OwnedOption } from '../config/airflow-config';
import type { SecretPurpose } from '../credentials/airflow-secrets';
import type { DataStore } from '../data-stores/data-store';
import type { ComponentProps, WorkersProps } from '../props/component-props';
import type { ResourcesProps } from '../props/resources';
import type { TaskPermission } from '../props/task-permission';
import type { PropValidator } from '../validation/prop-validator';

/** What an executor asks of a deployment: what others need to know of it, so that nobody asks which one it is. */
export interface ExecutorPlan {
  /** Airflow option [core] executor. */
  readonly name: string;
  /** The components in whose pods tasks run. */
  readonly runsTasks: readonly AirflowComponentName[];
  /** Requests and limits of its main container, where users say nothing and those of the component are too small. */
  readonly taskResources?: ResourcesProps;
  /** How long pods in which tasks run and that have to stop may finish them, in seconds; none where a pod runs one task. */
  readonly gracePeriodSeconds: { readonly [Name in AirflowPodsName]?: number };
  /** Whether a new pod has to wait until the old one has stopped, as it would start again what still runs there. */
  readonly isRecreated?: boolean;
  /** The Celery workers, if there are any. */
  readonly workers?: Workers;
  /** Further groups of Celery workers. */
  readonly workerGroups: { readonly [Name in WorkerGroupName]: Workers };
  /** The Celery broker, if there is one. */
  readonly broker?: DataStore;
  /** The pods of tasks, if each runs in one of its own. */
  readonly tasks?: ComponentProps;
  /** What the code of DAGs may do with the API of Kubernetes. */
  readonly taskPermissions?: readonly TaskPermission[];
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
  /** Which of the tasks in those queues are theirs, as a condition of SQL on `task_instance`; all of them, if there is none. */
  readonly tasksCondition?: string;
}

/** Who makes the pods of tasks, and who reads their logs while they run. */
export const TASK_POD_USERS = ['scheduler', 'api-server'] as const;

/** A component under this executor. */
export function componentOf(executor: ExecutorPlan, pods: PodsName): Component {
  const { runsTasks, taskResources, tasks, broker } = executor;
  const name = componentNameOf(pods);
  const plain = COMPONENTS[name];
  const isUser = (tasks && TASK_POD_USERS.some((user) => user === name)) || hasTaskPermissions(executor, pods);
  const component: Component = isUser ? { ...plain, uses: [...plain.uses, 'kubernetes'] } : plain;
  const withResults = name === 'worker' && broker && !broker.resultsQuery ? withResultsInDatabase(component) : component;
  // The pods of tasks do nothing else, and Kubernetes has their logs.
  return name !== 'task' && runsTasks.some((each) => each === name) ? withTasks(withResults, taskResources) : withResults;
}

/** Whether pods have the permissions of tasks: those in which tasks run, and the triggerer, which goes on with what they have deferred. */
export function hasTaskPermissions({ runsTasks, taskPermissions = [] }: ExecutorPlan, pods: PodsName): boolean {
  const name = componentNameOf(pods);
  return taskPermissions.length > 0 && (name === 'triggerer' || runsTasks.some((each) => each === name));
}

/** The pods of Airflow that there are under this executor. */
export function airflowPods({ workers, workerGroups, tasks }: ExecutorPlan): AirflowPodsName[] {
  const further = Object.keys(workerGroups) as WorkerGroupName[];
  return [...AIRFLOW_COMPONENTS.filter((name) => (name !== 'worker' || workers) && (name !== 'task' || tasks)), ...further];
}

/** The groups of Celery workers, the first before the further ones. */
export function groupsOfWorkers({ workers, workerGroups }: ExecutorPlan): ['worker' | WorkerGroupName, Workers][] {
  return [
    ...(workers ? [['worker', workers] as ['worker', Workers]] : []),
    ...(Object.entries(workerGroups) as [WorkerGroupName, Workers][]),
  ];
}

/** Whether a deployment with this executor has a secret. */
export function isUsed({ broker }: ExecutorPlan, purpose: SecretPurpose): boolean {
  return purpose !== 'broker' || (broker !== undefined && broker.secret !== 'none');
}
