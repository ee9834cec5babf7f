import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { App, Cron, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  AirflowChart,
  type AirflowChartProps,
  Autoscaling,
  Broker,
  Credentials,
  Database,
  Executor,
  ExternalService,
  GitCredentials,
  IngressTls,
  type LoadBalancerProps,
  NetworkDestination,
  Requirements,
  type WorkersProps,
} from '../lib';
import { airflowErrors, synthErrors } from './support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from './support/temporary-folder';

const URL = 'https://gitlab.example.com/team/dags.git';
const HOST = 'airflow.example.com';

const LABEL = 'a DNS label';
const NAME = 'a DNS name';
const QUANTITY = 'a Kubernetes quantity above zero';

afterAll(removeTemporaryFolders);

test('settings of git-sync without a repository are an error', () => {
  expect(airflowErrors({ gitSync: {} })).toEqual(['[airflow/airflow] gitSync: there is nothing to fetch; expected dags, or no gitSync']);
});

test('a wrong name is one error, and none about the Secrets that take their names from it', () => {
  expect(airflowErrors({ name: 'My Airflow' })).toEqual([expect.stringContaining('] name: "My Airflow" given;')]);
});

/** The props, and of the error: the path of the construct, the prop, the value, what would do. */
test.each<[AirflowChartProps, string, string, string, string]>([
  [{ namespace: 'My Namespace' }, 'airflow', 'namespace', '"My Namespace"', LABEL],
  [{ name: 'My Airflow' }, 'airflow/airflow', 'name', '"My Airflow"', LABEL],
  [{ name: 'a'.repeat(41) }, 'airflow/airflow', 'name', `"${'a'.repeat(41)}"`, 'at most 40 characters'],
  [{ name: '1airflow' }, 'airflow/airflow', 'name', '"1airflow"', ''],
  [{ airflowVersion: 'newest' }, 'airflow/airflow', 'airflowVersion', '"newest"', 'a version of Airflow'],
  [{ airflowVersion: '3.1.0-rc.1' }, 'airflow/airflow', 'airflowVersion', '"3.1.0-rc.1"', 'a version of Airflow'],
  [{ airflowVersion: '2.10.5' }, 'airflow/airflow', 'airflowVersion', '"2.10.5"', '3.0.0 or later'],
  [
    { config: { core: { 'my option': 'x' } } },
    'airflow/airflow',
    'config.core.my option',
    '"[core] my option"',
    'the name of an Airflow option',
  ],

  [
    { databaseCleanup: { schedule: Cron.schedule({ hour: '24' }) } },
    'airflow/airflow',
    'databaseCleanup.schedule',
    '"* 24 * * *"',
    'minute, hour, day, month and weekday',
  ],
  [{ databaseCleanup: { timeZone: 'Local' } }, 'airflow/airflow', 'databaseCleanup.timeZone', '"Local"', 'a name of the tz database'],
  [
    { databaseCleanup: { retention: Duration.hours(1) } },
    'airflow/airflow',
    'databaseCleanup.retention',
    '"60 minutes"',
    'one day or more',
  ],

  [{ dags: [] }, 'airflow/airflow/dags', 'dags', '[]', 'one repository or more'],
  [{ dags: [{ url: URL, name: 'A' }] }, 'airflow/airflow/dags', 'dags[0].name', '"A"', LABEL],
  [{ dags: [{ url: URL, branch: 'a b' }] }, 'airflow/airflow/dags', 'dags[0].branch', '"a b"', 'a git ref'],
  [{ dags: [{ url: URL, path: '/dags' }] }, 'airflow/airflow/dags', 'dags[0].path', '"/dags"', 'a folder inside the repository'],
  [{ dags: [{ url: URL, depth: -1 }] }, 'airflow/airflow/dags', 'dags[0].depth', '-1', 'a whole number of 0 or more'],
  [{ dags: [{ url: URL, period: Duration.millis(10) }] }, 'airflow/airflow/dags', 'dags[0].period', '"10 millis"', 'one second or more'],
  [
    { dags: [{ url: URL, credentials: GitCredentials.token({ secretName: 'A B' }) }] },
    'airflow/airflow/dags',
    'dags[0].credentials.secretName',
    '"A B"',
    NAME,
  ],
  [
    { dags: [{ url: URL }], gitSync: { image: { tag: 'latest' } } },
    'airflow/airflow/dags',
    'gitSync.image.tag',
    '"latest"',
    'a tag that pins the image',
  ],
  [
    { dags: [{ url: URL }], gitSync: { resources: { limits: { cpu: 'x' } } } },
    'airflow/airflow/dags',
    'gitSync.resources.limits.cpu',
    '"x"',
    QUANTITY,
  ],

  [{ ingress: { host: '' } }, 'airflow/airflow/ingress', 'ingress.host', '""', NAME],
  [{ ingress: { host: 'not a host' } }, 'airflow/airflow/ingress', 'ingress.host', '"not a host"', NAME],
  [{ ingress: { host: 'https://a.b' } }, 'airflow/airflow/ingress', 'ingress.host', '"https://a.b"', NAME],
  [{ ingress: { host: HOST, path: 'airflow' } }, 'airflow/airflow/ingress', 'ingress.path', '"airflow"', 'a path that begins with a slash'],
  [{ ingress: { host: HOST, additionalHosts: ['A'] } }, 'airflow/airflow/ingress', 'ingress.additionalHosts[0]', '"A"', NAME],
  [{ ingress: { host: HOST, path: '/airflow/*' } }, 'airflow/airflow/ingress', 'ingress.path', '"/airflow/*"', 'a path and no pattern'],
  [{ ingress: { host: HOST, address: HOST } }, 'airflow/airflow/ingress', 'ingress.address', `"${HOST}"`, 'where users come to'],
  [{ ingress: { host: HOST, className: 'A B' } }, 'airflow/airflow/ingress', 'ingress.className', '"A B"', NAME],
  [{ ingress: { host: HOST, controllerNamespace: 'A' } }, 'airflow/airflow/ingress', 'ingress.controllerNamespace', '"A"', LABEL],
  [{ ingress: { host: HOST, tls: IngressTls.secret('A B') } }, 'airflow/airflow/ingress', 'ingress.tls.secretName', '"A B"', NAME],

  [loadBalancer({ sourceRanges: [] }), 'airflow/airflow', 'externalService.sourceRanges', '[]', 'at least one block'],
  [
    loadBalancer({ sourceRanges: ['10.0.0.1/8'] }),
    'airflow/airflow',
    'externalService.sourceRanges[0]',
    '"10.0.0.1/8"',
    'the first address of the block: "10.0.0.0/8"',
  ],
  [loadBalancer({ port: 0 }), 'airflow/airflow', 'externalService.port', '0', 'a whole number from 1 to 65535'],
  [loadBalancer({ loadBalancerClass: 'a b' }), 'airflow/airflow', 'externalService.loadBalancerClass', '"a b"', 'a name'],
  [
    loadBalancer({ annotations: { 'a b': '' } }),
    'airflow/airflow',
    'externalService.annotations["a b"]',
    '"a b"',
    'the name of an annotation',
  ],
  [
    { externalService: ExternalService.nodePort({ nodePort: 70000 }) },
    'airflow/airflow',
    'externalService.nodePort',
    '70000',
    'a whole number from 1 to 65535',
  ],
  [{ apiServer: { replicas: 0 } }, 'airflow/airflow', 'apiServer.replicas', '0', 'a whole number of 1 or more'],
  [{ scheduler: { replicas: 1.5 } }, 'airflow/airflow', 'scheduler.replicas', '1.5', 'a whole number of 1 or more'],
  [workers({ concurrency: 0 }), 'airflow/airflow', 'executor.workers.concurrency', '0', 'a whole number of 1 or more'],
  [workers({ gracePeriod: Duration.millis(1) }), 'airflow/airflow', 'executor.workers.gracePeriod', '"1 millis"', 'one second or more'],
  [
    workers({ autoscaling: Autoscaling.cpu({ maxReplicas: 0 }) }),
    'airflow/airflow',
    'executor.workers.autoscaling.maxReplicas',
    '0',
    'a whole number of 1 or more',
  ],
  [{ triggerer: { resources: { requests: { cpu: 'x' } } } }, 'airflow/airflow', 'triggerer.resources.requests.cpu', '"x"', QUANTITY],
  [
    { triggerer: { resources: { limits: { memory: '1Mi' } } } },
    'airflow/airflow',
    'triggerer.resources.limits.memory',
    '"1Mi"',
    'at least the request',
  ],
  [workers({ image: { repository: 'a/b:1' } }), 'airflow/airflow', 'executor.workers.image.repository', '"a/b:1"', ''],
  [workers({ image: { tag: 'latest' } }), 'airflow/airflow', 'executor.workers.image.tag', '"latest"', 'a tag that pins the image'],
  [workers({ image: { digest: 'x' } }), 'airflow/airflow', 'executor.workers.image.digest', '"x"', '"sha256:" and 64 hexadecimal digits'],
  [
    workers({ image: { pullPolicy: 'Sometimes' } }),
    'airflow/airflow',
    'executor.workers.image.pullPolicy',
    '"Sometimes"',
    'one of Always, IfNotPresent, Never',
  ],
  [{ allComponents: { image: { pullSecrets: ['A B'] } } }, 'airflow/airflow', 'allComponents.image.pullSecrets[0]', '"A B"', NAME],
  [workers({ labels: { 'a b': 'x' } }), 'airflow/airflow', 'executor.workers.labels["a b"]', '"a b"', 'the name of a label'],
  [{ allComponents: { labels: { team: 'a b' } } }, 'airflow/airflow', 'allComponents.labels["team"]', '"a b"', 'at most 63 letters'],
  [
    { allComponents: { annotations: { 'a b': 'x' } } },
    'airflow/airflow',
    'allComponents.annotations["a b"]',
    '"a b"',
    'the name of an annotation',
  ],
  [
    { dagProcessor: { placement: { nodeSelector: { disk: 'a b' } } } },
    'airflow/airflow',
    'dagProcessor.placement.nodeSelector["disk"]',
    '"a b"',
    'at most 63 letters',
  ],
  [
    { scheduler: { placement: { tolerations: [{ key: 'batch', operator: 'exists' }] } } },
    'airflow/airflow',
    'scheduler.placement.tolerations[0].operator',
    '"exists"',
    'one of Exists, Equal; did you mean "Exists"?',
  ],
  [
    { scheduler: { placement: { tolerations: [{ key: 'batch', operator: 'Exists', effect: 'NoSchedul' }] } } },
    'airflow/airflow',
    'scheduler.placement.tolerations[0].effect',
    '"NoSchedul"',
    'one of NoSchedule, PreferNoSchedule, NoExecute; did you mean "NoSchedule"?',
  ],
  [
    { scheduler: { placement: { tolerations: [{ key: 'batch', operator: 'Exists', value: 'yes' }] } } },
    'airflow/airflow',
    'scheduler.placement.tolerations[0].value',
    '"yes"',
    'none, as the operator is Exists',
  ],
  [
    { scheduler: { placement: { tolerations: [{ value: 'yes' }] } } },
    'airflow/airflow',
    'scheduler.placement.tolerations[0].key',
    '""',
    'a key, or the operator Exists',
  ],
  [
    { scheduler: { placement: { topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] } } },
    'airflow/airflow',
    'scheduler.placement.topologySpreadConstraints[0].maxSkew',
    '0',
    'a whole number of 1 or more',
  ],
  [
    {
      scheduler: { placement: { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyways' }] } },
    },
    'airflow/airflow',
    'scheduler.placement.topologySpreadConstraints[0].whenUnsatisfiable',
    '"ScheduleAnyways"',
    'one of DoNotSchedule, ScheduleAnyway; did you mean "ScheduleAnyway"?',
  ],
  [workers({ placement: { priorityClassName: 'A B' } }), 'airflow/airflow', 'executor.workers.placement.priorityClassName', '"A B"', ''],
  [workers({ env: { 'A B': kplus.EnvValue.fromValue('x') } }), 'airflow/airflow', 'executor.workers.env["A B"]', '"A B"', ''],

  [{ database: Database.builtIn({ storageSize: 'big' }) }, 'airflow/airflow', 'database.storageSize', '"big"', QUANTITY],
  [{ database: Database.builtIn({ storageSize: '20' }) }, 'airflow/airflow', 'database.storageSize', '"20"', 'an amount with its unit'],
  [
    { executor: Executor.celery({ broker: Broker.builtIn({ storageClassName: 'A B' }) }) },
    'airflow/airflow',
    'executor.broker.storageClassName',
    '"A B"',
    NAME,
  ],
  [{ admin: { username: '' } }, 'airflow/airflow', 'admin.username', '""', 'a name'],
  [{ admin: { email: 'foo' } }, 'airflow/airflow', 'admin.email', '"foo"', 'an e-mail address'],
  [
    { allComponents: { resources: { limits: { memory: '64Mi' } } } },
    'airflow/airflow',
    'allComponents.resources.limits.memory',
    '"64Mi"',
    'at least the request',
  ],
  [
    { credentials: Credentials.existing({ jwtSecret: { secretName: 'mine', key: 'a b' } }) },
    'airflow/airflow',
    'credentials.jwtSecret.key',
    '"a b"',
    'a key of a Secret',
  ],
  [
    { networkPolicies: { taskEgress: [NetworkDestination.cidr('10.0.0.0')] } },
    'airflow/airflow',
    'networkPolicies.taskEgress[0]',
    '"10.0.0.0"',
    'a block in CIDR notation',
  ],
  [
    { networkPolicies: { kubernetesApi: ['192.0.2.10'] } },
    'airflow/airflow',
    'networkPolicies.kubernetesApi[0]',
    '"192.0.2.10"',
    'a block in CIDR notation',
  ],
  [
    { networkPolicies: { kubernetesApi: ['0.0.0.0/0'] } },
    'airflow/airflow',
    'networkPolicies.kubernetesApi[0]',
    '"0.0.0.0/0"',
    'the addresses',
  ],
  [{ networkPolicies: { kubernetesApi: [] } }, 'airflow/airflow', 'networkPolicies.kubernetesApi', '[]', 'a block or more'],
  [{ logRetention: Duration.millis(10) }, 'airflow/airflow', 'logRetention', '"10 millis"', 'one second or more'],
  [{ networkPolicies: { dns: [] } }, 'airflow/airflow', 'networkPolicies.dns', '[]', 'a destination or more'],
  [
    { networkPolicies: { dns: [NetworkDestination.pods('dns', { app: 'a b' })] } },
    'airflow/airflow',
    'networkPolicies.dns[0].labels["app"]',
    '"a b"',
    'at most 63 letters',
  ],
  [
    { requirements: Requirements.fromList(['a'], { egress: [NetworkDestination.cidr('10.0.0.0')] }) },
    'airflow/airflow',
    'requirements.egress[0]',
    '"10.0.0.0"',
    'a block in CIDR notation',
  ],
  [
    { networkPolicies: { taskEgress: [NetworkDestination.anywhere([0])] } },
    'airflow/airflow',
    'networkPolicies.taskEgress[0] port',
    '0',
    'a whole number from 1 to 65535',
  ],
])('%j is an error of construct %s, prop %s, value %s', (props, path, prop, value, expected) => {
  // WHEN
  const errors = airflowErrors(props);

  // THEN
  expect(errors).toContainEqual(expect.stringContaining(`[${path}] ${prop}: ${value} given; expected ${expected}`));
});

test.each<[AirflowChartProps, string]>([
  [
    { dags: [{ url: 'nowhere' }] },
    '[airflow/airflow/dags] dags[0].url: not the address of a git repository; expected one as ' +
      '"https://gitlab.example.com/team/dags.git" or "git@gitlab.example.com:team/dags.git"',
  ],
  [
    { namespace: 'default' },
    '[airflow] namespace: "default" given; every cluster has it; expected one for Airflow, or createNamespace: false',
  ],
  [
    { config: { core: { executor: 'LocalExecutor' } } },
    '[airflow/airflow] config.core.executor: the library sets this option; use the prop executor',
  ],
  [
    { networkPolicies: { enabled: false, taskEgress: [NetworkDestination.anywhere()] } },
    '[airflow/airflow] networkPolicies.taskEgress: without NetworkPolicies every way is open; leave it out, or enabled: false',
  ],
])('%j is an error that tells the way out: %s', (props, line) => {
  // THEN
  expect(airflowErrors(props)).toContain(line);
});

test('errors of several constructs and charts are all shown together', () => {
  // WHEN
  const errors = synthErrors((app) => {
    new AirflowChart(app, 'blue', {
      namespace: 'blue',
      dags: [{ url: URL, depth: -1 }],
      ingress: { host: 'A' },
      requirements: Requirements.fromList(['==']),
      executor: Executor.celery({ workers: { replicas: 0, concurrency: 0 } }),
      database: Database.builtIn({ storageSize: 'big' }),
    });
    new AirflowChart(app, 'green', { namespace: 'green', airflowVersion: '2.9.0', admin: { username: '' } });
  });

  // THEN
  const places = errors.map((line) => /^\[[^\]]+\] [\w[\].]+/.exec(line)?.[0]);
  expect(places.sort()).toEqual(
    [
      '[blue/airflow/dags] dags[0].depth',
      '[blue/airflow/ingress] ingress.host',
      '[blue/airflow/requirements] requirements',
      '[blue/airflow] database.storageSize',
      '[blue/airflow] executor.workers.concurrency',
      '[blue/airflow] executor.workers.replicas',
      '[green/airflow] admin.username',
      '[green/airflow] airflowVersion',
    ].sort(),
  );
});

test.each<[string, (app: App, chart: AirflowChart) => unknown]>([
  ['app.synth()', (app) => app.synth()],
  ['app.synthYaml()', (app) => app.synthYaml()],
  ['Testing.synth()', (_app, chart) => Testing.synth(chart)],
])('%s ends with the error, and nothing is written', (_what, synth) => {
  // GIVEN
  const outdir = join(temporaryFolder(), 'dist');
  const app = new App({ outdir });
  const chart = new AirflowChart(app, 'airflow', workers({ replicas: 0 }));

  // THEN
  expect(() => synth(app, chart)).toThrow(
    'Validation failed with the following errors:\n' +
      '  [airflow/airflow] executor.workers.replicas: 0 given; expected a whole number of 1 or more',
  );
  expect(existsSync(join(outdir, 'airflow.k8s.yaml'))).toBe(false);
});

test('making a chart of wrong props does not throw, so that all errors can be shown at once', () => {
  // GIVEN
  const wrong: AirflowChartProps = {
    namespace: '?',
    name: '?',
    airflowVersion: '?',
    dags: [{ url: '?', period: Duration.millis(1) }],
    ingress: { host: '?', path: '?' },
    ...workers({ gracePeriod: Duration.millis(1) }),
    database: Database.builtIn({ storageSize: '?' }),
  };

  // THEN
  for (const [prop, value] of Object.entries(wrong)) {
    expect(() => new AirflowChart(new App(), prop, { [prop]: value })).not.toThrow();
  }
});

test.each([
  'https://ada:s3cret@gitlab.example.com/team/dags.git',
  'https://s3cret@gitlab.example.com/team/dags.git',
  'https://ada:s3cret@gitlab example.com/dags.git',
  'HTTPS://ada:s3cret@gitlab.example.com/team/dags.git',
  'ssh://git:s3cret@gitlab.example.com/team/dags.git',
  'ada:s3cret@gitlab.example.com/team/dags.git',
  'https://gitlab.example.com/team/dags.git?private_token=s3cret',
])('the secret in %s is an error, and is not shown', (url) => {
  // WHEN
  const errors = airflowErrors({ dags: [{ url }] });

  // THEN
  expect(errors).toContainEqual(expect.stringContaining('[airflow/airflow/dags] dags[0].url: '));
  expect(errors.join('\n')).not.toContain('s3cret');
});

test.each<[string, AirflowChartProps, string]>([
  ['the namespace', { namespace: 'My Namespace' }, '[airflow] namespace: '],
  ['a tag', { allComponents: { image: { tag: 'latest' } } }, '[airflow/airflow] allComponents.image.tag: '],
  ['a label', { allComponents: { labels: { team: 'a b' } } }, '[airflow/airflow] allComponents.labels["team"]: '],
  ['an address', { dags: [{ url: 'https://ada:s3cret@gitlab.example.com/dags.git' }] }, '[airflow/airflow/dags] dags[0].url: '],
])('%s that is wrong is told once, and not again for each object that it gets into', (_what, props, start) => {
  // WHEN
  const errors = airflowErrors(props);

  // THEN
  expect(errors).toEqual([expect.stringContaining(start)]);
});

function workers(props: WorkersProps): AirflowChartProps {
  return { executor: Executor.celery({ workers: props }) };
}

function loadBalancer(props: LoadBalancerProps): AirflowChartProps {
  return { externalService: ExternalService.loadBalancer(props) };
}
