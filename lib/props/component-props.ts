import type { Duration } from 'cdk8s';
import type { EnvValue, k8s } from 'cdk8s-plus-27';
import type { PodPart } from '../kubernetes/pod-part';
import type { NetworkDestination } from '../network/network-destination';
import type { Autoscaling } from '../scaling/autoscaling';
import type { Content } from './content';
import type { DeploymentStrategy } from './deployment-strategy';
import type { ImageProps } from './image';
import type { PlacementProps } from './placement';
import type { ProbesProps } from './probes';
import type { ResourcesProps } from './resources';
import type { SecurityContext } from './security-context';
import type { ServiceAccount } from './service-account';

/** What can be set for the pods of Airflow: for all components, and for one, which then counts. */
export interface ComponentProps {
  /**
   * Requests and limits of the main container.
   * @default - by component; together, those of main.ts ask for less than 2 cores and 6 GiB
   */
  readonly resources?: ResourcesProps;
  /**
   * Requests and limits of the library's init containers, each of which has its own where this says nothing: of those that wait, install packages,
   * put certificates together, or hand out or delete logs beside the main container. Those of git-sync have `gitSync.resources`. For all components they are those of the Job too that makes Secrets, and of
   * the init containers of the other Jobs.
   * @default - by container: at most 2 cores and 1Gi, which installing packages may take
   */
  readonly initContainerResources?: ResourcesProps;
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
   * new AirflowChart(new App(), 'airflow', { triggerer: { env: { TZ: EnvValue.fromValue('Europe/Berlin') } } });
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
   * Further files of the main container, by their absolute paths. The pods have them as they were at their start, and start anew when a text of the
   * program changes. Those for all components are for the pods of the Jobs too that bring the database to its schema and make users.
   * @default - none
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, Content } from 'cdk8s-airflow';
   *
   * const settings = Content.fromFile('settings.yaml');
   * new AirflowChart(new App(), 'airflow', { allComponents: { files: { '/etc/shop/settings.yaml': settings } } });
   */
  readonly files?: { readonly [path: string]: Content };
  /**
   * The ServiceAccount of the pods, by which a cloud knows them. For all components it is that of the Jobs too that bring the database to its schema
   * and make the admin user, but not of the data stores. No token of it is mounted, but for the scheduler and the API server under the
   * Kubernetes executor: they have ServiceAccounts of their own, unless that for all is an existing one, which then gets their rights.
   * @default - one without any rights, for all components
   */
  readonly serviceAccount?: ServiceAccount;
  /**
   * Where the pods may connect to beside what Airflow needs: metrics, traces, logs, a secrets backend. Those for all components are for the
   * Jobs too that make Secrets and the admin user, and bring the database to its schema. What the code of DAGs connects to is better said once, by
   * `networkPolicies.taskEgress`.
   * @default - nowhere else
   */
  readonly egress?: NetworkDestination[];
  /**
   * As whom the containers of the library run in the pods; your own in `podParts` bring theirs. That for all components is for the Jobs too. Where the
   * platform assigns the ids, that for all holds for all other pods as well: the data stores, and the Job that makes the Secrets.
   * @default - as the user of the image
   */
  readonly securityContext?: SecurityContext;
  /**
   * The RuntimeClass, which must be in the cluster: what runs the containers, as gVisor or the runtime for GPUs.
   * @default - the cluster's default
   * @see https://kubernetes.io/docs/concepts/containers/runtime-class/
   */
  readonly runtimeClassName?: string;
  /**
   * Further lines of the pods' `/etc/hosts`.
   * @default - none
   * @see https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/
   */
  readonly hostAliases?: k8s.HostAlias[];
  /**
   * How names are looked up: `ClusterFirst`, `ClusterFirstWithHostNet`, `Default`, or `None`, which needs `dnsConfig`. With the last two the pods find
   * each other only if the `dnsConfig` leads to the cluster's name server.
   * @default "ClusterFirst"
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy
   */
  readonly dnsPolicy?: string;
  /**
   * Further name servers, search domains and options, as `ndots`.
   * @default - those of the policy
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config
   */
  readonly dnsConfig?: k8s.PodDnsConfig;
}

/** What can be set for the pods of what runs all the time: for all such components, and for one, which then counts. */
export interface LastingComponentProps extends ComponentProps {
  /**
   * When the probes ask. Those for all components hold for each that has such a probe.
   * @default - by component
   */
  readonly probes?: ProbesProps;
  /**
   * How new pods take the place of old ones.
   * @default - that of Kubernetes; under the Local executor the scheduler is recreated, which can't be changed
   */
  readonly strategy?: DeploymentStrategy;
  /**
   * How many earlier versions Kubernetes keeps, to go back to.
   * @default - that of Kubernetes: 10
   * @see Kubernetes field revisionHistoryLimit
   */
  readonly revisionHistoryLimit?: number;
  /**
   * How long a pod that has to stop may take. Where tasks run in the pods it is the executor that says so: its `gracePeriod` counts for workers, and under
   * the Local executor for the scheduler.
   * @default - that of Kubernetes: 30 seconds
   * @see Kubernetes field terminationGracePeriodSeconds
   */
  readonly terminationGracePeriod?: Duration;
}

/** What can be set for a component that runs as one or more like pods. */
export interface ReplicatedComponentProps extends LastingComponentProps {
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

/** What can be set for the triggerer. */
export interface TriggererProps extends ScalableComponentProps {
  /**
   * Whether there is one. Without, a deferred task waits for ever, and Airflow's page of health says that the triggerer is not there.
   * @default true
   */
  readonly enabled?: boolean;
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

/** What can be set for a further DAG processor. */
export interface DagProcessorGroupProps extends ScalableComponentProps {
  /** The names of the bundles that it reads, and no other DAG processor. */
  readonly bundles: string[];
}
