import type { AirflowConfig } from '../../config/airflow-config';
import type { ChartJobs } from '../../delivery/release';
import type { Json } from '../../kubernetes/json';
import type { PodPart } from '../../kubernetes/pod-part';
import type { ImageProps } from '../../props/image';
import type { DistributionInput } from '../contract';
import type { ChartFeatures } from './chart-features';
import type { ChartSecrets, ExternalServices } from './secrets';

/** What the values are made from. */
export interface OfficialContext extends DistributionInput {
  readonly features: ChartFeatures;
  readonly isAirflow3: boolean;
  /** The image of all components. */
  readonly image: ImageProps;
  readonly config: AirflowConfig;
  readonly chartSecrets: ChartSecrets;
  /** The DAGs. */
  readonly dagsPart: PodPart;
  /** Whether the user has a database, or a broker, outside of what is made. */
  readonly isExternal: ExternalServices;
  /** Airflow's folder in the image. */
  readonly home: string;
  /** What the chart has to say of its Jobs. */
  readonly jobs: ChartJobs;
  /** Whether a default of the chart can be taken away. */
  readonly holdsNull: boolean;
  /** The user's own values. */
  readonly userValues: Json;
}
