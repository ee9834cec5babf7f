import type { Duration } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-27';
import type { PodPart } from '../kubernetes/pod-part';
import type { Autoscaling } from '../scaling/autoscaling';
import type { ImageProps } from './image';
import type { PlacementProps } from './placement';
import type { ResourcesProps } from './resources';
import type { ServiceAccount } from './service-account';

/** What can be set for the pods of Airflow: for all components, and for one, which then counts. */
export interface ComponentProps {
  /**
   * Requests and limits of the main container.
   * @default - by component; together, those of main.ts ask for less than 2 cores and 6 GiB
   */
  readonly resources?: ResourcesProps;
  /**
   * Further labels of the pods.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Further annotations of the pods.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Further environment variables of the main container: plain, from a Secret or from a ConfigMap.
   * An option of Airflow that the library sets can't be set here.
   * @default - none
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart } from 'cdk8s-airflow';
   * import { EnvValue } from 'cdk8s-plus-27';
   *
   * new AirflowChart(new App(), 'airflow', { triggerer: { env: { HTTPS_PROXY: EnvValue.fromValue('http://proxy:3128') } } });
   */
  readonly env?: { readonly [name: string]: EnvValue };
  /**
   * Which nodes the pods run on.
   * @default - any node
   */
  readonly placement?: PlacementProps;
  /**
   * The Airflow image.
   * @default - docker.io/apache/airflow, with the Airflow version as tag
   */
  readonly image?: ImageProps;
  /**
   * What the pods have besides: volumes, mounts, init containers, sidecars and variables, in the form of Kubernetes, or as the `podPart` of
   * another construct. Mounts and variables are for the main container, which other containers of the library do not share. Those for all
   * components are for the pods of the Jobs too that bring the database to its schema and make the admin user.
   * @default - none
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart } from 'cdk8s-airflow';
   *
   * const certificates = {
   *   volumes: [{ name: 'certificates', configMap: { name: 'company-ca' } }],
   *   volumeMounts: [{ name: 'certificates', mountPath: '/etc/company-ca', readOnly: true }],
   *   envFrom: [{ secretRef: { name: 'warehouse-login' } }],
   * };
   * const chart = new AirflowChart(new App(), 'airflow', { allComponents: { podParts: [certificates] } });
   * chart.airflow.declareExisting('ConfigMap', 'company-ca');
   * chart.airflow.declareExisting('Secret', 'warehouse-login');
   */
  readonly podParts?: PodPart[];
  /**
   * The ServiceAccount of the pods, by which a cloud knows them. For all components it is that of the Jobs too that bring the database to its schema
   * and make the admin user, but not of the data stores. No token of it is mounted, but for the scheduler and the API server under the
   * Kubernetes executor: they have ServiceAccounts of their own, unless that for all is an existing one, which then gets their rights.
   * @default - one without any rights, for all components
   */
  readonly serviceAccount?: ServiceAccount;
}

/** What can be set for a component that runs as one or more like pods. */
export interface ReplicatedComponentProps extends ComponentProps {
  /**
   * The number of pods. From two on there is a PodDisruptionBudget.
   * @default 1
   */
  readonly replicas?: number;
}

/** What can be set for a component whose pods may be as many as there is work for. */
export interface ScalableComponentProps extends ReplicatedComponentProps {
  /**
   * What decides how many pods there are, instead of `replicas`.
   * @default - a fixed number
   */
  readonly autoscaling?: Autoscaling;
}

/** What can be set for Celery workers. */
export interface WorkersProps extends ScalableComponentProps {
  /**
   * The queues from which they take tasks. A task says its own by `queue="…"`.
   * @default - that of tasks which say nothing; of a further group the one that has its name
   * @see Airflow option [operators] default_queue
   */
  readonly queues?: string[];
  /**
   * How many tasks a worker runs at a time.
   * @default 4
   * @see Airflow option [celery] worker_concurrency; of a further group the argument --concurrency
   */
  readonly concurrency?: number;
  /**
   * How long a worker that has to stop may finish its running tasks.
   * @default Duration.minutes(10)
   * @see Kubernetes field terminationGracePeriodSeconds
   */
  readonly gracePeriod?: Duration;
}
