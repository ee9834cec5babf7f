import { type AirflowPodsName, type DagProcessorGroupName, isDagProcessorGroup } from '../../components/components';
import { airflowPods } from '../../executors/executor-plan';
import type { DistributionInput } from '../contract';

/** The pods of Airflow that there may be: those of the executor, and further DAG processors. */
export function possiblePods(input: DistributionInput): AirflowPodsName[] {
  return [...airflowPods(input.executor), ...dagProcessorGroups(input)];
}

/** Further DAG processors. */
export function dagProcessorGroups({ components }: DistributionInput): DagProcessorGroupName[] {
  return Object.keys(components).filter(isDagProcessorGroup);
}

/** The components of Airflow that there are: those of the executor, without what is left out. */
export function deployedComponents(input: DistributionInput): AirflowPodsName[] {
  return possiblePods(input).filter((name) => name !== 'triggerer' || input.components.triggerer?.enabled !== false);
}
