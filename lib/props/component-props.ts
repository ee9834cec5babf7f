import type { Duration } from 'cdk8s';
import type { EnvValue, k8s } from 'cdk8s-plus-27';
import type { ImageProps } from './image';
import type { ResourcesProps } from './resources';

/**
 * On which nodes pods run.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export interface PlacementProps {
  /**
   * Labels that a node must have.
   * @default - any node
   */
  readonly nodeSelector?: { readonly [label: string]: string };
  /**
   * Taints that the pods stand.
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];
  /**
   * Rules of attraction to nodes and between pods.
   * @default - none
   */
  readonly affinity?: k8s.Affinity;
  /**
   * How pods spread over zones or nodes.
   * @default - none
   */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
  /**
   * The PriorityClass, which must be in the cluster.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
}

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
   * new AirflowChart(new App(), 'airflow', { workers: { env: { HTTPS_PROXY: EnvValue.fromValue('http://proxy:3128') } } });
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
}

/** What can be set for a component that runs as one or more like pods. */
export interface ReplicatedComponentProps extends ComponentProps {
  /**
   * The number of pods. From two on there is a PodDisruptionBudget.
   * @default 1
   */
  readonly replicas?: number;
}

/**
 * The number of workers follows their load: a HorizontalPodAutoscaler.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export interface WorkerAutoscalingProps {
  /**
   * The least number of workers, 1 or more.
   * @default 1
   */
  readonly minReplicas?: number;
  /** The greatest number of workers. */
  readonly maxReplicas: number;
  /**
   * The CPU use that is aimed at, in percent of the request.
   * @default 80
   */
  readonly targetCpuUtilization?: number;
}

/** What can be set for Celery workers. */
export interface WorkersProps extends ReplicatedComponentProps {
  /**
   * Let the load decide how many workers there are; `replicas` then can't be set, and is not written.
   * @default - a fixed number
   */
  readonly autoscaling?: WorkerAutoscalingProps;
  /**
   * How many tasks a worker runs at a time.
   * @default 4
   * @see Airflow option [celery] worker_concurrency
   */
  readonly concurrency?: number;
  /**
   * How long a worker that has to stop may finish its running tasks.
   * @default Duration.minutes(10)
   * @see Kubernetes field terminationGracePeriodSeconds
   */
  readonly gracePeriod?: Duration;
}

/** What can be set for a built-in data store: PostgreSQL or Redis. */
export interface DataStoreProps {
  /**
   * The image.
   * @default - docker.io/library/postgres:15 and docker.io/library/redis:7
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
   * Which nodes the pod runs on.
   * @default - any node
   */
  readonly placement?: PlacementProps;
}
