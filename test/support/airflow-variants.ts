import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import {
  type AirflowChartProps,
  Autoscaling,
  BackupStore,
  Broker,
  CaCertificates,
  Connection,
  Content,
  Credentials,
  DagBundle,
  Database,
  DeploymentStrategy,
  Executor,
  ExternalService,
  Files,
  GitCredentials,
  IngressTls,
  Login,
  Logs,
  Metrics,
  NetworkDestination,
  Requirements,
  SecretsBackend,
  SecurityContext,
  ServiceAccount,
  TaskPermission,
  VolumeRetention,
} from '../../lib';
import { helperContainer } from './helper-container';

const DAGS = [
  {
    url: 'http://gitlab-webservice.gitlab.svc.cluster.local:8181/airflow/airflow.git',
    branch: 'master',
    path: 'dags',
    credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
  },
];

/** A container of the user's that runs, and in a Job comes to an end. */
function helper(name: string) {
  return {
    ...helperContainer(name),
    image: 'docker.io/library/busybox:1.37',
    command: ['sleep', name === 'prepare' ? '1' : 'infinity'],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
  };
}

/** AirflowCharts that differ in all that props can ask for. */
export const VARIANTS: { readonly [name: string]: AirflowChartProps } = {
  'the defaults': {},
  'the deployment of main.ts': {
    dags: DAGS,
    requirements: Requirements.fromText('requests>=2.31\n', { configMapName: 'requirements' }),
    ingress: { host: 'airflow.yourdomain.com' },
    executor: Executor.celery({ workers: { replicas: 2 } }),
  },
  'packages on a volume that pods share': {
    requirements: Requirements.fromList(['tools @ git+ssh://git@gitlab.example.com/team/tools.git'], {
      claimName: 'python-packages',
      sshKey: { secretName: 'tools-key' },
    }),
    executor: Executor.kubernetes(),
  },
  'DAGs from a large repository': {
    dags: [
      {
        ...DAGS[0],
        timeout: Duration.minutes(10),
        sparseCheckout: ['/dags/', '!/dags/old/'],
        filter: 'blob:none',
        egress: [NetworkDestination.namespace('gitlab', [8080])],
      },
    ],
    gitSync: { maxFailures: 10, args: ['--git-gc=off'] },
  },
  'DAGs from everywhere': {
    dags: DAGS,
    dagBundles: [
      DagBundle.git({
        name: 'versioned',
        url: 'https://gitlab.example.com/team/dags.git',
        credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
        submodules: true,
      }),
      DagBundle.git({
        name: 'keyed',
        url: 'git@gitlab.example.com:team/dags.git',
        credentials: GitCredentials.sshKey({ secretName: 'gitlab-key', knownHostsKey: 'known_hosts' }),
      }),
      DagBundle.s3({ bucket: 'example-dags', prefix: 'finance', refreshInterval: Duration.minutes(1) }),
      DagBundle.gcs({ bucket: 'example-dags-eu' }),
      DagBundle.image({ path: '/opt/baked' }),
      DagBundle.volume({ claimName: 'shared-dags', path: 'dags' }),
    ],
  },
  'the Local executor': { executor: Executor.local(), dags: DAGS, requirements: Requirements.fromText('requests>=2.31\n') },
  'pods of tasks that are deleted': { dags: DAGS, executor: Executor.kubernetes({ podCleanup: {} }) },
  'pods of tasks': {
    dags: DAGS,
    requirements: Requirements.fromText('requests>=2.31\n'),
    executor: Executor.kubernetes({ tasks: { resources: { limits: { memory: '1Gi' } }, labels: { team: 'data' } } }),
  },
  'workers and pods of tasks': {
    dags: DAGS,
    executor: Executor.several(Executor.celery(), Executor.kubernetes()),
    taskPermissions: [
      TaskPermission.kubernetesPodOperator(),
      TaskPermission.rule({ apiGroups: ['sparkoperator.k8s.io'], resources: ['sparkapplications'], verbs: ['create', 'get', 'delete'] }),
    ],
  },
  'several of each, with settings for each component': {
    config: { core: { parallelism: '8' }, scheduler: { min_file_process_interval: '60' } },
    apiServer: { replicas: 2, resources: { requests: { cpu: '250m' } } },
    scheduler: { replicas: 2, env: { TZ: EnvValue.fromValue('UTC') } },
    dagProcessor: { placement: { nodeSelector: { disk: 'ssd' } } },
    triggerer: { replicas: 2, annotations: { 'example.com/team': 'data' } },
    executor: Executor.celery({
      workers: { autoscaling: Autoscaling.cpu({ minReplicas: 2, maxReplicas: 5 }), concurrency: 2, gracePeriod: Duration.minutes(3) },
      broker: Broker.builtIn({
        storageSize: '2Gi',
        annotations: { 'example.com/note': 'a {{ b }}' },
        resources: { limits: { memory: '512Mi' } },
      }),
    }),
    database: Database.builtIn({
      labels: { 'sidecar.istio.io/inject': 'false' },
      annotations: { 'example.com/note': 'a {{ b }}' },
      storageSize: '20Gi',
      storageClassName: 'standard',
      parameters: { max_connections: '200' },
    }),
    networkPolicies: {
      taskEgress: [NetworkDestination.cidr('10.20.0.0/16', [5432]), NetworkDestination.anywhere([443])],
      dns: [
        NetworkDestination.pods('kube-system', { 'k8s-app': 'kube-dns' }, [53], [53]),
        NetworkDestination.cidr('169.254.20.10/32', [53], [53]),
      ],
      kubernetesApi: ['192.0.2.10/32', '2001:db8::10/128'],
    },
    allComponents: { egress: [NetworkDestination.namespace('monitoring', [4318], [9125])] },
    ingress: {
      host: '*.example.com',
      address: 'https://airflow.example.com:8443',
      path: '/airflow',
      tls: IngressTls.certManager({ issuer: 'letsencrypt' }),
    },
  },
  'parts of pods and ServiceAccounts of the user': {
    dags: DAGS,
    allComponents: {
      podParts: [
        {
          volumes: [{ name: 'scratch', emptyDir: {} }],
          volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
          env: [{ name: 'SCRATCH', value: '/scratch' }],
          annotations: { 'example.com/note': 'a {{ b }}' },
          containers: [helper('follow')],
        },
      ],
      serviceAccount: ServiceAccount.create({ annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/airflow' } }),
    },
    scheduler: { podParts: [{ initContainers: [helper('prepare')] }] },
    executor: Executor.celery({ workers: { podParts: [{ containers: [helper('follow-too')] }] } }),
  },
  'connections and variables': {
    connections: {
      shop: Connection.fromSecret({ secretName: 'shop', key: 'uri' }),
      warehouse: Connection.fromParts({
        type: 'postgres',
        host: 'warehouse.example.com',
        port: 5432,
        extra: { options: { application_name: 'a {{ b }}' } },
        secrets: { login: { secretName: 'warehouse', key: 'username' }, password: { secretName: 'warehouse' } },
      }),
    },
    variables: {
      stage: Content.fromText('production'),
      token: Content.fromSecret({ secretName: 'shop', key: 'token' }),
      colours: Content.fromConfigMap({ configMapName: 'settings', key: 'colours' }),
    },
    requirements: Requirements.fromText('requests>=2.31\n'),
  },
  'pods as one wants them, and parts left out': {
    dags: DAGS,
    requirements: Requirements.fromText('requests>=2.31\n'),
    allComponents: {
      env: { PYTHONPATH: EnvValue.fromValue('/opt/team') },
      securityContext: SecurityContext.withIds({
        runAsUser: 10001,
        fsGroup: 10001,
        supplementalGroups: [2000],
        seLinuxOptions: { level: 's0:c1,c2' },
      }),
      probes: { liveness: { period: Duration.minutes(2), timeout: Duration.seconds(30), failureThreshold: 9 } },
    },
    database: Database.builtIn({ securityContext: SecurityContext.withIds({ runAsUser: 10002 }) }),
    apiServer: {
      resources: {
        requests: { ephemeralStorage: '64Mi' },
        limits: { memory: '4Gi', ephemeralStorage: '2Gi' },
        extendedResources: { 'nvidia.com/gpu': 1 },
      },
      strategy: DeploymentStrategy.rollingUpdate({ maxSurge: '1', maxUnavailable: '0' }),
      hostAliases: [{ ip: '10.0.0.7', hostnames: ['ldap.example.com'] }],
      probes: { startup: { failureThreshold: 600 }, readiness: { initialDelay: Duration.seconds(5) } },
    },
    scheduler: {
      strategy: DeploymentStrategy.recreate(),
      terminationGracePeriod: Duration.minutes(1),
    },
    triggerer: { enabled: false },
    externalService: ExternalService.loadBalancer({
      sourceRanges: ['10.0.0.0/8', '2001:db8::/32'],
      annotations: { 'example.com/internal': 'true' },
    }),
  },
  'logs in a search engine with TLS': {
    dags: DAGS,
    logs: Logs.openSearch({
      url: 'https://opensearch.search.svc.cluster.local:9200',
      index: 'airflow',
      user: 'airflow',
      password: { secretName: 'opensearch' },
    }),
    jsonLogs: true,
    requirements: Requirements.fromList(['apache-airflow-providers-opensearch']),
    caCertificates: CaCertificates.fromConfigMap('company-ca'),
  },
  'logs in a store of the company': {
    dags: DAGS,
    logs: Logs.s3({
      bucket: 'airflow-logs',
      connection: Connection.fromParts({
        type: 'aws',
        extra: { endpoint_url: 'http://minio.minio.svc.cluster.local:9000', region_name: 'us-east-1' },
        secrets: { login: { secretName: 'minio', key: 'access-key' }, password: { secretName: 'minio', key: 'secret-key' } },
      }),
    }),
  },
  'logs on a volume of the user’s': {
    executor: Executor.several(Executor.celery(), Executor.kubernetes()),
    logs: Logs.volume('airflow-logs'),
    logRetention: Duration.days(30),
  },
  'metrics that Prometheus reads, with a dashboard': {
    metrics: Metrics.statsd({ prometheusNamespace: 'monitoring', dashboard: { annotations: { grafana_folder: 'Airflow' } } }),
  },
  'metrics and traces for a collector': {
    metrics: Metrics.openTelemetry({ endpoint: 'http://collector.monitoring.svc:4318', traces: true, interval: Duration.seconds(30) }),
  },
  'users of the company, by OpenID Connect': {
    ingress: { host: 'airflow.example.com', address: 'https://airflow.example.com' },
    login: Login.oidc({
      issuer: 'https://id.example.com/realms/company',
      clientId: 'airflow',
      clientSecret: { secretName: 'airflow-oidc' },
      rolesClaim: 'resource_access.airflow.roles',
      roles: { 'data {{ platform }}': ['Admin'], analysts: ['User', 'Op'] },
    }),
  },
  'users of a directory': {
    login: Login.ldap({
      server: 'ldap://openldap.directory.svc',
      searchBase: 'ou=people,dc=example,dc=com',
      bindUser: 'cn=airflow,dc=example,dc=com',
      bindPassword: { secretName: 'airflow-ldap' },
      roles: { 'cn=data-platform,ou=groups,dc=example,dc=com': ['Admin'] },
      defaultRole: 'Viewer',
    }),
  },
  'users of Keycloak, which decides what they may do': {
    login: Login.keycloak({
      serverUrl: 'https://id.example.com',
      realm: 'company',
      clientId: 'airflow',
      clientSecret: { secretName: 'airflow-keycloak' },
    }),
    requirements: Requirements.fromList(['apache-airflow-providers-keycloak>=0.11']),
  },
  'plugins, settings and files': {
    plugins: Files.fromMap({ 'shop/__init__.py': Content.fromText(''), 'shop_plugin.py': Content.fromText('NAME = "{{ a }}"\n') }),
    localSettings: Content.fromText('def task_policy(task):\n    pass\n'),
    webserverConfig: Content.fromText('WTF_CSRF_ENABLED = True\n'),
    allComponents: { files: { '/etc/shop/settings.yaml': Content.fromText('a: 1\n') } },
    apiServer: { files: { '/etc/login/client-secret': Content.fromSecret({ secretName: 'login', key: 'client-secret' }) } },
    requirements: Requirements.fromText('requests>=2.31\n'),
    secretsBackend: SecretsBackend.vault({ url: 'https://vault.vault.svc:8200', kubernetesRole: 'airflow' }),
    config: { core: { xcom_backend: 'our_settings.XCom' } },
  },
  'a team with pods of its own, and one without': {
    dags: [DAGS[0], { ...DAGS[0], url: 'https://git.example.com/research/models.git' }],
    logs: Logs.pods(),
    teams: {
      guests: { bundles: ['airflow'] },
      research: { bundles: ['models'], executor: Executor.kubernetes() },
    },
  },
  'teams, each with bundles, a broker and workers or pods of its own': {
    dags: DAGS,
    dagBundles: [
      DagBundle.git({ url: 'https://git.example.com/research/models.git', branch: 'main', name: 'models' }),
      DagBundle.image({ name: 'baked', path: '/opt/baked-dags' }),
      DagBundle.s3({ bucket: 'reports' }),
    ],
    requirements: Requirements.fromText('requests>=2.31\n'),
    logs: Logs.pods(),
    teams: {
      finance: { bundles: ['airflow'], executor: Executor.celery({ workers: { replicas: 2 } }) },
      'data-ops': {
        bundles: ['baked'],
        executor: Executor.celery({
          broker: Broker.external({
            host: 'valkey.data.svc.cluster.local',
            password: { secretName: 'my-broker' },
            tls: { ca: CaCertificates.fromConfigMap('my-ca') },
          }),
        }),
      },
      research: { bundles: ['models'], executor: Executor.kubernetes({ tasks: { labels: { 'example.com/team': 'research' } } }) },
    },
  },
  'groups of workers': {
    dags: DAGS,
    requirements: Requirements.fromText('requests>=2.31\n'),
    executor: Executor.celery({
      workers: { replicas: 2, queues: ['default', 'fast'] },
      workerGroups: {
        gpu: {
          concurrency: 1,
          gracePeriod: Duration.hours(1),
          resources: { extendedResources: { 'nvidia.com/gpu': 1 } },
          placement: {
            nodeSelector: { accelerator: 'nvidia' },
            tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
          },
          labels: { 'example.com/team': 'vision' },
          serviceAccount: ServiceAccount.create({ annotations: { 'example.com/role': 'models' } }),
          files: { '/etc/models.yaml': Content.fromText('models: []\n') },
          probes: { liveness: { period: Duration.seconds(90) } },
          strategy: DeploymentStrategy.rollingUpdate({ maxSurge: '0', maxUnavailable: '1' }),
        },
        reports: {
          queues: ['reports', 'nightly'],
          autoscaling: Autoscaling.cpu({ maxReplicas: 3 }),
          podParts: [{ containers: [helper('beside-reports')] }],
        },
      },
    }),
  },
  'a database of the user’s, with TLS': {
    database: Database.external({
      host: 'db.data.svc.cluster.local',
      userSecret: { secretName: 'my-database' },
      password: { secretName: 'my-database' },
      tls: { ca: CaCertificates.fromConfigMap('my-ca'), clientCertificateSecretName: 'my-client' },
      destination: NetworkDestination.namespace('data', [5432]),
    }),
  },
  'a broker of the user’s, with TLS': {
    executor: Executor.celery({
      broker: Broker.external({
        host: 'valkey.data.svc.cluster.local',
        password: { secretName: 'my-broker' },
        databaseNumber: 1,
        tls: { ca: CaCertificates.fromConfigMap('my-ca') },
      }),
    }),
  },
  'a database of which a Secret has the URL, and a broker whose volume goes with it': {
    database: Database.fromUrl({ secret: { secretName: 'my-url', key: 'url' }, destination: NetworkDestination.anywhere([5432]) }),
    executor: Executor.celery({
      broker: Broker.builtIn({ volumeRetention: VolumeRetention.DELETE }),
      visibilityTimeout: Duration.hours(48),
    }),
  },
  'connections that are shared, and a database that is backed up': {
    pgBouncer: { replicas: 2, poolSize: 10, maxClientConnections: 500, parameters: { query_wait_timeout: '60' } },
    database: Database.builtIn({ backup: { keep: 14, store: BackupStore.volume({ storageSize: '20Gi' }), beforeMigration: true } }),
  },
  'dumps in a bucket': {
    caCertificates: CaCertificates.fromConfigMap('company-ca'),
    database: Database.builtIn({
      backup: {
        store: BackupStore.s3({
          bucket: 'airflow-backups',
          endpointUrl: 'https://minio.example.com',
          accessKeyId: { secretName: 'minio' },
          secretAccessKey: { secretName: 'minio' },
        }),
        beforeMigration: true,
      },
    }),
  },
  'ids that the platform assigns': {
    dags: DAGS,
    requirements: Requirements.fromText('requests>=2.31\n'),
    allComponents: { securityContext: SecurityContext.assignedByPlatform() },
  },
  'a registry, certificates and a proxy of the company': {
    dags: DAGS,
    requirements: Requirements.fromText('requests>=2.31\n'),
    images: { registry: 'registry.example.com/mirror', pullSecrets: ['registry-login'] },
    caCertificates: CaCertificates.fromConfigMap('company-ca'),
    proxy: { http: 'http://proxy.example.com:3128', noProxy: ['.example.com'], login: { secretName: 'proxy-login' } },
    clusterDomain: 'k8s.example.com',
    allComponents: { initContainerResources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '512Mi' } } },
  },
  'a Fernet key that follows two others': {
    credentials: Credentials.existing({
      fernetKey: { secretName: 'fernet-key-3', key: 'key' },
      formerFernetKeys: [{ secretName: 'fernet-key-2', key: 'key' }, { secretName: 'airflow-fernet-key' }],
    }),
  },
  'Secrets of the user, and no NetworkPolicies': {
    credentials: Credentials.existing({
      fernetKey: { secretName: 'my-fernet', key: 'key' },
      apiSecretKey: { secretName: 'my-api-key', key: 'key' },
      database: { secretName: 'my-database' },
      broker: { secretName: 'my-broker' },
      admin: { secretName: 'my-admin' },
    }),
    networkPolicies: { enabled: false },
  },
};

/** Those that charts refuse in a sentence, by what the name of the chart begins with. */
const REFUSED: { readonly [chart: string]: readonly string[] } = {
  'official-': ['pods of tasks that are deleted'],
  'official-1.18': [
    'a database of which a Secret has the URL, and a broker whose volume goes with it',
    'teams, each with bundles, a broker and workers or pods of its own',
    'groups of workers',
  ],
  'bitnami-': [
    'groups of workers',
    'a team with pods of its own, and one without',
    'teams, each with bundles, a broker and workers or pods of its own',
    'logs in a search engine with TLS',
    'logs on a volume of the user’s',
    'packages on a volume that pods share',
    'pods of tasks that are deleted',
  ],
  // Airflow 2.
  'bitnami-22': ['DAGs from everywhere', 'plugins, settings and files', 'pods of tasks', 'workers and pods of tasks'],
};

/** Those that go together with a chart, by its name: none has backups or PgBouncer by the prop or reads former Fernet keys, and Bitnami's has a user with a password, and metrics by values of its own. */
export function variantsOf(chart: string): string[] {
  const refused = Object.entries(REFUSED).flatMap(([start, names]) => (chart.startsWith(start) ? names : []));
  return Object.keys(VARIANTS).filter((name) => {
    const { credentials, database, login, metrics, pgBouncer } = VARIANTS[name];
    if (refused.includes(name) || pgBouncer || database?._store.server?.backup || credentials?._formerFernetKeys.length) return false;
    return !chart.startsWith('bitnami-') || !(login?._plan.hasPasswords === false || metrics);
  });
}
