import type { AirflowConfig } from '../../config/airflow-config';
import type { ChartJobs } from '../../delivery/release';
import type { Json } from '../../kubernetes/json';
import type { PodPart } from '../../kubernetes/pod-part';
import type { DistributionInput } from '../contract';
import type { ChartFeatures } from './chart-features';
import type { ChartSecrets } from './secrets';

/** What the values are made from. */
export interface BitnamiContext extends DistributionInput {
  readonly features: ChartFeatures;
  readonly isAirflow3: boolean;
  readonly legacyImages: boolean;
  readonly config: AirflowConfig;
  readonly chartSecrets: ChartSecrets;
  /** The DAGs. */
  readonly dagsPart: PodPart;
  /** What the chart has to say of its Job. */
  readonly jobs: ChartJobs;
  /** Whether the user has a database, or a broker, outside of the chart. */
  readonly isExternal: { readonly database: boolean; readonly broker: boolean };
  /** The user's own values. */
  readonly userValues: Json;
}
