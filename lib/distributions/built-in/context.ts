import type { DistributionInput } from '../contract';
import type { Configuration } from './configuration';

/** What the components have in common. */
export interface BuiltInContext extends DistributionInput {
  readonly configuration: Configuration;
}
