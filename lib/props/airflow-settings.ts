import type { Executor } from '../executors/executor';
import type { NetworkDestination } from '../network/network-destination';
import type { ComponentProps, DataStoreProps, ReplicatedComponentProps, WorkersProps } from './component-props';

/** The first user, who may do anything. */
export interface AdminUserProps {
  /**
   * The name to log in with.
   * @default "admin"
   */
  readonly username?: string;
  /**
   * The e-mail address. No two users have the same.
   * @default - the user name, if it is an address, or else the user name at example.com
   */
  readonly email?: string;
  /**
   * The first name.
   * @default "Airflow"
   */
  readonly firstName?: string;
  /**
   * The last name.
   * @default "Admin"
   */
  readonly lastName?: string;
}

/** What pods may talk to. */
export interface NetworkPoliciesProps {
  /**
   * Whether there are NetworkPolicies, one for each component. Without them all is let through.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Where the code of DAGs may connect to, from workers (under LocalExecutor the scheduler), triggerer and DAG processor. The API server may
   * too: it reads remote logs from where tasks have put them.
   * What Airflow itself needs is let through anyway: database, broker, API server, DNS, git, the package index.
   * @default - nowhere else
   */
  readonly taskEgress?: NetworkDestination[];
}

/** What is set for Airflow itself, whatever it is deployed from. */
export interface AirflowSettings {
  /**
   * The version of Airflow: 3.0 or later.
   * @default "3.3.2"
   */
  readonly airflowVersion?: string;
  /**
   * Where tasks run.
   * @default Executor.CELERY
   */
  readonly executor?: Executor;
  /**
   * Any option of Airflow, by section and key, as in airflow.cfg. An option that the library sets is an error.
   * @default - Airflow's defaults, but: no examples, no colours in logs, and the DAG processor's logs go to its pod's
   * @see https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', { config: { core: { parallelism: '64' } } });
   */
  readonly config?: { readonly [section: string]: { readonly [key: string]: string } };
  /**
   * What holds for the pods of all components of Airflow, unless the component says otherwise. Maps (labels, annotations, env) are joined.
   * @default - nothing
   */
  readonly allComponents?: ComponentProps;
  /**
   * The API server: web interface, REST API and the API that tasks use.
   * @default - one pod
   */
  readonly apiServer?: ReplicatedComponentProps;
  /**
   * The scheduler. Under LocalExecutor tasks run in its pods.
   * @default - one pod
   */
  readonly scheduler?: ReplicatedComponentProps;
  /**
   * The DAG processor, which reads the DAG files.
   * @default - one pod
   */
  readonly dagProcessor?: ReplicatedComponentProps;
  /**
   * The triggerer, which waits for deferred tasks.
   * @default - one pod
   */
  readonly triggerer?: ReplicatedComponentProps;
  /**
   * The Celery workers. Under LocalExecutor there are none, and this is an error.
   * @default - one pod
   */
  readonly workers?: WorkersProps;
  /**
   * The metadata database, PostgreSQL.
   * @default - a StatefulSet with one pod and a volume of 8 GiB
   */
  readonly database?: DataStoreProps;
  /**
   * The Celery broker, Redis. Under LocalExecutor there is none, and this is an error.
   * @default - a StatefulSet with one pod and a volume of 1 GiB
   */
  readonly broker?: DataStoreProps;
  /**
   * The admin user; the password is one of the credentials.
   * @default - admin
   */
  readonly admin?: AdminUserProps;
  /**
   * What pods may talk to.
   * @default - what Airflow needs, and nothing else
   */
  readonly networkPolicies?: NetworkPoliciesProps;
}
