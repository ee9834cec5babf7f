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
  return autoscaling?._cpu.maxReplicas ?? replicas;
}
