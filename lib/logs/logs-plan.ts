import type { OwnedOption } from '../config/airflow-config';
import type { Connection } from '../content/connection';
import type { Target } from '../network/url-destinations';
import type { PropValidator } from '../validation/prop-validator';

/** The id of the connection by which logs are kept. */
export const LOGS_CONNECTION = 'cdk8s_airflow_logs';

/** Where the logs of tasks are kept: what others ask, so that nobody asks which way it is. */
export interface LogsPlan {
  readonly options: readonly OwnedOption[];
  /** By which Airflow gets there; none where the identity of the pods is enough, or where they are on a volume. */
  readonly connection?: Connection;
  /** Whom those connect to that write and read them. */
  readonly destinations: readonly Target[];
  /** The PersistentVolumeClaim that they are on. */
  readonly claimName?: string;
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}
