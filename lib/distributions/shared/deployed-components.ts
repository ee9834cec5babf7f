import type { AirflowPodsName } from '../../components/components';
import { airflowPods } from '../../executors/executor-plan';
import type { DistributionInput } from '../contract';

/** The components of Airflow that there are: those of the executor, without what is left out. */
export function deployedComponents({ executor, components }: DistributionInput): AirflowPodsName[] {
  return airflowPods(executor).filter((name) => name !== 'triggerer' || components.triggerer?.enabled !== false);
}
