import { App, Cron, Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import {
  AirflowChart,
  type AirflowChartProps,
  CaCertificates,
  Connection,
  Content,
  DatabaseEngine,
  Delivery,
  DeploymentStrategy,
  Distribution,
  Executor,
  Files,
  GitCredentials,
  GitSubmodules,
  IngressTls,
  IpFamily,
  Logs,
  NetworkDestination,
  Requirements,
  SecretsBackend,
  SecurityContext,
  ServiceAccount,
  TaskPermission,
  TlsMode,
  VolumeRetention,
} from '../../lib';
import { type Examples, type SettableProp, settableProps } from '../support/assembly-props';
import { helperContainer } from '../support/helper-container';

// A prop that is dropped in silence is found: with an example of each prop of the package the manifests are others, or synth ends with an
// error that names the prop. The charts are not rendered: their values are in the manifests.

const EXAMPLES: Examples = {
  values: {
    'AirflowChartProps.namespace': 'data',
    'AirflowChartProps.createNamespace': false,
    'AirflowProps.distribution': Distribution.builtIn(),
    'AirflowProps.name': 'team',
    'AirflowProps.airflowVersion': '3.2.0',
    'AirflowProps.config': { core: { parallelism: '64' } },
    'AirflowProps.connections': { shop: Connection.fromSecret({ secretName: 'shop', key: 'uri' }) },
    'AirflowProps.variables': { stage: Content.fromText('production') },
    'AirflowProps.plugins': Files.fromMap({ 'a.py': Content.fromText('a = 1') }),
    'AirflowProps.localSettings': Content.fromText('a = 1'),
    'AirflowProps.webserverConfig': Content.fromText('a = 1'),
    'AirflowProps.secretsBackend': SecretsBackend.vault({ url: 'https://vault.example.com', kubernetesRole: 'airflow' }),
    'AirflowProps.pools': { etl: { slots: 4 } },
    'ScheduleProps.schedule': Cron.daily(),
    'ScheduleProps.timeZone': 'Europe/Berlin',
    'DatabaseCleanupProps.retention': Duration.days(7),
    'DatabaseCleanupProps.tables': ['xcom'],
    'DatabaseCleanupProps.keepArchives': true,
    'AirflowProps.users': [{ username: 'eve', email: 'eve@example.com', roles: ['Viewer'], password: { secretName: 'eve' } }],
    'AirflowProps.logRetention': Duration.days(3),
    'AirflowProps.requirements': Requirements.fromList(['pandas']),
    'AirflowProps.taskPermissions': [TaskPermission.kubernetesPodOperator('jobs')],
    'Executor.several': Executor.several(Executor.celery(), Executor.kubernetes()),
    'KubernetesExecutorProps.podsCreationBatchSize': 4,
    'KubernetesExecutorProps.deletePodsOnFailure': true,
    'LocalExecutorProps.gracePeriod': Duration.minutes(3),

    'ComponentProps.labels': { team: 'data' },
    'ComponentProps.annotations': { 'example.com/team': 'data' },
    'ComponentProps.egress': [NetworkDestination.namespace('monitoring', [], [9125])],
    'ComponentProps.env': { TZ: EnvValue.fromValue('UTC') },
    'ComponentProps.runtimeClassName': 'gvisor',
    'ComponentProps.hostAliases': [{ ip: '10.0.0.7', hostnames: ['git.example.com'] }],
    'ComponentProps.dnsPolicy': 'Default',
    'ComponentProps.dnsConfig': { options: [{ name: 'ndots', value: '2' }] },
    'SecurityContext.assignedByPlatform': SecurityContext.assignedByPlatform(),
    'SecurityContextProps.runAsUser': 10001,
    'SecurityContextProps.runAsGroup': 7,
    'SecurityContextProps.fsGroup': 7,
    'SecurityContextProps.supplementalGroups': [7],
    'SeLinuxProps.level': 's0:c1',
    'SeLinuxProps.type': 'container_t',
    'LastingComponentProps.revisionHistoryLimit': 3,
    'LastingComponentProps.terminationGracePeriod': Duration.minutes(2),
    'DeploymentStrategy.recreate': DeploymentStrategy.recreate(),
    'RollingUpdateProps.maxSurge': '2',
    'RollingUpdateProps.maxUnavailable': '2',
    'ProbeProps.enabled': false,
    'ProbeProps.initialDelay': Duration.seconds(7),
    'ProbeProps.period': Duration.seconds(7),
    'ProbeProps.timeout': Duration.seconds(7),
    'ProbeProps.failureThreshold': 7,
    'ComponentProps.files': { '/etc/extra': Content.fromText('a: 1') },
    'ReplicatedComponentProps.replicas': 2,
    'WorkersProps.concurrency': 2,
    'WorkersProps.gracePeriod': Duration.minutes(3),
    'WorkersProps.queues': ['default', 'fast'],
    'CeleryExecutorProps.workerGroups': { gpu: { concurrency: 1 } },
    'KedaAutoscalingProps.minReplicas': 2,
    'KedaAutoscalingProps.maxReplicas': 4,
    'KedaAutoscalingProps.pollingInterval': Duration.seconds(10),
    'KedaAutoscalingProps.cooldownPeriod': Duration.minutes(1),
    'KedaAutoscalingProps.operatorNamespace': 'scaling',
    'CpuAutoscalingProps.minReplicas': 2,
    'CpuAutoscalingProps.maxReplicas': 4,
    'CpuAutoscalingProps.targetUtilization': 50,
    'DataStoreProps.labels': { team: 'data' },
    'DataStoreProps.annotations': { 'example.com/team': 'data' },
    'DataStoreProps.storageSize': '20Gi',
    'DataStoreProps.storageClassName': 'fast',
    'DataStoreProps.volumeRetention': VolumeRetention.DELETE,
    'PostgresqlProps.parameters': { max_connections: '300' },
    'ExternalDatabaseProps.engine': DatabaseEngine.MYSQL,
    'ExternalDatabaseProps.host': 'other.example.com',
    'ExternalDatabaseProps.port': 5433,
    'ExternalDatabaseProps.name': 'other',
    'ExternalDatabaseProps.user': 'other',
    'ExternalDatabaseProps.destination': NetworkDestination.namespace('data'),
    'DatabaseUrlProps.engine': DatabaseEngine.MYSQL,
    'DatabaseUrlProps.destination': NetworkDestination.namespace('data'),
    'DatabaseTlsProps.mode': TlsMode.REQUIRE,
    'TlsProps.clientCertificateSecretName': 'airflow-client',
    'CaCertificates.fromConfigMap': CaCertificates.fromConfigMap('company-ca'),
    'CloudNativePgProps.cluster': 'other',
    'CloudNativePgClusterProps.name': 'other',
    'CloudNativePgClusterProps.instances': 3,
    'CloudNativePgClusterProps.storageSize': '20Gi',
    'CloudNativePgClusterProps.storageClassName': 'fast',
    'CloudNativePgClusterProps.parameters': { max_connections: '300' },

    'AirflowProps.ipFamily': IpFamily.IPV6,
    'AirflowProps.clusterDomain': 'k8s.example.com',
    'ProxyProps.http': 'http://other.example.com:3128',
    'ProxyProps.https': 'http://other.example.com:3128',
    'ProxyProps.noProxy': ['.example.com'],
    'GitSyncOptions.env': { GIT_TRACE: EnvValue.fromValue('1') },
    'GitSyncOptions.volumeMounts': [{ name: 'git-dags', mountPath: '/also' }],
    'ImagesProps.registry': 'registry.example.com/mirror',
    'ImagesProps.pins': { 'docker.io/apache/airflow:3.3.2': `sha256:${'0'.repeat(64)}` },
    'ImagesProps.pullSecrets': ['registry'],
    'CeleryExecutorProps.visibilityTimeout': Duration.hours(48),
    'ExternalBrokerProps.host': 'other.example.com',
    'ExternalBrokerProps.port': 6380,
    'ExternalBrokerProps.destination': NetworkDestination.namespace('data'),
    'ExternalRedisProps.user': 'other',
    'ExternalRedisProps.databaseNumber': 2,
    'RabbitMqProps.user': 'other',
    'RabbitMqProps.virtualHost': 'other',
    'RedisSentinelProps.sentinels': ['other.example.com'],
    'RedisSentinelProps.sentinelPort': 26380,
    'RedisSentinelProps.masterName': 'other',
    'RedisSentinelProps.databaseNumber': 2,
    'RedisSentinelProps.destination': NetworkDestination.namespace('data'),
    'BrokerUrlProps.destination': NetworkDestination.namespace('data'),
    'ImageProps.repository': 'registry.example.com/image',
    'ImageProps.tag': '3.2.0',
    'ImageProps.digest': `sha256:${'0'.repeat(64)}`,
    'ImageProps.pullPolicy': 'Always',
    'ImageProps.pullSecrets': ['registry'],
    'ResourceAmount.cpu': '300m',
    'ResourceAmount.memory': '900Mi',
    'ResourceAmount.ephemeralStorage': '2Gi',
    'PlacementProps.nodeSelector': { disk: 'ssd' },
    'PlacementProps.tolerations': [{ key: 'batch', operator: 'Exists' }],
    'PlacementProps.affinity': { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    'PlacementProps.topologySpreadConstraints': [
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} },
    ],
    'PlacementProps.priorityClassName': 'high',

    'PodPart.initContainers': [helperContainer('extra')],
    'PodPart.containers': [helperContainer('extra')],
    'PodPart.volumes': [{ name: 'extra', emptyDir: { sizeLimit: '1Gi' } }],
    'PodPart.volumeMounts': [{ name: 'extra', mountPath: '/extra' }],
    'PodPart.imagePullSecrets': [{ name: 'registry' }],
    'PodPart.env': [{ name: 'EXTRA', value: '1' }],
    'PodPart.envFrom': [{ configMapRef: { name: 'settings' } }],
    'PodPart.annotations': { 'example.com/part': 'extra' },
    'ServiceAccount.existing': ServiceAccount.existing('mine'),
    'ServiceAccountProps.name': 'mine',
    'ServiceAccountProps.annotations': { 'example.com/role': 'airflow' },
    'ServiceAccountProps.labels': { team: 'data' },

    'TriggererProps.enabled': false,
    'AdminUserProps.enabled': false,
    'S3LogsProps.bucket': 'logs',
    'S3LogsProps.folder': 'team/logs',
    'S3LogsProps.connection': Connection.fromSecret({ secretName: 's3', key: 'uri' }),
    'S3LogsProps.destination': NetworkDestination.namespace('minio', [9000]),
    'GcsLogsProps.bucket': 'logs',
    'GcsLogsProps.folder': 'team/logs',
    'GcsLogsProps.connection': Connection.fromSecret({ secretName: 'gcs', key: 'uri' }),
    'GcsLogsProps.destination': NetworkDestination.cidr('10.20.0.0/16', [443]),
    'AzureBlobLogsProps.container': 'logs',
    'AzureBlobLogsProps.folder': 'wasb-logs',
    'AzureBlobLogsProps.connection': Connection.fromSecret({ secretName: 'azure', key: 'uri' }),
    'AzureBlobLogsProps.destination': NetworkDestination.cidr('10.20.0.0/16', [443]),
    'Logs.volume': Logs.volume('airflow-logs'),

    'AdminUserProps.username': 'ada',
    'AdminUserProps.email': 'ada@example.com',
    'AdminUserProps.firstName': 'Ada',
    'AdminUserProps.lastName': 'Lovelace',
    'SecretKey.secretName': 'other',
    'SecretKey.key': 'other',
    'NetworkPoliciesProps.enabled': false,
    'NetworkPoliciesProps.taskEgress': [NetworkDestination.cidr('10.20.0.0/16')],
    'NetworkPoliciesProps.dns': [NetworkDestination.cidr('169.254.20.10/32', [53], [53])],
    'NetworkPoliciesProps.kubernetesApi': ['192.0.2.10/32'],

    'GitRepository.url': 'https://gitlab.example.com/team/other.git',
    'GitRepository.branch': 'main',
    'GitRepository.ref': 'v1.2.3',
    'GitRepository.path': 'dags',
    'GitRepository.name': 'etl',
    'GitRepository.period': Duration.minutes(1),
    'GitRepository.depth': 0,
    'GitRepository.submodules': GitSubmodules.OFF,
    'GitRepository.credentials': GitCredentials.token({ secretName: 'gitlab-dags' }),
    'GitRepository.timeout': Duration.minutes(10),
    'GitRepository.sparseCheckout': ['/dags/'],
    'GitRepository.filter': 'blob:none',
    'GitRepository.egress': [NetworkDestination.namespace('gitlab', [8181])],
    'GitSyncOptions.maxFailures': 3,
    'DagBundleOptions.name': 'other',
    'DagBundleOptions.refreshInterval': Duration.minutes(1),
    'AirflowProps.dagProcessorGroups': { finance: { bundles: ['dags'] } },
    'GitDagBundleProps.url': 'https://gitlab.example.com/team/other.git',
    'GitDagBundleProps.branch': 'main',
    'GitDagBundleProps.ref': 'v1.2.3',
    'GitDagBundleProps.path': 'dags',
    'GitDagBundleProps.credentials': GitCredentials.token({ secretName: 'gitlab-dags' }),
    'GitDagBundleProps.connectionId': 'gitlab',
    'GitDagBundleProps.submodules': true,
    'GitDagBundleProps.sparseDirectories': ['dags'],
    'GitDagBundleProps.egress': [NetworkDestination.namespace('gitlab', [8181])],
    'ObjectStoreDagBundleProps.bucket': 'other',
    'ObjectStoreDagBundleProps.prefix': 'finance',
    'ObjectStoreDagBundleProps.connectionId': 'store',
    'ObjectStoreDagBundleProps.egress': [NetworkDestination.namespace('minio', [9000])],
    'ImageDagBundleProps.path': '/opt/other',
    'VolumeDagBundleProps.claimName': 'other',
    'VolumeDagBundleProps.path': 'dags',
    'GitSyncOptions.args': ['--git-gc=off'],

    'IngressOptions.host': 'other.example.com',
    'IngressOptions.additionalHosts': ['other.example.com'],
    'IngressOptions.address': 'https://airflow.example.com:8443',
    'IngressOptions.path': '/airflow',
    'IngressOptions.pathType': 'ImplementationSpecific',
    'IngressOptions.className': 'nginx',
    'IngressOptions.annotations': { 'example.com/timeout': '60' },
    'IngressOptions.controllerNamespace': 'ingress-nginx',
    'ExternalServiceProps.sourceRanges': ['10.20.0.0/16'],
    'ExternalServiceProps.port': 8081,
    'ExternalServiceProps.annotations': { 'example.com/subnet': 'inner' },
    'NodePortProps.nodePort': 30080,
    'LoadBalancerProps.loadBalancerClass': 'example.com/inner',
    'IngressTls.secret': IngressTls.secret('certificate'),
    'IngressTls.secretsByHost': IngressTls.secretsByHost({ 'airflow.example.com': 'certificate' }),
    'IngressTls.terminatedElsewhere': IngressTls.terminatedElsewhere(),
    'CertManagerProps.issuer': 'other',
    'CertManagerProps.clusterIssuer': false,
    'CertManagerProps.secretName': 'certificate',
  },
  needed: {
    AirflowChartProps: {
      dags: [{ url: 'https://gitlab.git.svc.k8s.example.com/team/dags.git' }],
      requirements: Requirements.fromList(['requests']),
    },
    CpuAutoscalingProps: { maxReplicas: 3 },
    KedaAutoscalingProps: { maxReplicas: 3 },
    // The example of a request is above the limit of some.
    ResourcesProps: { limits: { memory: '4Gi' } },
    ProxyProps: { http: 'http://proxy.example.com:3128' },
    PodPart: { volumes: [{ name: 'extra', emptyDir: {} }] },
    S3LogsProps: { bucket: 'airflow-logs' },
    GcsLogsProps: { bucket: 'airflow-logs' },
    AzureBlobLogsProps: { container: 'airflow-logs', connection: Connection.fromSecret({ secretName: 'wasb', key: 'uri' }) },
    SecretKey: { secretName: 'mine' },
    ExternalDatabaseProps: { host: 'db.example.com', password: { secretName: 'mine' } },
    DatabaseUrlProps: { secret: { secretName: 'mine' }, destination: NetworkDestination.anywhere([5432]) },
    ExternalRedisProps: { host: 'redis.example.com', password: { secretName: 'mine' } },
    RabbitMqProps: { host: 'mq.example.com', password: { secretName: 'mine' } },
    RedisSentinelProps: {
      sentinels: ['a.example.com'],
      masterName: 'main',
      password: { secretName: 'mine' },
      destination: NetworkDestination.anywhere(),
    },
    BrokerUrlProps: { secret: { secretName: 'mine' }, destination: NetworkDestination.anywhere([6379]) },
    CloudNativePgProps: { cluster: 'db' },
    CloudNativePgClusterProps: { name: 'db' },
    GitRepository: { url: 'https://gitlab.example.com/team/dags.git' },
    GitDagBundleProps: { url: 'https://gitlab.example.com/team/etl.git' },
    ObjectStoreDagBundleProps: { bucket: 'etl' },
    ImageDagBundleProps: { path: '/opt/etl' },
    VolumeDagBundleProps: { claimName: 'etl' },
    IngressOptions: { host: 'airflow.example.com' },
    CertManagerProps: { issuer: 'letsencrypt' },
  },
};

const DISTRIBUTIONS: { readonly [name: string]: Distribution } = {
  'the built-in distribution': Distribution.builtIn(),
  'the official chart': Distribution.officialChart({ version: '1.20.0', delivery: Delivery.argoApplication() }),
  'the Bitnami chart': Distribution.bitnamiChart({ version: '25.1.0', delivery: Delivery.argoApplication() }),
};

/** What the others are tried on, and what is the default. */
const UNTRIED = ['AirflowProps.distribution', 'Credentials.generated'];
/** They are set as apiServer is, which is tried. */
const ALIKE = /^(scheduler|dagProcessor|triggerer)\.(?!enabled)/;

const PROPS = settableProps('AirflowChartProps', EXAMPLES).filter(({ name, path }) => !UNTRIED.includes(name) && !ALIKE.test(path));

test('there is an example for each prop of the package, and for nothing else', () => {
  // GIVEN
  const names = PROPS.map(({ name }) => name);

  // THEN
  expect(PROPS.filter(({ tried }) => !tried).map(({ name }) => name)).toEqual([]);
  expect(Object.keys(EXAMPLES.values).filter((name) => ![...names, ...UNTRIED].includes(name))).toEqual([]);
});

describe.each(Object.entries(DISTRIBUTIONS))('%s', (_name, distribution) => {
  /** By the struct and where it is. */
  const withoutProp = new Map<string, Synthesis>();

  test.each(PROPS.filter(({ tried }) => tried).map((prop) => [prop.path, prop.name, prop] as const))(
    'follows %s (%s), or says that it does not',
    (path, name, prop) => {
      // GIVEN
      const { tried } = prop as Required<SettableProp>;
      const place = [name.split('.')[0], path.replace(/\.?[^.]+$/, '')].join();
      const before = withoutProp.get(place) ?? synth({ ...tried.without, distribution });
      withoutProp.set(place, before);

      // WHEN
      const after = synth({ ...tried.with, distribution });

      // THEN
      if (after.errors.length > 0) {
        expect(after.errors.filter((error) => !isAbout(error, path))).toEqual([]);
      } else {
        expect(before.errors).toEqual([]);
        expect(after.manifests).not.toBe(before.manifests);
      }
    },
  );
});

interface Synthesis {
  readonly manifests: string;
  readonly errors: readonly string[];
}

function synth(props: AirflowChartProps): Synthesis {
  const app = new App();
  const { airflow } = new AirflowChart(app, 'airflow', props);
  airflow.declareExisting('ConfigMap', 'settings');
  airflow.declareExisting('Secret', 'registry');
  try {
    return { manifests: app.synthYaml(), errors: [] };
  } catch (error) {
    return { manifests: '', errors: (error as Error).message.split('\n').slice(1) };
  }
}

/** Whether an error names the prop, what it is in, or what is in it. */
function isAbout(error: string, path: string): boolean {
  const place = /^ *\[[^\]]+\] (.+?): /.exec(error)?.[1] ?? '';
  return place.startsWith(path) || [`${place}.`, `${place}[`].some((start) => path.startsWith(start));
}
