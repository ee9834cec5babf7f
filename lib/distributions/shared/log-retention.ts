import { Duration } from 'cdk8s';
import type { DistributionInput } from '../contract';

/** How long logs of tasks stay in the pods that have written them. */
export function logRetention({ logRetention: given }: Pick<DistributionInput, 'logRetention'>): Duration {
  return given ?? Duration.days(15);
}
