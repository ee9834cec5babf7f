import type { PropValidator } from '../validation/prop-validator';
import type { Autoscaling } from './autoscaling';

/** How many pods there are: as users say it. */
interface Scaled {
  readonly replicas?: number;
  readonly autoscaling?: Autoscaling;
}

/** The number to write; none where it follows the load. */
export function writtenReplicas({ replicas = 1, autoscaling }: Scaled = {}): number | undefined {
  return autoscaling ? undefined : replicas;
}

/** The greatest number that there can be. */
export function greatestReplicas({ replicas = 1, autoscaling }: Scaled = {}): number {
  return autoscaling?._plan.maxReplicas ?? replicas;
}

export function validateReplicas(validator: PropValidator, prop: string, { replicas, autoscaling }: Scaled): void {
  validator.replicas(`${prop}.replicas`, replicas, 1);
  autoscaling?._plan.validate(validator, `${prop}.autoscaling`);
  if (autoscaling && replicas !== undefined) validator.report(`${prop}.replicas`, replicas, 'expected either replicas or autoscaling');
}
