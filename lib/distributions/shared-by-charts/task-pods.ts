import { hasTaskPods } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import { isMap, valueAt } from '../../kubernetes/object-path';
import type { DistributionInput } from '../contract';
import { type InsteadOf, isOff } from './user-values';

/** By which prop the pods of tasks are, in whose place a chart would have its own. */
export const TASKS = 'the prop executor, with tasks';

interface Context extends DistributionInput {
  readonly isAirflow3: boolean;
  readonly userValues: Json;
}

/** The pods of tasks are the library's: what a chart would say of its own, by these values, means nothing to them. */
export function validateTaskPods({ validator, executor, isAirflow3, userValues }: Context, notInThem: InsteadOf): void {
  if (!hasTaskPods(executor)) return;
  if (!isAirflow3) {
    const reason = 'pods of tasks have no password of the database, which tasks of Airflow 2 need';
    validator.reportHidden('executor', `${reason}; use Executor.celery(…), Executor.local(), or Airflow 3`);
  }
  for (const [path, instead] of Object.entries(notInThem)) {
    if (isAllOff(valueAt(userValues, path.split('.')))) continue;
    validator.reportHidden(`distribution.values.${path}`, `the pods of tasks, which are the library's, would not have it; use ${instead}`);
  }
}

function isAllOff(value: Json): boolean {
  return isOff(value) || (isMap(value) && Object.values(value).every(isAllOff));
}
