import type { PropValidator } from '../validation/prop-validator';
import { BackupStore } from './backup-store';
import type { BackupStorePlan } from './backup-store-plan';
import { type ResourcesProps, validateResources } from './resources';
import { type ScheduleProps, validateSchedule } from './schedule';

/**
 * When the built-in database is dumped, and where the dumps are kept.
 * @see https://www.postgresql.org/docs/current/app-pgdump.html
 */
export interface DatabaseBackupProps extends ScheduleProps {
  /**
   * Where the dumps are kept.
   * @default - BackupStore.volume()
   */
  readonly store?: BackupStore;
  /**
   * How many dumps are kept: older ones are deleted when there is a new one.
   * @default 7
   */
  readonly keep?: number;
  /**
   * Whether a dump is made before each migration too: the Job that migrates waits for it, and fails without. A database without tables is not dumped.
   * @default false
   */
  readonly beforeMigration?: boolean;
  /**
   * Requests and limits of each container that makes dumps, brings them to a bucket, or puts one back. A dump that goes to a bucket is in the pod meanwhile, where
   * it may be as large as the limit of `ephemeralStorage`.
   * @default - requests of 100m and 64Mi, limits of 2 and 512Mi
   */
  readonly resources?: ResourcesProps;
}

export function backupStoreOf({ store = BackupStore.volume() }: DatabaseBackupProps): BackupStorePlan {
  return store._plan;
}

export function validateDatabaseBackup(
  validator: PropValidator,
  prop: string,
  props: DatabaseBackupProps,
  resources: ResourcesProps,
): void {
  validateSchedule(validator, prop, props);
  validator.wholeNumber(`${prop}.keep`, props.keep, 1);
  validateResources(validator, `${prop}.resources`, props.resources, resources);
  backupStoreOf(props).validate(validator, `${prop}.store`);
}
