import type { Target } from '../network/url-destinations';
import type { PropValidator } from '../validation/prop-validator';
import type { SecretKey } from './secret-key';

/** Where dumps of the database are kept: what others ask, so that nobody asks which way it is. */
export interface BackupStorePlan {
  /** The PersistentVolumeClaim that they are written to, if it is there already. */
  readonly claimName?: string;
  /** The volume that is to be made for them. */
  readonly volume?: { readonly storageSize: string; readonly storageClassName?: string };
  /** Where they are brought to, and fetched from, by whom they are made in a volume of the pod. */
  readonly bucket?: BackupBucket;
  /** Whom those connect to that bring and fetch them. */
  readonly destinations: readonly Target[];
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}

/** A folder in a bucket of S3, as boto3 is told of it. */
export interface BackupBucket {
  readonly bucket: string;
  readonly folder: string;
  /** Variables that boto3 knows. */
  readonly variables: { readonly [name: string]: string };
  /** Arguments of its client, of which Secrets have the values. */
  readonly keys: { readonly [argument: string]: Required<SecretKey> };
}
