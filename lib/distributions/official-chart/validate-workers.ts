import { propOf, teamNameOf, type WorkerGroupName } from '../../components/components';
import { groupsOfWorkers, hasFurtherWorkers } from '../../executors/executor-plan';
import { teamBrokers } from '../shared/teams';
import { isOff } from '../shared-by-charts/user-values';
import type { OfficialContext } from './context';
import { FOLLOWED } from './followed';

/** What the chart can't do with groups of workers, which it has as sets. */
export function validateWorkers(context: OfficialContext): void {
  const { validator, executor, features, userValues } = context;
  validateTeamWorkers(context);
  if (!hasFurtherWorkers(executor)) {
    if (executor.workers?.queues)
      validator.reportHidden('executor.workers.queues', "the chart's value workers.queue says it; set it by values");
    return;
  }
  if (!features.hasWorkerSets) {
    if (Object.keys(executor.workerGroups).some((name) => teamNameOf(name as WorkerGroupName) === undefined)) {
      const reason = 'the official chart has groups of workers from 1.20.0 on, as sets; use a later one, or the built-in distribution';
      validator.reportHidden('executor.workerGroups', reason);
    }
    return;
  }
  if ('worker-default' in executor.workerGroups) {
    validator.reportHidden('executor.workerGroups.default', 'the official chart calls the first workers so; use another name, with queues');
  }
  if (!isOff(userValues.workers)) {
    const reason = 'where there are groups of workers the library has each as a set of its own, which would not have it';
    validator.reportHidden('distribution.values.workers', `${reason}; use the props executor and teams, with workers and workerGroups`);
  }
  validateFirstScaling(context);
}

/**
 * The Deployment of the first workers selects the pods of all: a HorizontalPodAutoscaler of it would count them, and does nothing where another one
 * scales some of them. By the work it counts none.
 */
function validateFirstScaling({ validator, executor, components }: OfficialContext): void {
  const plan = components.worker?.autoscaling?._plan;
  const others = groupsOfWorkers(executor).filter(([name]) => name !== 'worker' && components[name]?.autoscaling);
  if (!plan || (plan.databaseClient && others.length === 0)) return;
  const reason = "the official chart's Deployment of the first workers selects the pods of the further groups too, which would be counted";
  const instead = plan.databaseClient
    ? `use replicas for it, or for ${others.map(([name]) => propOf(name)).join(', ')}`
    : 'use replicas, or Autoscaling.keda(…) while no other group is scaled';
  validator.reportHidden('executor.workers.autoscaling', `${reason}; ${instead}, or the built-in distribution`);
}

function validateTeamWorkers(context: OfficialContext): void {
  const { validator, executor, features } = context;
  for (const { team, broker } of teamBrokers(context)) {
    const prop = `teams.${team}.executor`;
    const way = FOLLOWED.broker[broker.given[0] as keyof typeof FOLLOWED.broker];
    if (typeof way === 'string') validator.reportHidden(`${prop}.broker`, way);
    const instead = 'Executor.kubernetes() for the team, or the built-in distribution';
    if (!features.hasWorkerSets) {
      validator.reportHidden(prop, `the official chart has workers of teams from 1.20.0 on, as sets; use a later one, ${instead}`);
    } else if (!executor.workers) {
      validator.reportHidden(
        prop,
        `the official chart has workers of teams beside others only; use Executor.celery(…) as the prop executor, ${instead}`,
      );
    }
  }
}
