import type { Duration } from 'cdk8s';
import type { Connection } from './content/connection';
import type { Files } from './content/files';
import type { SecretsBackend } from './content/secrets-backend';
import type { Credentials } from './credentials/credentials';
import type { DagBundle } from './dags/dag-bundle';
import type { GitSyncOptions } from './dags/dag-git-sync';
import type { GitRepository } from './dags/git-repository';
import type { Database } from './data-stores/database';
import type { Distribution } from './distributions/distribution';
import type { Executor } from './executors/executor';
import type { TeamProps } from './executors/teams';
import type { ExternalService } from './exposure/external-service';
import type { HttpRouteOptions } from './exposure/http-route-exposure';
import type { IngressOptions } from './exposure/ingress-exposure';
import type { Login } from './login/login';
import type { Logs } from './logs/logs';
import type { Metrics } from './metrics/metrics';
import type { AdminUserProps } from './props/admin-user-props';
import type { CaCertificates } from './props/ca-certificates';
import type {
  DagProcessorGroupProps,
  LastingComponentProps,
  ReplicatedComponentProps,
  ScalableComponentProps,
  TriggererProps,
} from './props/component-props';
import type { Content } from './props/content';
import type { DatabaseCleanupProps } from './props/database-cleanup-props';
import type { ImagesProps } from './props/images';
import type { IpFamily } from './props/ip-family';
import type { NetworkPoliciesProps } from './props/network-policies-props';
import type { PgBouncerProps } from './props/pgbouncer-props';
import type { PoolProps } from './props/pool-props';
import type { ProxyProps } from './props/proxy';
import type { TaskPermission } from './props/task-permission';
import type { UserProps } from './props/user-props';
import type { Requirements } from './requirements/requirements';

/** What Airflow and AirflowChart are made from. */
export interface AirflowProps {
  /**
   * What the names of all objects begin with: a DNS label of at most 40 characters.
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * What Airflow itself is deployed from.
   * @default Distribution.builtIn()
   */
  readonly distribution?: Distribution;
  /**
   * The version of Airflow: 3.0 or later.
   * @default "3.3.2"
   */
  readonly airflowVersion?: string;
  /**
   * Where the images of all pods come from: a registry of one's own, digests, and the Secrets for registries.
   * @default - from where their makers publish them, pinned by their tags
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   images: { registry: 'registry.example.com/mirror', pullSecrets: ['registry-login'] },
   * });
   */
  readonly images?: ImagesProps;
  /**
   * Where tasks run.
   * @default Executor.celery()
   */
  readonly executor?: Executor;
  /**
   * Teams, by name: each with DAG bundles of its own, and, where it has an executor, with workers or pods of tasks, and a broker, of its own. These pods have no
   * bundles but the team's, and no broker's password but its own. The name is a part of names and labels: 3 to 20 lower case letters, digits and hyphens.
   * Airflow must be 3.3.0 or later, which calls it experimental. The built-in distribution and the official chart have them, that with workers of teams
   * from 1.20.0 on.
   * @default - none: all bundles have the same workers
   * @see Airflow options [core] multi_team and executor
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, Executor } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   namespace: 'airflow',
   *   dags: [{ url: 'https://gitlab.example.com/finance/dags.git' }, { url: 'https://gitlab.example.com/ml/models.git' }],
   *   teams: {
   *     finance: { bundles: ['dags'], executor: Executor.celery({ workers: { replicas: 2 } }) },
   *     research: { bundles: ['models'], executor: Executor.kubernetes() },
   *   },
   * });
   */
  readonly teams?: { readonly [name: string]: TeamProps };
  /**
   * What the code of DAGs may do with the API of Kubernetes, as the KubernetesPodOperator: where tasks run, and in the triggerer. Those pods get ServiceAccounts of
   * their own, a token, and a way to the API. With Bitnami's chart as a custom resource, which has one ServiceAccount for all pods, it is that one.
   * @default - nothing
   */
  readonly taskPermissions?: TaskPermission[];
  /**
   * The metadata database.
   * @default Database.builtIn()
   */
  readonly database?: Database;
  /**
   * PgBouncer before the metadata database, so that many processes of Airflow share few connections to it. The Jobs, and KEDA, connect to the database itself.
   * The database has to be PostgreSQL, and its host known.
   * @default - none: each process has connections of its own
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', { pgBouncer: { replicas: 2, poolSize: 30 } });
   */
  readonly pgBouncer?: PgBouncerProps;
  /**
   * Git repositories with DAGs that git-sync brings, each a DAG bundle.
   * @default - the DAGs that are in the image
   */
  readonly dags?: GitRepository[];
  /**
   * Further DAG bundles, which Airflow itself reads: from git, with versions, from buckets, the image or volumes. With any of them, or with `dags`, the
   * DAGs that are in the image count only if they are a bundle too.
   * @default - none
   */
  readonly dagBundles?: DagBundle[];
  /**
   * How git-sync runs.
   * @default - told at the props
   */
  readonly gitSync?: GitSyncOptions;
  /**
   * Further Python packages for all components.
   * @default - those of the image
   */
  readonly requirements?: Requirements;
  /**
   * Where the logs of tasks are kept. Under the Kubernetes executor a choice is expected, and told of where there is none.
   * @default Logs.pods(): in the pods, and gone with them
   */
  readonly logs?: Logs;
  /**
   * How long logs of tasks stay in the pods that have written them: older ones are deleted, once an hour. Those in a store (`logs`) stay. With the official
   * chart it counts in whole days.
   * @default Duration.days(15); on a volume (`Logs.volume`) they are not deleted
   */
  readonly logRetention?: Duration;
  /**
   * Where Airflow's metrics go. It needs Airflow 3.2 or later; Bitnami's chart, which has none, has values of its own.
   * @default - nowhere; with the official chart to its StatsD exporter, by names from before Airflow 3.2
   */
  readonly metrics?: Metrics;
  /**
   * Whether what Airflow's processes write to the logs of their pods is JSON, an object a line, for collectors such as Loki or Fluent Bit. Airflow must be
   * 3.2.0 or later. The logs of tasks are JSON in any case, where they are kept.
   * @default false
   * @see Airflow option [logging] json_logs
   */
  readonly jsonLogs?: boolean;
  /**
   * Under which address the web interface is reached through an Ingress controller.
   * @default - through its Service only
   */
  readonly ingress?: IngressOptions;
  /**
   * Under which address the web interface is reached through a Gateway of the Gateway API. With `ingress` too, as while users move from one to the other,
   * the address has to be the same.
   * @default - through its Service only
   * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   httpRoute: { gateway: { name: 'public', namespace: 'gateways' }, host: 'airflow.example.com', tls: true },
   * });
   */
  readonly httpRoute?: HttpRouteOptions;
  /**
   * A Service by which the web interface is reached from outside of the cluster without an Ingress or a Gateway: at a load balancer or at a port of every node. The one
   * inside of the cluster is there too.
   * @default - none
   */
  readonly externalService?: ExternalService;
  /**
   * Where keys and passwords come from.
   * @default Credentials.generated()
   */
  readonly credentials?: Credentials;
  /**
   * Any option of Airflow, by section and key, as in airflow.cfg: a text, a number or a boolean. An option that the library sets is an error, unless it is set to the same.
   * A value of a wrong kind is an error, and an option that Airflow 3 does not have is told.
   * @default - Airflow's defaults, but: no examples, no colours in logs, and the DAG processor's logs go to its pod's
   * @see https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', { config: { core: { parallelism: 64 } } });
   */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no type for a text, a number or a boolean
  readonly config?: { readonly [section: string]: { readonly [key: string]: any } };
  /**
   * What holds for the pods of all components of Airflow, unless the component says otherwise. Maps (labels, annotations, env) are joined.
   * @default - nothing
   */
  readonly allComponents?: LastingComponentProps;
  /**
   * The API server: web interface, REST API and the API that tasks use.
   * @default - one pod
   */
  readonly apiServer?: ScalableComponentProps;
  /**
   * The scheduler. Under the Local executor tasks run in its pods.
   * @default - one pod
   */
  readonly scheduler?: ReplicatedComponentProps;
  /**
   * The DAG processor, which reads the DAG files.
   * @default - one pod
   */
  readonly dagProcessor?: ScalableComponentProps;
  /**
   * Further DAG processors, by name, each for some of the bundles; `dagProcessor` then reads those that no other has. The name is a part of names and
   * labels: lower case letters, digits and hyphens. A bundle that is taken out of the program keeps its DAGs in the database, as no DAG processor sees all.
   * @default - none
   * @see https://airflow.apache.org/docs/apache-airflow/stable/cli-and-env-variables-ref.html, `airflow dag-processor --bundle-name`
   */
  readonly dagProcessorGroups?: { readonly [name: string]: DagProcessorGroupProps };
  /**
   * The triggerer, which waits for deferred tasks.
   * @default - one pod
   */
  readonly triggerer?: TriggererProps;
  /**
   * How users log in.
   * @default Login.passwords(), or another way by `webserverConfig` or the option [core] auth_manager
   */
  readonly login?: Login;
  /**
   * The admin user; the password is one of the credentials. Where users log in elsewhere (`login`) there is none.
   * @default - admin
   */
  readonly admin?: AdminUserProps;
  /**
   * Connections of Airflow by their ids. Airflow reads them from files, and looks here first: one of the same id in the database does not count.
   * The web interface does not list them. Only the API server, the DAG processor and the triggerer have the values; tasks ask the API server.
   * @default - those that are in the database
   * @see https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/secrets-backend/index.html
   */
  readonly connections?: { readonly [id: string]: Connection };
  /**
   * Variables of Airflow by their keys, read as connections are.
   * @default - those that are in the database
   */
  readonly variables?: { readonly [key: string]: Content };
  /**
   * Where connections and variables are looked for that are not among those above, before the database.
   * @default - nowhere
   */
  readonly secretsBackend?: SecretsBackend;
  /**
   * Further users, with passwords in Secrets. A Job makes them, and gives those who are there their passwords and roles. One who is taken out here
   * stays.
   * @default - the admin alone
   */
  readonly users?: UserProps[];
  /**
   * Pools by their names. A Job makes them, and gives those that are there what is said here. One that is taken out here stays.
   * @default - Airflow's default_pool, with 128 slots
   */
  readonly pools?: { readonly [name: string]: PoolProps };
  /**
   * Deletes old rows of the metadata database, which else only grows: those of task instances, logs of events, XComs and whatever else has a time. A
   * CronJob does it, each Sunday at 3:30 unless said otherwise.
   * @default - all rows stay
   * @example
   * import { App, Cron, Duration } from 'cdk8s';
   * import { AirflowChart } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   databaseCleanup: { schedule: Cron.daily(), retention: Duration.days(30) },
   * });
   */
  readonly databaseCleanup?: DatabaseCleanupProps;
  /**
   * Plugins of Airflow: the files of its plugins folder, in place of those in the image. All pods of Airflow have them, and start anew when they
   * change. All in all at most 1 MiB.
   * @default - those that are in the image
   * @see https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/plugins.html
   */
  readonly plugins?: Files;
  /**
   * airflow_local_settings.py, with policies and hooks. All pods of Airflow have it, and start anew when it changes.
   * @default - that of the image, if there is one
   * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/set-config.html#configuring-local-settings
   */
  readonly localSettings?: Content;
  /**
   * webserver_config.py, by which users log in with the FAB auth manager, for ways that `login` does not know. The API server has it, and the Job that makes users; the API server starts
   * anew when it changes. What it needs of secrets it reads from `apiServer.files`, which that Job has too.
   * @default - Airflow's own: users with a password in the database
   * @see https://airflow.apache.org/docs/apache-airflow-providers-fab/stable/auth-manager/webserver-authentication.html
   */
  readonly webserverConfig?: Content;
  /**
   * Certificates of authorities of one's own, beside those of the images, for all that connects out: Airflow, the code of DAGs, pip and git-sync.
   * An init container puts both together, and variables name the file: SSL_CERT_FILE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, PIP_CERT, AWS_CA_BUNDLE,
   * GIT_SSL_CAINFO, HTTPLIB2_CA_CERTS and GRPC_DEFAULT_SSL_ROOTS_FILE_PATH. New certificates hold in new pods.
   * @default - those of the images
   */
  readonly caCertificates?: CaCertificates;
  /**
   * An HTTP proxy for all that connects out: Airflow's processes where packages, DAGs or the code of DAGs lead outside, that code, pip and git-sync. The
   * NetworkPolicies let them through to it, and no longer to what is reached through it.
   * @default - none
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   proxy: { http: 'http://proxy.example.com:3128', noProxy: ['.example.com'], login: { secretName: 'proxy-login' } },
   * });
   */
  readonly proxy?: ProxyProps;
  /**
   * The domain of the names that the cluster gives to its Services.
   * @default "cluster.local"
   */
  readonly clusterDomain?: string;
  /**
   * The family of the addresses that pods have. With IPv6 alone the API server listens at `::`, pods are known by such addresses, and the scheduler's probes ask the
   * database for its sign of life, as its own server listens at IPv4.
   * @default IpFamily.IPV4
   */
  readonly ipFamily?: IpFamily;
  /**
   * What pods may talk to.
   * @default - what Airflow needs, and nothing else
   */
  readonly networkPolicies?: NetworkPoliciesProps;
}
