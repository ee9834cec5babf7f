import type { Given } from '../validation/checked-props';
import { type AzureBlobLogsProps, azureBlobPlan } from './azure-blob';
import { type GcsLogsProps, gcsPlan } from './gcs';
import type { LogsPlan } from './logs-plan';
import { type S3LogsProps, s3Plan } from './s3';

/**
 * Where the logs of tasks are kept. Without one they are in the pods, and gone with them.
 *
 * While a task runs its log comes from where it runs; what is kept is written when it ends.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/logging-tasks.html
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Connection, Logs } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   logs: Logs.s3({
 *     bucket: 'airflow-logs',
 *     connection: Connection.fromParts({
 *       type: 'aws',
 *       extra: { endpoint_url: 'https://minio.example.com', region_name: 'us-east-1' },
 *       secrets: { login: { secretName: 'minio', key: 'access-key' }, password: { secretName: 'minio', key: 'secret-key' } },
 *     }),
 *   }),
 * });
 */
export class Logs {
  /**
   * In a bucket of S3, or of a store that speaks its language: MinIO, Ceph.
   * @param props the bucket, and how to get there.
   */
  static s3(props: S3LogsProps): Logs {
    return new Logs(() => s3Plan(props), ['s3', props]);
  }

  /**
   * In a bucket of Google Cloud Storage.
   * @param props the bucket, and how to get there.
   */
  static gcs(props: GcsLogsProps): Logs {
    return new Logs(() => gcsPlan(props), ['gcs', props]);
  }

  /**
   * In a container of Azure Blob Storage.
   * @param props the container, and how to get there.
   */
  static azureBlob(props: AzureBlobLogsProps): Logs {
    return new Logs(() => azureBlobPlan(props), ['azureBlob', props]);
  }

  /**
   * On a volume that all pods share which write and read them.
   * @param claimName the name of a PersistentVolumeClaim of the namespace that can be mounted by many nodes (ReadWriteMany), and written to by the
   * group 0.
   */
  static volume(claimName: string): Logs {
    const plan: LogsPlan = {
      options: [],
      destinations: [],
      claimName,
      validate: (validator, prop) => validator.dnsSubdomain(prop, claimName),
    };
    return new Logs(() => plan, ['volume', claimName]);
  }

  private constructor(
    private readonly planOf: () => LogsPlan,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _plan(): LogsPlan {
    return this.planOf();
  }
}
