import type { PodPart } from '../../kubernetes/pod-part';
import type { DistributionInput } from '../contract';
import type { Configuration } from './configuration';

/** What the components have in common. */
export interface BuiltInContext extends DistributionInput {
  readonly configuration: Configuration;
  /** What every pod of Airflow has: airflow.cfg and the secrets, room for logs and temporary files. */
  readonly commonPart: PodPart;
  /** The DAGs. */
  readonly dagsPart: PodPart;
}
