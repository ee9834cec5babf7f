import { propOf } from '../../components/components';
import { groupsOfTasks } from '../../executors/executor-plan';
import type { DistributionInput } from '../contract';
import { givenSettings } from '../shared/component-settings';

/** What the user gives for pods of the chart: those of tasks are the library's. */
export function chartSettings(input: DistributionInput): ReturnType<typeof givenSettings> {
  const ofTasks = groupsOfTasks(input.executor).map(propOf);
  return givenSettings(input).filter(({ prop }) => !ofTasks.includes(prop));
}
