import type { BackupStorePlan } from './backup-store-plan';

/** The volume that is made for dumps of the database. */
export interface BackupVolumeProps {
  /**
   * The size, as a Kubernetes quantity.
   * @default "8Gi"
   */
  readonly storageSize?: string;
  /**
   * The StorageClass. It can't change later.
   * @default - the cluster's default
   */
  readonly storageClassName?: string;
}

export function volumeBackups({ storageSize = '8Gi', storageClassName }: BackupVolumeProps): BackupStorePlan {
  return {
    volume: { storageSize, storageClassName },
    destinations: [],
    validate: (validator, prop) => {
      validator.bytes(`${prop}.storageSize`, storageSize);
      validator.dnsSubdomain(`${prop}.storageClassName`, storageClassName);
    },
  };
}
