import type { PostgresqlProps } from '../props/data-store-props';
import type { Given } from '../validation/checked-props';
import { builtInStore } from './built-in';
import { type CloudNativePgClusterProps, type CloudNativePgProps, cloudNativePg, cloudNativePgCluster } from './cloud-native-pg';
import type { DataStore } from './data-store';
import { type DatabaseUrlProps, databaseFromUrl, type ExternalDatabaseProps, externalDatabase } from './external-database';

/**
 * Where the metadata database is.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/set-up-database.html
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, CaCertificates, Database } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   database: Database.external({
 *     host: 'airflow.example.eu-central-1.rds.amazonaws.com',
 *     password: { secretName: 'airflow-database' },
 *     tls: { ca: CaCertificates.fromConfigMap('rds-ca', 'global-bundle.pem') },
 *   }),
 * });
 */
export class Database {
  /**
   * PostgreSQL, in one pod with a volume, beside Airflow.
   * @param props its image, resources, volume and settings.
   */
  static builtIn(props: PostgresqlProps = {}): Database {
    const given: Given = ['builtIn', props];
    const server = { component: 'postgresql', storageSize: '8Gi' } as const;
    return new Database(
      () => builtInStore('database', server, { scheme: 'postgresql', user: 'airflow', name: 'airflow' }, props, given),
      given,
    );
  }

  /**
   * PostgreSQL or MySQL that is there already, as one of a cloud.
   * @param props how it is connected to.
   */
  static external(props: ExternalDatabaseProps): Database {
    const given: Given = ['external', props];
    return new Database(() => externalDatabase(props, given), given);
  }

  /**
   * PostgreSQL or MySQL that is there already, of which a Secret has the whole URL.
   * @param props the Secret, and where the database is.
   */
  static fromUrl(props: DatabaseUrlProps): Database {
    const given: Given = ['fromUrl', props];
    return new Database(() => databaseFromUrl(props, given), given);
  }

  /**
   * PostgreSQL that the operator CloudNativePG runs in the namespace already.
   * @param props its name.
   * @see https://cloudnative-pg.io
   */
  static cloudNativePg(props: CloudNativePgProps): Database {
    const given: Given = ['cloudNativePg', props];
    return new Database(() => cloudNativePg(props, given), given);
  }

  /**
   * PostgreSQL that the operator CloudNativePG is to run: the Cluster is made beside Airflow. The operator has to be in the Kubernetes cluster.
   * @param props its name, instances, volumes and settings.
   * @see https://cloudnative-pg.io
   */
  static cloudNativePgCluster(props: CloudNativePgClusterProps): Database {
    const given: Given = ['cloudNativePgCluster', props];
    return new Database(() => cloudNativePgCluster(props, given), given);
  }

  private store: DataStore | undefined;

  private constructor(
    private readonly storeOf: () => DataStore,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _store(): DataStore {
    this.store ??= this.storeOf();
    return this.store;
  }
}
