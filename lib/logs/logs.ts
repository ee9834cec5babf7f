import type { Given } from '../validation/checked-props';
import { type AzureBlobLogsProps, azureBlobPlan } from './azure-blob';
import { type CloudWatchLogsProps, cloudWatchPlan } from './cloud-watch';
import { type ElasticsearchLogsProps, elasticsearchPlan } from './elasticsearch';
import { type GcsLogsProps, gcsPlan } from './gcs';
import type { LogsPlan } from './logs-plan';
import { type OpenSearchLogsProps, openSearchPlan } from './open-search';
import { type S3LogsProps, s3Plan } from './s3';
import { type LogsVolumeProps, newVolumePlan, volumePlan } from './volume';

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
   * In a log group of Amazon CloudWatch, a stream for each task, written while it runs.
   * @param props the log group, and how to get there.
   */
  static cloudWatch(props: CloudWatchLogsProps): Logs {
    return new Logs(() => cloudWatchPlan(props), ['cloudWatch', props]);
  }

  /**
   * In an index of Elasticsearch. Airflow must be 3.1.0 or later.
   * @param props the address, the index and the API key.
   * @see https://airflow.apache.org/docs/apache-airflow-providers-elasticsearch/stable/logging/index.html
   */
  static elasticsearch(props: ElasticsearchLogsProps): Logs {
    return new Logs(() => elasticsearchPlan(props), ['elasticsearch', props]);
  }

  /**
   * In an index of OpenSearch. Airflow must be 3.2.0 or later, and have the package apache-airflow-providers-opensearch.
   * @param props the address, the index and the login.
   * @see https://airflow.apache.org/docs/apache-airflow-providers-opensearch/stable/logging/index.html
   */
  static openSearch(props: OpenSearchLogsProps): Logs {
    return new Logs(() => openSearchPlan(props), ['openSearch', props]);
  }

  /** In the pods alone, which is so without the prop too. Under the Kubernetes executor it says that they may go with the pods of tasks. */
  static pods(): Logs {
    return new Logs(() => ({ options: [], destinations: [], validate: () => {} }), ['pods']);
  }

  /**
   * On a volume that all pods share which write and read them.
   * @param claimName the name of a PersistentVolumeClaim of the namespace that can be mounted by many nodes (ReadWriteMany). Kubernetes gives it to the
   * group 0, as which Airflow writes to it; where its driver can't, as with NFS, it must be so already.
   */
  static volume(claimName: string): Logs {
    return new Logs(() => volumePlan(claimName), ['volume', claimName]);
  }

  /**
   * On a volume like that, which is made, and which GitOps tools let stay when it is no longer in the program.
   * @param props its claim.
   */
  static newVolume(props: LogsVolumeProps): Logs {
    return new Logs(() => newVolumePlan(props), ['newVolume', props]);
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
