import type { Construct } from 'constructs';
import type { OwnedOption } from '../config/airflow-config';
import type { Connection } from '../content/connection';
import type { PodPart } from '../kubernetes/pod-part';
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
  /** What those have besides that write and read them, and the Secret that it is from. */
  readonly part?: PodPart;
  readonly secretName?: string;
  /** The option that has to name a file with certificates of one's own, where no variable does. */
  readonly caOption?: { readonly section: string; readonly key: string };
  /** The first version of Airflow that can do it, where not all of 3 can. */
  readonly oldestVersion?: string;
  /** The provider that it takes, where the image of the Airflow project has it not. */
  readonly providerPackage?: string;
  /** What it takes besides, made or declared to be there. */
  addTo?(scope: Construct, labels: { readonly [name: string]: string }): void;
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}
