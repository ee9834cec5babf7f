import { Cron, Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import fc from 'fast-check';
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
  type DatabaseBackupProps,
  DatabaseEngine,
  type DataStoreProps,
  DeploymentStrategy,
  Executor,
  ExternalService,
  Files,
  type FlowerProps,
  GitCredentials,
  GitSubmodules,
  IngressTls,
  IpFamily,
  Login,
  Logs,
  Metrics,
  MetricsScraping,
  NetworkDestination,
  type NetworkPoliciesProps,
  type PlacementProps,
  Requirements,
  SecretsBackend,
  SecurityContext,
  ServiceAccount,
  TaskPermission,
  VolumeRetention,
  type WorkersProps,
} from '../../lib';

// Whole AirflowCharts, put together by chance from all that props can ask for on the built-in distribution. Most values are right, some are not.

/** Each prop may be there or not. */
function some<Props extends object>(props: { [Prop in keyof Props]?: fc.Arbitrary<Exclude<Props[Prop], undefined>> }): fc.Arbitrary<Props> {
  return fc.record(props as object, { requiredKeys: [] }) as unknown as fc.Arbitrary<Props>;
}

/** The first as a rule, the second now and then: it leaves other props without a meaning. */
function seldom<Value>(rule: fc.Arbitrary<Value>, exception: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 14, arbitrary: rule }, { weight: 1, arbitrary: exception });
}

/** One of these; the last, which is wrong, is rare. */
function mostly<Value>(...values: readonly Value[]): fc.Arbitrary<Value> {
  const [wrong, ...right] = [...values].reverse();
  return fc.oneof({ weight: 400, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: fc.constant(wrong) });
}

const SECRET = { secretName: 'mine', key: 'key' };
const text = (...values: string[]) => fc.constantFrom(...values);
const duration = fc.constantFrom(Duration.seconds(1), Duration.seconds(90), Duration.hours(3));
const labels = fc.dictionary(text('team', 'example.com/stage', 'cost'), text('data', 'a.b_c', ''), { maxKeys: 2, noNullPrototype: true });
const resources = some({
  requests: some({ cpu: mostly('50m', '0.5', '1', 'much'), memory: text('300Mi', '1Gi', '64M') }),
  limits: some({ cpu: text('2', '1500m'), memory: mostly('2Gi', '3G', '1Ki') }),
});
const env = fc.dictionary(
  mostly('TZ', 'GREETING', 'HTTPS_PROXY', 'PYTHONPATH', 'AIRFLOW__CORE__EXECUTOR'),
  fc.constantFrom(EnvValue.fromValue('UTC'), EnvValue.fromValue(''), EnvValue.fromValue('http://proxy.example.com:3128')),
  { maxKeys: 2, noNullPrototype: true },
);
const placement = some<PlacementProps>({
  nodeSelector: fc.constant({ disk: 'ssd' }),
  tolerations: fc.constantFrom([{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }], [{ operator: 'Exists' }]),
  topologySpreadConstraints: fc.constant([
    { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} },
  ]),
  priorityClassName: text('system-node-critical'),
});
const part = (name: string) =>
  fc.constantFrom(
    { volumes: [{ name, emptyDir: {} }], volumeMounts: [{ name, mountPath: `/${name}` }] },
    { env: [{ name: name.toUpperCase(), value: '1' }], annotations: { [`example.com/${name}`]: 'x' } },
  );
const destination = fc.constantFrom(
  NetworkDestination.cidr('10.20.0.0/16', [5432]),
  NetworkDestination.namespace('warehouse'),
  NetworkDestination.anywhere([443]),
);
const content = fc.constantFrom(
  Content.fromText('x: "y"'),
  Content.fromSecret(SECRET),
  Content.fromConfigMap({ configMapName: 'mine', key: 'key' }),
);
const component = {
  resources,
  labels,
  annotations: labels,
  env,
  placement,
  image: some({
    tag: mostly('3.3.2', '3.2.0', 'latest'),
    pullPolicy: text('Always', 'IfNotPresent'),
    pullSecrets: fc.constant(['registry']),
  }),
  podParts: fc.array(part('own'), { maxLength: 1 }),
  serviceAccount: fc.constantFrom(ServiceAccount.create({ annotations: { 'example.com/role': 'x' } }), ServiceAccount.existing('mine')),
  dnsPolicy: mostly('ClusterFirst', 'ClusterFirstWithHostNet', 'Sometimes'),
  dnsConfig: fc.constant({ options: [{ name: 'ndots', value: '2' }] }),
  hostAliases: mostly([{ ip: '10.0.0.7', hostnames: ['ldap.example.com'] }], [{ ip: 'ten', hostnames: ['ldap.example.com'] }]),
  runtimeClassName: text('gvisor'),
  securityContext: fc.oneof(
    some({
      runAsUser: mostly(1000, 10001, 0),
      runAsGroup: fc.constantFrom(0, 2000),
      fsGroup: fc.constant(2000),
      supplementalGroups: fc.constant<number[]>([3000]),
      seLinuxOptions: fc.constant({ level: 's0:c1,c2', type: 'container_t' }),
    }).map((props) => SecurityContext.withIds(props)),
    fc.constant(SecurityContext.assignedByPlatform()),
  ),
  files: fc.dictionary(mostly('/etc/shop/a.yaml', '/etc/shop/b', 'c.yaml'), content, { maxKeys: 2, noNullPrototype: true }),
  initContainerResources: some({ limits: some({ cpu: text('1'), memory: mostly('512Mi', '1Gi', '1Ki') }) }),
  egress: fc.array(destination, { maxLength: 2 }),
};
const lasting = {
  ...component,
  probes: some({
    startup: some({ initialDelay: duration, failureThreshold: fc.integer({ min: 1, max: 99 }) }),
    liveness: some({ period: duration, timeout: duration, failureThreshold: fc.integer({ min: 1, max: 9 }) }),
  }),
  strategy: fc.constantFrom(DeploymentStrategy.recreate(), DeploymentStrategy.rollingUpdate({ maxSurge: '1', maxUnavailable: '0' })),
  revisionHistoryLimit: mostly(0, 3, -1),
};
const withGrace = { ...lasting, terminationGracePeriod: duration };
const joined = (...parts: fc.Arbitrary<object>[]) => fc.tuple(...parts).map((each) => Object.assign({}, ...each));
const replicas = mostly(1, 2, 3, 0);
const cpu = fc
  .record({ minReplicas: fc.integer({ min: 1, max: 2 }), maxReplicas: fc.integer({ min: 2, max: 5 }) })
  .map((props) => Autoscaling.cpu(props));
const keda = fc
  .tuple(
    fc.integer({ min: 2, max: 5 }),
    fc.oneof(
      fc.record({ minReplicas: mostly(1, 2, 9) }),
      joined(
        fc.constant({ minReplicas: 0 }),
        some({ pollingInterval: fc.constant(Duration.seconds(30)), cooldownPeriod: fc.constant(Duration.hours(4)) }),
      ),
    ),
  )
  .map(([maxReplicas, props]) => Autoscaling.keda({ maxReplicas, ...props }));
const scaled = fc.oneof(some({ replicas }), fc.record({ autoscaling: cpu }));

const workers: fc.Arbitrary<WorkersProps> = joined(
  some(lasting),
  fc.oneof(scaled, fc.record({ autoscaling: keda })),
  some({ concurrency: mostly(1, 16, 0), gracePeriod: duration, queues: mostly(['default'], ['default', 'fast'], ['fast']) }),
);
const groups = fc.dictionary(mostly('gpu', 'slow', 'A B'), workers, { maxKeys: 2, noNullPrototype: true });
const store = some<DataStoreProps>({
  storageSize: mostly('2Gi', '20Gi', 'big'),
  storageClassName: text('standard'),
  labels,
  annotations: fc.constant({ 'example.com/note': 'a {{ b }}' }),
  placement,
  resources: fc.constant({}),
  image: fc.constant({ pullSecrets: ['registry'] }),
  volumeRetention: fc.constantFrom(VolumeRetention.DELETE, VolumeRetention.RETAIN),
  securityContext: fc.constant(SecurityContext.withIds({ runAsUser: 10002 })),
});
const flower = joined(
  some({ ...withGrace, ingress: fc.constant({ host: 'flower.example.com' }) }),
  fc.constant({ basicAuth: SECRET }),
) as fc.Arbitrary<FlowerProps>;
const ca = fc.constantFrom(CaCertificates.fromConfigMap('company-ca'), CaCertificates.fromSecret({ secretName: 'company-ca' }));
const storeTls = some({ ca, clientCertificateSecretName: text('client') });
const elsewhere = fc.constantFrom(NetworkDestination.cidr('10.9.0.0/16', [5432, 6379]), NetworkDestination.namespace('data'));
const broker = fc.oneof(
  store.map((props) => Broker.builtIn(props)),
  some({ tls: storeTls, databaseNumber: mostly(0, 3, -1), destination: elsewhere }).map((props) =>
    Broker.external({ host: 'valkey.example.com', password: { secretName: 'broker' }, ...props }),
  ),
  some({ databaseNumber: fc.constant(2), password: fc.constant({ secretName: 'broker' }), tls: storeTls, sentinelTls: storeTls }).map(
    (props) =>
      Broker.redisSentinel({
        sentinels: ['a.example.com', 'b.example.com'],
        masterName: 'mymaster',
        destination: NetworkDestination.cidr('10.9.0.0/16'),
        ...props,
      }),
  ),
  some({ virtualHost: text('/', 'airflow'), tls: storeTls }).map((props) =>
    Broker.rabbitMq({ host: 'rabbit.data.svc', user: 'airflow', password: { secretName: 'broker' }, ...props }),
  ),
  elsewhere.map((destination) => Broker.fromUrl({ secret: { secretName: 'broker' }, destination })),
);
const celery = some({ workers, workerGroups: groups, flower, broker }).map((props) => Executor.celery(props));
const kubernetes = some({
  tasks: some(component),
  podsCreationBatchSize: fc.integer({ min: 1, max: 64 }),
  deletePodsOnFailure: fc.boolean(),
  podCleanup: some({ schedule: fc.constant(Cron.hourly()), completedTime: fc.constant(Duration.hours(1)) }),
}).map((props) => Executor.kubernetes(props as object));
const executor = fc.oneof(
  celery,
  kubernetes,
  fc.tuple(celery, kubernetes).map(([first, second]) => Executor.several(first, second)),
  fc.tuple(kubernetes, celery).map(([first, second]) => Executor.several(first, second)),
  some({ gracePeriod: duration }).map((props) => Executor.local(props)),
);
/** A second executor of a kind is one of a team. */
const ofTeam = fc.oneof(
  some({ workers }).map((props) =>
    Executor.celery({ ...props, broker: Broker.external({ host: 'redis.example.com', password: { secretName: 'team-broker' } }) }),
  ),
  some({ tasks: some(component) }).map((props) => Executor.kubernetes(props as object)),
);
const repository = (name: string) =>
  fc.oneof(
    some({
      branch: text('main', 'release/1'),
      path: mostly('dags', 'a/b', '../dags'),
      depth: fc.constantFrom(0, 1),
      period: duration,
      timeout: duration,
      submodules: fc.constantFrom(GitSubmodules.OFF, GitSubmodules.SHALLOW),
      sparseCheckout: mostly(['/dags/', '/a/'], ['/dags/'], []),
      filter: mostly('blob:none', 'tree:0', 'everything'),
      egress: fc.array(destination, { minLength: 1, maxLength: 1 }),
    }).map((props) => ({
      url: `https://git.example.com/data/${name}.git`,
      credentials: GitCredentials.token({ secretName: 'gitlab' }),
      ...props,
    })),
    fc.constant({
      url: `git@git.example.com:data/${name}.git`,
      credentials: GitCredentials.sshKey({ secretName: 'key', knownHostsKey: 'known_hosts' }),
    }),
  );
const connection = fc.constantFrom(
  Connection.fromSecret({ secretName: 'shop', key: 'uri' }),
  Connection.fromParts({ type: 'postgres', host: 'db', secrets: { password: { secretName: 'shop' } } }),
);

const backupStore = fc.constantFrom(
  BackupStore.volume({ storageSize: '2Gi' }),
  BackupStore.claim('dumps'),
  BackupStore.s3({ bucket: 'dumps' }),
  BackupStore.s3({ bucket: 'dumps', accessKeyId: { secretName: 's3' }, secretAccessKey: { secretName: 's3' } }),
);

const OPEN_SEARCH = Logs.openSearch({ url: 'https://search.example.com', user: 'airflow', password: { secretName: 'opensearch' } });

/** Versions of APIs that operators bring, which a cluster need not have. */
export const OF_OPERATORS = /^(external-secrets\.io|postgresql\.cnpg\.io|gateway\.networking\.k8s\.io|keda\.sh|monitoring\.coreos\.com)\//;

export const DRAWN_PROPS: fc.Arbitrary<AirflowChartProps> = some<AirflowChartProps>({
  namespace: text('data'),
  createNamespace: fc.boolean(),
  name: mostly('airflow', 'team-a', 'Team A'),
  distribution: fc.constant(undefined as never),
  airflowVersion: seldom(text('3.3.2'), mostly('3.1.0', '2.10.0')),
  images: some({ registry: mostly('registry.example.com/mirror', 'mirror'), pullSecrets: fc.constant(['registry', 'mirror']) }),
  executor,
  pgBouncer: some({ replicas: mostly(1, 2, 0), poolSize: fc.constant(5), parameters: fc.constant({ query_wait_timeout: '30' }) }),
  databaseCleanup: some({
    schedule: mostly(Cron.daily(), Cron.weekly(), Cron.schedule({ hour: '25' })),
    retention: fc.constant(Duration.days(30)),
    keepArchives: fc.boolean(),
  }),
  database: fc.oneof(
    fc
      .tuple(store, some<DatabaseBackupProps>({ keep: mostly(7, 14, 0), store: backupStore, beforeMigration: fc.boolean() }))
      .map(([props, backup]) => Database.builtIn({ ...props, ...(Object.keys(backup).length > 0 && { backup }) })),
    some({
      engine: seldom(fc.constant(DatabaseEngine.POSTGRESQL), fc.constant(DatabaseEngine.MYSQL)),
      port: mostly(5433, 0),
      userSecret: fc.constant({ secretName: 'database' }),
      tls: storeTls,
      destination: elsewhere,
    }).map((props) => Database.external({ host: 'db.example.com', password: { secretName: 'database' }, ...props })),
    seldom(
      fc.constant(Database.cloudNativePg({ cluster: 'pg' })),
      elsewhere.map((destination) => Database.fromUrl({ secret: { secretName: 'database' }, destination })),
    ),
    some({ instances: mostly(1, 3, 0), storageSize: text('5Gi') }).map((props) => Database.cloudNativePgCluster({ name: 'pg', ...props })),
  ),
  dags: fc.constantFrom(1, 2).chain((count) => fc.tuple(...['one', 'two'].slice(0, count).map(repository))),
  dagBundles: fc.subarray(
    [
      DagBundle.s3({ bucket: 'dags' }),
      DagBundle.gcs({ bucket: 'dags-eu', prefix: 'a' }),
      DagBundle.image({ path: '/opt/airflow/more' }),
      DagBundle.volume({ claimName: 'shared-dags', path: 'dags' }),
      DagBundle.git({
        name: 'versioned',
        url: 'https://git.example.com/a.git',
        credentials: GitCredentials.token({ secretName: 'gitlab' }),
      }),
    ],
    { minLength: 1 },
  ),
  dagProcessorGroups: fc.constantFrom({ one: { bundles: ['one'], replicas: 2 } }),
  teams: fc
    .record({ bundle: mostly('one', 'none'), name: mostly('finance', 'research', 'AB'), executor: ofTeam })
    .map(({ bundle, name, executor }) => ({ [name]: { bundles: [bundle], executor } })) as never,
  plugins: fc.constant(Files.fromMap({ 'shop.py': Content.fromText('x = 1\n') })),
  localSettings: fc.constant(Content.fromText('x = 1\n')),
  webserverConfig: fc.constant(Content.fromText('AUTH_TYPE = 1\n')),
  gitSync: some({
    resources: fc.constant({ limits: { memory: '512Mi' } }),
    maxFailures: mostly(3, -1),
    args: mostly(['--git-gc=off'], ['--verbose=2'], ['--root=/x']),
    env: fc.constant({ GIT_TRACE: EnvValue.fromValue('1') }),
    securityContext: fc.constant(SecurityContext.withIds({ runAsUser: 1234 })),
  }),
  requirements: fc.constantFrom(
    Requirements.fromList(['requests>=2.31']),
    Requirements.fromList(['requests'], { pipConfig: { secretName: 'pip' }, egress: [NetworkDestination.anywhere([443])] }),
    Requirements.fromText('--index-url https://pypi.example.com/simple\nflask-cors\n'),
    Requirements.fromList(['requests'], { claimName: 'python-packages' }),
  ),
  logRetention: duration,
  logs: fc.constantFrom(
    Logs.s3({ bucket: 'logs' }),
    Logs.gcs({ bucket: 'logs' }),
    Logs.elasticsearch({ url: 'https://search.example.com', apiKey: { secretName: 'elasticsearch' } }),
    Logs.cloudWatch({ logGroupArn: 'arn:aws:logs:eu-central-1:111122223333:log-group:airflow' }),
    OPEN_SEARCH,
    Logs.azureBlob({ container: 'logs', connection: Connection.fromSecret({ secretName: 'wasb', key: 'uri' }) }),
    Logs.volume('logs'),
    Logs.newVolume({ claimName: 'made-logs', storageSize: '5Gi', storageClassName: 'shared' }),
    Logs.pods(),
  ),
  jsonLogs: fc.boolean(),
  metrics: fc.oneof(
    some({
      scraping: fc.constantFrom(
        MetricsScraping.annotations(),
        MetricsScraping.podMonitor(),
        MetricsScraping.serviceMonitor({ labels: { a: 'b' } }),
      ),
      prometheusNamespace: text('monitoring'),
      alerts: fc.constant({}),
      dashboard: fc.constant({}),
      resources: fc.constant({ limits: { memory: '256Mi' } }),
      placement,
    }).map((props) => Metrics.statsd(props)),
    fc
      .record({ endpoint: mostly('http://collector.monitoring:4318', 'collector'), traces: fc.boolean() })
      .map((props) => Metrics.openTelemetry(props)),
  ),
  login: fc.constantFrom(
    Login.passwords(),
    Login.oidc({
      issuer: 'https://id.example.com',
      clientId: 'airflow',
      clientSecret: { secretName: 'oidc' },
      roles: { admins: ['Admin'] },
    }),
    Login.ldap({
      server: 'ldap://openldap.directory.svc',
      searchBase: 'dc=example,dc=com',
      bindUser: 'cn=airflow,dc=example,dc=com',
      bindPassword: { secretName: 'ldap' },
      roles: { 'cn=admins,dc=example,dc=com': ['Admin'] },
    }),
  ),
  secretsBackend: fc.constantFrom(
    SecretsBackend.awsSecretsManager({ region: 'eu-central-1' }),
    SecretsBackend.azureKeyVault({ vaultUrl: 'https://airflow.vault.azure.net' }),
    SecretsBackend.vault({ url: 'https://vault.vault.svc:8200', kubernetesRole: 'airflow' }),
    SecretsBackend.vault({ url: 'https://vault.example.com', token: { secretName: 'vault' } }),
  ),
  caCertificates: ca,
  proxy: some({ noProxy: fc.constant<string[]>(['.example.com']), login: fc.constant({ secretName: 'proxy' }) }).map((props) => ({
    http: 'http://proxy.example.com:3128',
    ...props,
  })),
  clusterDomain: text('k8s.example.com'),
  users: fc.constant([{ username: 'grace', email: 'grace@example.com', roles: ['User'], password: { secretName: 'grace' } }]),
  pools: fc.dictionary(
    text('dbt', 'a b'),
    some({ description: text('x'), includeDeferred: fc.boolean() }).map((pool) => ({ slots: 4, ...pool })),
    {
      maxKeys: 2,
      noNullPrototype: true,
    },
  ),
  ipFamily: fc.constantFrom(IpFamily.IPV4, IpFamily.IPV6),
  taskPermissions: fc.subarray([
    TaskPermission.kubernetesPodOperator(),
    TaskPermission.kubernetesJobOperator('data'),
    TaskPermission.rule({ apiGroups: ['sparkoperator.k8s.io'], resources: ['sparkapplications'], verbs: ['create', 'get'] }),
  ]),
  externalService: fc.oneof(
    some({ nodePort: mostly(30080, 70000) }).map((props) => ExternalService.nodePort(props)),
    some({ sourceRanges: mostly(['10.0.0.0/8', '2001:db8::/32'], []), port: fc.constant(8081) }).map((props) =>
      ExternalService.loadBalancer(props as object),
    ),
  ),
  httpRoute: some({ path: mostly('/airflow', 'airflow'), tls: fc.boolean(), controllerNamespace: text('gateways') }).map((props) => ({
    gateway: { name: 'public', namespace: 'gateways', sectionName: 'https' },
    host: 'airflow.example.com',
    ...props,
  })),
  ingress: fc.oneof(
    some({
      path: mostly('/airflow', '/a/b', 'airflow'),
      pathType: mostly('Prefix', 'ImplementationSpecific', 'prefix'),
      address: mostly('https://airflow.example.com:8443', 'airflow.example.com'),
      className: text('nginx'),
      tls: fc.constantFrom(IngressTls.secret('tls'), IngressTls.terminatedElsewhere()),
    }).map((props) => ({ host: 'airflow.example.com', ...props })),
  ),
  credentials: fc.oneof(
    some({
      fernetKey: fc.constant(SECRET),
      formerFernetKeys: fc.array(fc.constant(SECRET), { maxLength: 2 }),
      jwtSecret: fc.constant(SECRET),
    }).map((props) => Credentials.existing(props)),
    fc.constant(Credentials.existing({ database: SECRET })),
    some({ jwtSecret: fc.constant({ key: 'airflow', property: 'jwt' }) }).map((keys) =>
      Credentials.externalSecrets({ store: { name: 'vault' }, keys: { fernetKey: { key: 'fernet' }, ...keys } }),
    ),
  ),
  config: fc.dictionary(
    text('core', 'scheduler'),
    fc.dictionary(mostly('parallelism', 'max_tis', 'executor'), text('8', 'True'), { maxKeys: 1, noNullPrototype: true }),
    { maxKeys: 2, noNullPrototype: true },
  ),
  allComponents: some({ ...lasting, podParts: fc.array(part('shared'), { maxLength: 1 }) }) as never,
  apiServer: joined(some(withGrace), scaled) as never,
  scheduler: joined(some(lasting), some({ replicas })) as never,
  dagProcessor: joined(some(withGrace), scaled) as never,
  triggerer: fc.oneof(
    joined(some(withGrace), fc.oneof(scaled, fc.record({ autoscaling: keda }))),
    fc.constant({ enabled: false }),
  ) as never,
  admin: fc.oneof(
    some({ username: mostly('ada', 'ada@example.com', ''), email: fc.constant('a@b.c'), firstName: fc.constant('A'), lastName: text('L') }),
    fc.constant({ enabled: false }),
  ),
  connections: fc.dictionary(text('shop', 'warehouse'), connection, { maxKeys: 2, noNullPrototype: true }),
  variables: fc.dictionary(text('stage', 'a key'), fc.constantFrom(Content.fromText('x: "y"'), Content.fromSecret(SECRET)), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
  networkPolicies: seldom<NetworkPoliciesProps>(
    some({
      taskEgress: fc.array(destination, { maxLength: 2 }),
      dns: fc.constant<NetworkDestination[]>([NetworkDestination.pods('dns', { app: 'unbound' }, [53], [53])]),
      kubernetesApi: mostly(['192.0.2.10/32', '2001:db8::10/128'], ['192.0.2.10']),
    }),
    fc.constant({ enabled: false }),
  ),
  // Of those that go against each other, which would leave few that are right, there is one.
}).map(({ distribution: _, admin, dagProcessorGroups, gitSync, httpRoute, teams, users, webserverConfig, ...props }) => ({
  ...props,
  ...(props.dags && gitSync && { gitSync }),
  ...(props.dags && teams && { teams }),
  ...(props.dags && props.dagBundles && dagProcessorGroups && { dagProcessorGroups }),
  ...(!props.ingress && httpRoute && { httpRoute }),
  ...(!props.login && { ...(webserverConfig && { webserverConfig }), ...(admin && { admin }), ...(users && { users }) }),
  ...(props.logs === OPEN_SEARCH && { requirements: Requirements.fromList(['apache-airflow-providers-opensearch']) }),
}));
