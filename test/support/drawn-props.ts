import { Cron, Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import fc from 'fast-check';
import {
  type AirflowChartProps,
  Autoscaling,
  Broker,
  Connection,
  Content,
  Credentials,
  DagBundle,
  Database,
  type DataStoreProps,
  DeploymentStrategy,
  Executor,
  ExternalService,
  Files,
  GitCredentials,
  IngressTls,
  IpFamily,
  Logs,
  NetworkDestination,
  type PlacementProps,
  Requirements,
  ServiceAccount,
  TaskPermission,
  type WorkersProps,
} from '../../lib';

// Whole AirflowCharts, put together by chance from all that props can ask for on the built-in distribution. Most values are right, some are not.

/** Each prop may be there or not. */
function some<Props extends object>(props: { [Prop in keyof Props]?: fc.Arbitrary<Exclude<Props[Prop], undefined>> }): fc.Arbitrary<Props> {
  return fc.record(props as object, { requiredKeys: [] }) as unknown as fc.Arbitrary<Props>;
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
  dnsPolicy: mostly('ClusterFirst', 'Default', 'Sometimes'),
};
const lasting = {
  ...component,
  probes: some({ liveness: some({ period: duration, failureThreshold: fc.integer({ min: 1, max: 9 }) }) }),
  strategy: fc.constantFrom(DeploymentStrategy.recreate(), DeploymentStrategy.rollingUpdate({ maxSurge: '1', maxUnavailable: '0' })),
  revisionHistoryLimit: mostly(0, 3, -1),
};
const replicas = mostly(1, 2, 3, 0);
const cpu = fc
  .record({ minReplicas: fc.integer({ min: 1, max: 2 }), maxReplicas: fc.integer({ min: 2, max: 5 }) })
  .map((props) => Autoscaling.cpu(props));
const keda = fc.record({ maxReplicas: fc.integer({ min: 1, max: 5 }) }).map((props) => Autoscaling.keda(props));
const scaled = fc.oneof(some({ replicas }), fc.record({ autoscaling: cpu }));
const joined = (...parts: fc.Arbitrary<object>[]) => fc.tuple(...parts).map((each) => Object.assign({}, ...each));

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
});
const celery = some({ workers, workerGroups: groups, broker: store.map((props) => Broker.builtIn(props)) }).map((props) =>
  Executor.celery(props),
);
const kubernetes = some({ tasks: some(component), podsCreationBatchSize: fc.integer({ min: 1, max: 64 }) }).map((props) =>
  Executor.kubernetes(props as object),
);
const executor = fc.oneof(
  celery,
  kubernetes,
  fc.tuple(celery, kubernetes).map(([first, second]) => Executor.several(first, second)),
  fc.tuple(kubernetes, celery).map(([first, second]) => Executor.several(first, second)),
  some({ gracePeriod: duration }).map((props) => Executor.local(props)),
);
const repository = (name: string) =>
  fc.oneof(
    some({ branch: text('main', 'release/1'), path: mostly('dags', 'a/b', '../dags'), depth: fc.constantFrom(0, 1) }).map((props) => ({
      url: `https://git.example.com/data/${name}.git`,
      credentials: GitCredentials.token({ secretName: 'gitlab' }),
      ...props,
    })),
    fc.constant({
      url: `git@git.example.com:data/${name}.git`,
      credentials: GitCredentials.sshKey({ secretName: 'key', knownHostsKey: 'known_hosts' }),
    }),
  );
const destination = fc.constantFrom(
  NetworkDestination.cidr('10.20.0.0/16', [5432]),
  NetworkDestination.namespace('warehouse'),
  NetworkDestination.anywhere([443]),
);
const connection = fc.constantFrom(
  Connection.fromSecret({ secretName: 'shop', key: 'uri' }),
  Connection.fromParts({ type: 'postgres', host: 'db', secrets: { password: { secretName: 'shop' } } }),
);

export const DRAWN_PROPS: fc.Arbitrary<AirflowChartProps> = some<AirflowChartProps>({
  namespace: text('data'),
  createNamespace: fc.boolean(),
  name: mostly('airflow', 'team-a', 'Team A'),
  distribution: fc.constant(undefined as never),
  airflowVersion: mostly('3.3.2', '3.1.0', '2.10.0'),
  images: fc.constant({}),
  executor,
  databaseCleanup: some({
    schedule: mostly(Cron.daily(), Cron.weekly(), Cron.schedule({ hour: '25' })),
    retention: fc.constant(Duration.days(30)),
    keepArchives: fc.boolean(),
  }),
  database: fc.oneof(
    store.map((props) => Database.builtIn(props)),
    fc.constantFrom(
      Database.external({ host: 'db.example.com', password: { secretName: 'database' } }),
      Database.cloudNativePg({ cluster: 'pg' }),
    ),
  ),
  dags: fc.constantFrom(1, 2).chain((count) => fc.tuple(...['one', 'two'].slice(0, count).map(repository))),
  dagBundles: fc.constantFrom([DagBundle.s3({ bucket: 'dags' })], [DagBundle.image({ path: '/opt/airflow/more' })]) as never,
  plugins: fc.constant(Files.fromMap({ 'shop.py': Content.fromText('x = 1\n') })),
  localSettings: fc.constant(Content.fromText('x = 1\n')),
  webserverConfig: fc.constant(Content.fromText('AUTH_TYPE = 1\n')),
  gitSync: fc.constant({ resources: { limits: { memory: '512Mi' } } }),
  requirements: fc.constantFrom(
    Requirements.fromList(['requests>=2.31']),
    Requirements.fromList(['requests'], { pipConfig: { secretName: 'pip' }, egress: [NetworkDestination.anywhere([443])] }),
    Requirements.fromText('--index-url https://pypi.example.com/simple\nflask-cors\n'),
  ),
  logRetention: duration,
  logs: fc.constantFrom(Logs.s3({ bucket: 'logs' }), Logs.gcs({ bucket: 'logs' }), Logs.volume('logs')),
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
  ingress: fc.oneof(
    some({
      path: mostly('/airflow', '/a/b', 'airflow'),
      pathType: mostly('Prefix', 'ImplementationSpecific', 'prefix'),
      address: mostly('https://airflow.example.com:8443', 'airflow.example.com'),
      className: text('nginx'),
      tls: fc.constantFrom(IngressTls.secret('tls'), IngressTls.terminatedElsewhere()),
    }).map((props) => ({ host: 'airflow.example.com', ...props })),
  ),
  credentials: some({
    fernetKey: fc.constant(SECRET),
    database: fc.constant(SECRET),
  }).map((props) => Credentials.existing(props)),
  config: fc.dictionary(
    text('core', 'scheduler'),
    fc.dictionary(mostly('parallelism', 'max_tis', 'executor'), text('8', 'True'), { maxKeys: 1, noNullPrototype: true }),
    { maxKeys: 2, noNullPrototype: true },
  ),
  allComponents: some({ ...lasting, podParts: fc.array(part('shared'), { maxLength: 1 }) }) as never,
  apiServer: joined(some(lasting), scaled) as never,
  scheduler: joined(some(lasting), some({ replicas })) as never,
  dagProcessor: joined(some(lasting), scaled) as never,
  triggerer: fc.oneof(joined(some(lasting), fc.oneof(scaled, fc.record({ autoscaling: keda }))), fc.constant({ enabled: false })) as never,
  admin: fc.oneof(
    some({ username: mostly('ada', 'ada@example.com', ''), email: fc.constant('a@b.c'), firstName: fc.constant('A') }),
    fc.constant({ enabled: false }),
  ),
  connections: fc.dictionary(text('shop', 'warehouse'), connection, { maxKeys: 2, noNullPrototype: true }),
  variables: fc.dictionary(text('stage', 'a key'), fc.constantFrom(Content.fromText('x: "y"'), Content.fromSecret(SECRET)), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
  networkPolicies: fc.oneof(
    some({
      taskEgress: fc.array(destination, { maxLength: 2 }),
      dns: fc.constant<NetworkDestination[]>([NetworkDestination.pods('dns', { app: 'unbound' }, [53], [53])]),
      kubernetesApi: mostly(['192.0.2.10/32', '2001:db8::10/128'], ['192.0.2.10']),
    }),
    fc.constant({ enabled: false }),
  ),
}).map(({ distribution: _, gitSync, ...props }) => (props.dags ? { ...props, gitSync } : props));
