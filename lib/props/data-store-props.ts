import type { DatabaseBackupProps } from './database-backup-props';
import type { ImageProps } from './image';
import type { PlacementProps } from './placement';
import type { ResourcesProps } from './resources';
import type { SecurityContext } from './security-context';

/** What can be set for a built-in data store: PostgreSQL or Redis. */
export interface DataStoreProps {
  /**
   * The image.
   * @default - docker.io/library/postgres:17.10-bookworm and docker.io/library/redis:7.4.9-bookworm
   */
  readonly image?: ImageProps;
  /**
   * Requests and limits.
   * @default - PostgreSQL: requests of 100m and 256Mi, limits of 2 and 1Gi; Redis: requests of 50m and 64Mi, limits of 1 and 256Mi
   */
  readonly resources?: ResourcesProps;
  /**
   * The size of the volume, as a Kubernetes quantity. Kubernetes does not let it change once the StatefulSet is there.
   * @default "8Gi" for PostgreSQL, "1Gi" for Redis
   */
  readonly storageSize?: string;
  /**
   * The StorageClass of the volume. It can't change either.
   * @default - the cluster's default
   */
  readonly storageClassName?: string;
  /**
   * Further labels of the pod.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Further annotations of the pod.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Which nodes the pod runs on.
   * @default - any node
   */
  readonly placement?: PlacementProps;
  /**
   * What becomes of the volume when the StatefulSet is deleted, as when Airflow is removed.
   * @default VolumeRetention.RETAIN
   * @see Kubernetes field persistentVolumeClaimRetentionPolicy, for which Kubernetes must be 1.27 or later
   */
  readonly volumeRetention?: VolumeRetention;
  /**
   * As whom it runs.
   * @default - as the user 999 of the image; by the platform's ids, where allComponents.securityContext says so
   */
  readonly securityContext?: SecurityContext;
}

/** What becomes of a volume when what it was made for is deleted. */
export enum VolumeRetention {
  /** It stays, with its data, until somebody deletes its claim. */
  RETAIN = 'Retain',
  /** It is deleted too. */
  DELETE = 'Delete',
}

/** What can be set for the built-in PostgreSQL. */
export interface PostgresqlProps extends DataStoreProps {
  /**
   * Settings of the server, as in postgresql.conf, by name. A change of one restarts it.
   * @default - those of PostgreSQL
   * @see https://www.postgresql.org/docs/current/runtime-config.html
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, Database } from 'cdk8s-airflow';
   *
   * const parameters = { max_connections: '300', shared_buffers: '512MB' };
   * new AirflowChart(new App(), 'airflow', { database: Database.builtIn({ parameters }) });
   */
  readonly parameters?: { readonly [name: string]: string };
  /**
   * Dumps the database to a volume or a bucket, again and again, and makes a CronJob that puts a dump back when it is told to. A CronJob does it, each day at
   * 2:00 unless said otherwise.
   * @default - no dumps
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, Database } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   database: Database.builtIn({ backup: { keep: 14, beforeMigration: true } }),
   * });
   */
  readonly backup?: DatabaseBackupProps;
}
