import type { Given } from '../validation/checked-props';
import type { BackupStorePlan } from './backup-store-plan';
import { type S3BackupProps, s3Backups } from './s3-backups';
import { type BackupVolumeProps, volumeBackups } from './volume-backups';

/**
 * Where dumps of the database are kept.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, BackupStore, Database } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   database: Database.builtIn({
 *     backup: {
 *       store: BackupStore.s3({
 *         bucket: 'airflow-backups',
 *         endpointUrl: 'https://minio.example.com',
 *         accessKeyId: { secretName: 'minio' },
 *         secretAccessKey: { secretName: 'minio' },
 *       }),
 *     },
 *   }),
 * });
 */
export class BackupStore {
  /**
   * A volume that is made, and that GitOps tools let stay when it is no longer in the program.
   * @param props its size and StorageClass.
   */
  static volume(props: BackupVolumeProps = {}): BackupStore {
    return new BackupStore(() => volumeBackups(props), ['volume', props]);
  }

  /**
   * A volume that is there already, as one of a file server. Several deployments may share it.
   * @param name the name of the PersistentVolumeClaim.
   */
  static claim(name: string): BackupStore {
    const plan: BackupStorePlan = { claimName: name, destinations: [], validate: (validator, prop) => validator.dnsSubdomain(prop, name) };
    return new BackupStore(() => plan, ['claim', name]);
  }

  /**
   * A bucket of S3, or of a store that speaks its language: MinIO, Ceph. Several deployments with different names may share it.
   * @param props the bucket, and how to get there.
   */
  static s3(props: S3BackupProps): BackupStore {
    return new BackupStore(() => s3Backups(props), ['s3', props]);
  }

  private constructor(
    private readonly planOf: () => BackupStorePlan,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _plan(): BackupStorePlan {
    return this.planOf();
  }
}
