import { teamGroup } from '../components/components';
import type { OwnedOption } from '../config/airflow-config';
import type { DataStore } from '../data-stores/data-store';
import type { PropValidator } from '../validation/prop-validator';
import type { Executor } from './executor';
import type { ExecutorPlan, TeamPlan, Workers } from './executor-plan';

/** What can be said of a team. */
export interface TeamProps {
  /** The names of its DAG bundles, which are of no other team. */
  readonly bundles: string[];
  /**
   * Where its tasks run: `Executor.celery`, with a broker and workers of its own, `Executor.kubernetes`, with pods of its own, or both by `Executor.several`.
   * Of a team's broker a Secret is generated, unless it is an external one; RabbitMQ is none, as it keeps no results.
   * @default - where the tasks of no team run
   */
  readonly executor?: Executor;
}

interface Team {
  readonly name: string;
  readonly bundles: readonly string[];
  /** Undefined where its tasks run where those of no team do. */
  readonly executor?: ExecutorPlan;
}

/** An executor, with those of teams beside it. */
export function withTeams(shared: ExecutorPlan, props: { readonly [name: string]: TeamProps } = {}): ExecutorPlan {
  const teams = Object.entries(props).map(([name, { bundles, executor }]): Team => ({ name, bundles, executor: executor?._plan }));
  if (teams.length === 0) return shared;
  const plans = teams.flatMap(({ name, executor }) => (executor ? [{ name, ...planOf(name, executor) }] : []));
  const all = [shared, ...plans.map(({ plan }) => plan)];
  const ofOthers = isOfTeam(
    'NOT IN',
    plans.map(({ name }) => name),
  );
  const groups = Object.entries<Workers>(shared.workerGroups).map(([group, workers]) => [group, withCondition(workers, ofOthers)]);
  return {
    ...shared,
    name: [shared.name, ...plans.map(({ name, plan }) => `${name}=${plan.name}`)].join(';'),
    runsTasks: [...new Set(all.flatMap(({ runsTasks }) => runsTasks))],
    gracePeriodSeconds: Object.assign({}, ...all.map(({ gracePeriodSeconds }) => gracePeriodSeconds)),
    workers: shared.workers && withCondition(shared.workers, ofOthers),
    workerGroups: Object.assign(Object.fromEntries(groups), ...plans.map(({ plan }) => plan.workerGroups)),
    taskGroups: Object.assign({}, ...plans.map(({ plan }) => plan.taskGroups)),
    podCleanup: all.find(({ podCleanup }) => podCleanup)?.podCleanup,
    teams: teams.map(({ name, bundles, executor }): TeamPlan => {
      return { name, bundles, broker: executor?.broker && brokerOfTeam(name, executor.broker) };
    }),
    options: [...all.flatMap(({ options }) => options), { section: 'core', key: 'multi_team', value: 'True', instead: 'the prop teams' }],
    optionDefaults: Object.assign({}, ...all.map(({ optionDefaults }) => optionDefaults)),
    unusedSections: all.every(({ unusedSections }) => unusedSections) ? shared.unusedSections : undefined,
    validate: (validator, prop) => {
      shared.validate(validator, prop);
      for (const team of teams) validateTeam(validator, team, shared);
    },
  };
}

/** What the executor of a team adds to that for all: pods with names of their own. */
function planOf(team: string, executor: ExecutorPlan): { readonly plan: ExecutorPlan } {
  const { workers, tasks, gracePeriodSeconds } = executor;
  const group = teamGroup(team);
  return {
    plan: {
      ...executor,
      gracePeriodSeconds: workers ? { [`worker-${group}`]: gracePeriodSeconds.worker } : {},
      workerGroups: workers ? { [`worker-${group}`]: withCondition(workers, isOfTeam('IN', [team])) } : {},
      taskGroups: tasks ? { [`task-${group}`]: tasks } : {},
      options: teamOptions(team, executor.options),
      optionDefaults: Object.fromEntries(
        Object.entries(executor.optionDefaults ?? {}).map(([section, keys]) => [`${team}=${section}`, keys]),
      ),
    },
  };
}

/** The options that are a team's alone: it has none of those for all. */
export function teamOptions(team: string, options: readonly OwnedOption[]): OwnedOption[] {
  return options.map((option) => ({ ...option, section: `${team}=${option.section}` }));
}

/** A broker that is made for it is another one than that of all. */
function brokerOfTeam(team: string, broker: DataStore): DataStore {
  return { ...broker, server: broker.server && { ...broker.server, component: `redis-${teamGroup(team)}` } };
}

function withCondition(workers: Workers, condition: string | undefined): Workers {
  return condition === undefined
    ? workers
    : { ...workers, tasksCondition: [workers.tasksCondition, condition].filter(Boolean).join(' AND ') };
}

/** A condition of SQL on `task_instance`, by the tables of DAGs and of the teams of their bundles. */
function isOfTeam(operator: 'IN' | 'NOT IN', teams: readonly string[]): string | undefined {
  if (teams.length === 0) return undefined;
  const names = teams.map((team) => `'${team}'`).join(', ');
  const dags = `SELECT dag.dag_id FROM dag JOIN dag_bundle_team ON dag_bundle_name = bundle_name WHERE team_name IN (${names})`;
  return `dag_id ${operator} (${dags})`;
}

function validateTeam(validator: PropValidator, { name, executor }: Team, shared: ExecutorPlan): void {
  const place = `teams.${name}`;
  validator.groupName(place, name);
  if (name.length < 3) validator.report(place, name, 'expected a name of 3 characters or more, as Airflow does');
  if (!executor) return;
  const prop = `${place}.executor`;
  executor.validate(validator, prop);
  if (executor.recreated) {
    validator.reportHidden(
      prop,
      'its tasks would run in the scheduler, beside the keys of all teams; use Executor.celery or Executor.kubernetes',
    );
  }
  if (executor.broker && !executor.broker.resultsQuery) {
    const reason =
      "the results of its tasks would be in the database, to which a team's workers have no way; use Broker.builtIn(…), Broker.external(…) or Broker.redisSentinel(…)";
    validator.reportHidden(`${prop}.broker`, reason);
  }
  if (Object.keys(executor.workerGroups).length > 0) {
    validator.reportHidden(`${prop}.workerGroups`, 'a team has one group of workers; give it several queues, or make two teams');
  }
  if (executor.flower) validator.reportHidden(`${prop}.flower`, 'Flower shows what the workers of no team do; leave it out');
  if (executor.podCleanup && shared.podCleanup) {
    validator.reportHidden(`${prop}.podCleanup`, 'that of the prop executor deletes the pods of all teams; leave it out');
  }
  const [own, others] = [executor, shared].map(({ options }) => options.find(({ key }) => key === 'delete_worker_pods_on_failure')?.value);
  if (own && others && own !== others) {
    validator.reportHidden(
      `${prop}.deletePodsOnFailure`,
      'the scheduler looks after the pods of all teams together; expected the same as in the prop executor',
    );
  }
}
