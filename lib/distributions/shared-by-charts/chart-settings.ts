import { propOf } from '../../components/components';
import type { DistributionInput } from '../contract';
import { givenSettings } from '../shared/component-settings';

/** What the user gives for pods of the chart: those of tasks are the library's. */
export function chartSettings(input: DistributionInput): ReturnType<typeof givenSettings> {
  return givenSettings(input).filter(({ prop }) => prop !== propOf('task'));
}
