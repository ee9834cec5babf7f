import {
  AIRFLOW_COMPONENTS,
  type AirflowComponentName,
  type AirflowPodsName,
  COMPONENTS,
  type Component,
  componentNameOf,
  type PodsName,
  type TaskGroupName,
  teamNameOf,
  type WorkerGroupName,
  withResultsInDatabase,
  withTasks,
} from '../components/components';
import type { ConfigSections, OwnedOption } from '../config/airflow-config';
import type { SecretPurpose } from '../credentials/airflow-secrets';
import type { DataStore } from '../data-stores/data-store';
import type { ComponentProps, WorkersProps } from '../props/component-props';
import type { PodCleanupProps } from '../props/pod-cleanup-props';
import type { ResourcesProps } from '../props/resources';
import type { TaskPermission } from '../props/task-permission';
import type { PropValidator } from '../validation/prop-validator';
import type { FlowerProps } from './flower';

/** What an executor asks of a deployment: what others need to know of it, so that nobody asks which one it is. */
export interface ExecutorPlan {
  /** Airflow option [core] executor. */
  readonly name: string;
  /** The components in whose pods tasks run. */
  readonly runsTasks: readonly AirflowComponentName[];
  /** Requests and limits of their main containers, where users say nothing and those of the component are too small. */
  readonly taskResources?: { readonly [Name in AirflowComponentName]?: ResourcesProps };
  /** How long pods in which tasks run and that have to stop may finish them, in seconds; none where a pod runs one task. */
  readonly gracePeriodSeconds: { readonly [Name in AirflowPodsName]?: number };
  /** The component of which a new pod has to wait until the old one has stopped, as it would start again what still runs there. */
  readonly recreated?: AirflowComponentName;
  /** The Celery workers, if there are any. */
  readonly workers?: Workers;
  /** Further groups of Celery workers. */
  readonly workerGroups: { readonly [Name in WorkerGroupName]: Workers };
  /** The Celery broker, if there is one. */
  readonly broker?: DataStore;
  /** What shows what the workers do, if anything. */
  readonly flower?: FlowerProps;
  /** The pods of tasks, if each runs in one of its own. */
  readonly tasks?: ComponentProps;
  /** Those of teams. */
  readonly taskGroups?: { readonly [Name in TaskGroupName]: ComponentProps };
  /** The teams, if there are any. */
  readonly teams?: readonly TeamPlan[];
  /** Which of these are deleted that nobody else deletes, if any. */
  readonly podCleanup?: PodCleanupProps;
  /** What the code of DAGs may do with the API of Kubernetes. */
  readonly taskPermissions?: readonly TaskPermission[];
  /** The options that it owns. */
  readonly options: readonly OwnedOption[];
  /** Options that it would rather have than Airflow's defaults. */
  readonly optionDefaults?: ConfigSections;
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

/** A team, as far as its executor has not gone up in the plan for all. */
export interface TeamPlan {
  readonly name: string;
  /** The names of its DAG bundles. */
  readonly bundles: readonly string[];
  /** Its Celery broker, if it has one. */
  readonly broker?: DataStore;
}

/** Who makes the pods of tasks, and who reads their logs while they run. */
export const TASK_POD_USERS = ['scheduler', 'api-server'] as const;

/** A component under this executor. */
export function componentOf(executor: ExecutorPlan, pods: PodsName): Component {
  const { runsTasks, taskResources } = executor;
  const name = componentNameOf(pods);
  const plain = COMPONENTS[name];
  const isUser = (hasTaskPods(executor) && TASK_POD_USERS.some((user) => user === name)) || hasTaskPermissions(executor, pods);
  const component: Component = isUser ? { ...plain, uses: [...plain.uses, 'kubernetes'] } : plain;
  const keepsNoResults = name === 'worker' && brokersOf(executor, pods).some(({ broker }) => !broker.resultsQuery);
  const withResults = keepsNoResults ? withResultsInDatabase(component) : component;
  // The pods of tasks do nothing else, and Kubernetes has their logs.
  return name !== 'task' && runsTasks.some((each) => each === name)
    ? withTasks(withResults, taskResources?.[name as AirflowComponentName])
    : withResults;
}

/** Whether pods have the permissions of tasks: those in which tasks run, and the triggerer, which goes on with what they have deferred. */
export function hasTaskPermissions({ runsTasks, taskPermissions = [] }: ExecutorPlan, pods: PodsName): boolean {
  const name = componentNameOf(pods);
  return taskPermissions.length > 0 && (name === 'triggerer' || runsTasks.some((each) => each === name));
}

/** The pods of Airflow that there are under this executor. */
export function airflowPods({ workers, workerGroups, flower, tasks, taskGroups }: ExecutorPlan): AirflowPodsName[] {
  const optional: { readonly [name: string]: unknown } = { worker: workers, flower, task: tasks };
  const further = Object.keys({ ...workerGroups, ...taskGroups }) as AirflowPodsName[];
  return [...AIRFLOW_COMPONENTS.filter((name) => !(name in optional) || optional[name]), ...further];
}

/** The groups of Celery workers, the first before the further ones. */
export function groupsOfWorkers({ workers, workerGroups }: ExecutorPlan): ['worker' | WorkerGroupName, Workers][] {
  return [
    ...(workers ? [['worker', workers] as ['worker', Workers]] : []),
    ...(Object.entries(workerGroups) as [WorkerGroupName, Workers][]),
  ];
}

/** Whether there are groups of Celery workers beside the first, of teams or of none. */
export function hasFurtherWorkers({ workerGroups }: ExecutorPlan): boolean {
  return Object.keys(workerGroups).length > 0;
}

/** The pods of tasks that are made alike: those of tasks of no team before those of teams. */
export function groupsOfTasks({ tasks, taskGroups = {} }: ExecutorPlan): ('task' | TaskGroupName)[] {
  return [...(tasks ? (['task'] as const) : []), ...(Object.keys(taskGroups) as TaskGroupName[])];
}

/** Whether there are tasks that run in pods of their own. */
export function hasTaskPods(executor: ExecutorPlan): boolean {
  return groupsOfTasks(executor).length > 0;
}

/** The team whose tasks run in these pods, and in no other. */
export function teamOf({ teams = [] }: ExecutorPlan, pods: PodsName): TeamPlan | undefined {
  return teams.find(({ name }) => name === teamNameOf(pods));
}

/** Airflow option [core] executor without those of teams. */
export function executorOfNoTeam({ name }: ExecutorPlan): string {
  return name.split(';')[0];
}

/** Whether the tasks of a team run elsewhere than those of no team. */
export function hasTeamExecutors(executor: ExecutorPlan): boolean {
  return executorOfNoTeam(executor) !== executor.name;
}

/** A Celery broker, and the team that it is for alone. */
export interface TeamBroker {
  readonly team?: string;
  readonly broker: DataStore;
}

/** The brokers that pods may use: the scheduler each, pods of a team that of the team, others that of all. */
export function brokersOf(executor: ExecutorPlan, pods: PodsName): TeamBroker[] {
  const { broker, teams = [] } = executor;
  const team = teamOf(executor, pods);
  const shared = broker && !team ? [{ broker }] : [];
  const ofTeams = pods === 'scheduler' ? teams : team ? [team] : [];
  return [...shared, ...ofTeams.flatMap(({ name, broker }) => (broker ? [{ team: name, broker }] : []))];
}

/** Whether a deployment with this executor has a secret. */
export function isUsed({ broker }: ExecutorPlan, purpose: SecretPurpose): boolean {
  return purpose !== 'broker' || (broker !== undefined && broker.secret !== 'none');
}
