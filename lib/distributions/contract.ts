import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ComponentPods } from '../components/component-pods';
import type { AirflowPodsName, DagProcessorGroupName } from '../components/components';
import type { ConfigSections } from '../config/airflow-config';
import type { Files } from '../content/files';
import type { PodFiles } from '../content/pod-files';
import type { ConnectionLookup } from '../content/secrets-backend';
import type { AirflowSecrets } from '../credentials/airflow-secrets';
import type { Credentials } from '../credentials/credentials';
import type { DagSources } from '../dags/dag-sources';
import type { DataStore } from '../data-stores/data-store';
import type { ExecutorPlan } from '../executors/executor-plan';
import type { Exposure } from '../exposure/exposure';
import type { ExternalService } from '../exposure/external-service';
import type { LoginPlan } from '../login/login-plan';
import type { LogsPlan } from '../logs/logs-plan';
import type { MetricsPlan } from '../metrics/metrics-plan';
import type { NetworkFlow } from '../network/network-flow';
import type { AdminUserProps } from '../props/admin-user-props';
import type { CaCertificates } from '../props/ca-certificates';
import type { DagProcessorGroupProps, LastingComponentProps, ScalableComponentProps, TriggererProps } from '../props/component-props';
import type { Content } from '../props/content';
import type { DatabaseCleanupProps } from '../props/database-cleanup-props';
import type { Images } from '../props/images';
import type { IpFamily } from '../props/ip-family';
import type { NetworkPoliciesProps } from '../props/network-policies-props';
import type { PgBouncerProps } from '../props/pgbouncer-props';
import type { PoolProps } from '../props/pool-props';
import type { HttpProxy } from '../props/proxy';
import type { UserProps } from '../props/user-props';
import type { RequirementsConfigMap } from '../requirements/requirements-config-map';
import type { PropValidator } from '../validation/prop-validator';

/** What a distribution makes Airflow from. */
export interface DistributionInput {
  /** What the names of all objects begin with. */
  readonly name: string;
  /** The namespace, undefined where the chart has none. */
  readonly namespace: string | undefined;
  /** The version of Airflow, undefined where the user names none. */
  readonly airflowVersion: string | undefined;
  /** Every image that the library names goes through it. */
  readonly images: Images;
  readonly executor: ExecutorPlan;
  readonly database: DataStore;
  /** What is between Airflow's processes and the database, undefined where there is nothing. */
  readonly pgBouncer: PgBouncerProps | undefined;
  readonly components: ComponentSettings;
  /** How users log in, undefined where the user does not say. */
  readonly login: LoginPlan | undefined;
  /** The user's options of Airflow. */
  readonly userOptions: ConfigSections;
  readonly admin: AdminUserProps;
  readonly users: readonly UserProps[];
  readonly pools: { readonly [name: string]: PoolProps };
  /** Which old rows of the database are deleted, undefined where none are. */
  readonly databaseCleanup: DatabaseCleanupProps | undefined;
  readonly networkPolicies: NetworkPoliciesProps;
  readonly caCertificates: CaCertificates | undefined;
  readonly proxy: HttpProxy | undefined;
  /** The domain of the cluster's own names. */
  readonly clusterDomain: string;
  readonly ipFamily: IpFamily | undefined;
  readonly credentials: Credentials;
  readonly secrets: AirflowSecrets;
  /** Where the DAGs are, undefined where they are those of the image. */
  readonly dags: DagSources | undefined;
  readonly requirements: RequirementsConfigMap | undefined;
  /** Where the logs of tasks are kept, undefined where they go with the pods. */
  readonly logs: LogsPlan | undefined;
  /** Whether components write logs of their own as JSON. */
  readonly jsonLogs: boolean;
  /** How long they stay in the pods, undefined where the user does not say. */
  readonly logRetention: Duration | undefined;
  /** Where metrics go, undefined where the user does not say. */
  readonly metrics: MetricsPlan | undefined;
  /** Where connections and variables are looked for before the database, if anywhere. */
  readonly connections: ConnectionLookup | undefined;
  readonly content: DeclaredContent;
  /** The proxies before the web interface. They have the same address. */
  readonly exposures: readonly Exposure[];
  readonly externalService: ExternalService | undefined;
  /** Whether the distribution can't but give all pods the same ServiceAccount. */
  readonly hasOneServiceAccount?: boolean;
  readonly validator: PropValidator;
}

/** Plugins, settings and files that the program declares, and what puts them into pods. */
export interface DeclaredContent {
  readonly plugins: Files | undefined;
  readonly localSettings: Content | undefined;
  readonly webserverConfig: Content | undefined;
  readonly pluginFiles: PodFiles;
  readonly podFiles: PodFiles;
}

/** What the user says of the pods: for all components, and for each. */
export type ComponentSettings = { readonly all: LastingComponentProps | undefined; readonly triggerer: TriggererProps | undefined } & {
  readonly [Name in AirflowPodsName]: ScalableComponentProps | undefined;
} & { readonly [Name in DagProcessorGroupName]: DagProcessorGroupProps };

/** What others need to know of what a distribution has made. */
export interface DistributionOutput {
  /** The Service of the web interface. */
  readonly webService: { readonly name: string; readonly port: number };
  /** The pods that there are. */
  readonly pods: ComponentPods;
  /** The name of the ServiceAccount of the pods in which Airflow runs. */
  readonly serviceAccounts: { readonly [Name in AirflowPodsName]: string };
  /** Every connection that has to be possible. */
  readonly flows: readonly NetworkFlow[];
  /** Whether its pods are to meet what this library asks beyond Pod Security "restricted": see the check pod-hardening. */
  readonly isHardened: boolean;
}

/** What Airflow is deployed from. */
export interface DistributionImplementation {
  /** The version of Airflow for the one that the user asks for, where it is known at synth. */
  airflowVersion(asked: string | undefined): string | undefined;
  /** Adds the objects of Airflow to a construct. */
  deploy(scope: Construct, input: DistributionInput): DistributionOutput;
}
