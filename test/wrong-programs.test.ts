import { Chart, Duration } from 'cdk8s';
import * as lib from '../lib';
import * as TYPES from '../lib/validation/prop-types.json';
import { synthErrors } from './support/synth-objects';

// Programs that no compiler has checked: the classes without their types.
// biome-ignore lint/suspicious/noExplicitAny: what is wrong here is what types would tell
type Untyped = any;
const {
  Airflow,
  AirflowChart,
  Autoscaling,
  Broker,
  Credentials,
  Database,
  DagGitSync,
  Delivery,
  Distribution,
  Executor,
  GitCredentials,
}: Untyped = lib;
const {
  HelmChart,
  HelmChartInclude,
  IngressExposure,
  IngressTls,
  NetworkDestination,
  Requirements,
  RequirementsConfigMap,
  ServiceAccount,
}: Untyped = lib;

/** All that the library has, by class. */
const FACTORIES = Object.entries<object>(TYPES.classes).flatMap(([name, factories]) =>
  Object.keys(factories).map((factory) => [name, factory]),
);

const URL = 'https://gitlab.example.com/team/dags.git';
const SSH = 'git@gitlab.example.com:team/dags.git';
const TEXT = 'Requirements.fromText';

const PROTO = JSON.parse('{ "__proto__": { "polluted": "yes" } }');
const argo = (options?: unknown) => Delivery.argoApplication(options);
const official = (options?: object) => ({ distribution: Distribution.officialChart(options && { delivery: argo(), ...options }) });
const bitnami = (options?: object) => ({ distribution: Distribution.bitnamiChart(options && { delivery: argo(), ...options }) });
const repository = (fields: unknown) => ({ dags: [{ url: URL, ...(fields as object) }] });
const ingress = (fields: object) => ({ ingress: { host: 'airflow.example.com', ...fields } });
const egress = (...taskEgress: unknown[]) => ({ networkPolicies: { taskEgress } });
const workers = (fields: unknown) => ({ executor: Executor.celery({ workers: fields }) });
const placement = (nodes: object) => workers({ placement: nodes });

/** The props of an AirflowChart, and the one error. */
const CHART: readonly [Untyped, string][] = [
  ['airflow', 'props: text given; expected an object with some of createNamespace, namespace,'],
  [null, 'props: null given; expected an object with'],
  [[], 'props: a list given; expected an object with'],
  [() => ({}), 'props: a function given; expected an object with'],
  [
    { database: Database.fromUrl({ destination: NetworkDestination.anywhere(), secret: { secretName: 'a', key: 'b' }, backup: {} }) },
    'database.backup: Database.fromUrl has no such prop, Database.builtIn has; there is: destination, secret, engine, tls',
  ],
  [
    { executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 3, cooldownPeriod: Duration.minutes(1) }) } }) },
    'executor.workers.autoscaling.cooldownPeriod: Autoscaling.cpu has no such prop, Autoscaling.keda has; there is: ',
  ],
  [{ executr: Executor.local() }, 'executr: there is no such prop; did you mean "executor"?'],
  [{ namespac: 'data' }, 'namespac: there is no such prop; did you mean "namespace"?'],
  [{ ingres: { host: 'a.b' } }, 'ingres: there is no such prop; did you mean "ingress"?'],
  [{ PROTO: 1 }, 'PROTO: there is no such prop; there is: createNamespace, namespace, admin, '],
  [PROTO, '__proto__: there is no such prop; there is: '],
  [{ name: 5 }, 'name: 5 given; expected text'],
  [{ namespace: null }, 'namespace: null given; expected text'],
  [{ namespace: ['a'] }, 'namespace: a list given; expected text'],
  [{ createNamespace: 'no' }, 'createNamespace: "no" given; expected true or false'],
  [{ airflowVersion: 3 }, 'airflowVersion: 3 given; expected text'],
  [
    { executor: 'celery' },
    'executor: text given; expected Executor.celery(), Executor.kubernetes(), Executor.local() or Executor.several(',
  ],
  [{ executor: Executor }, 'executor: a function given; expected Executor.celery(), '],
  [
    { executor: Executor.celery('workers') },
    'executor: text given to Executor.celery; expected an object with some of broker, flower, visibilityTimeout, workerGroups, workers',
  ],
  [{ executor: Executor.several() }, 'executor: undefined given to Executor.several; expected Executor.celery()'],
  [{ executor: Executor.several(Executor.celery(), 'kubernetes') }, 'executor: text given to Executor.several; expected Executor.celery()'],
  [
    { executor: Executor.several(Executor.kubernetes(), Executor.celery({ workers: { replica: 2 } })) },
    'executor.workers.replica: there is no such prop; did you mean "replicas"?',
  ],
  [{ executor: Executor.celery({ worker: {} }) }, 'executor.worker: there is no such prop; did you mean "workers"?'],
  [{ executor: Executor.celery({ broker: { storageSize: '1Gi' } }) }, 'executor.broker: an object given; expected Broker.builtIn()'],
  [
    { executor: Executor.celery({ broker: Broker.builtIn({ storage: '1Gi' }) }) },
    'executor.broker.storage: there is no such prop; did you mean',
  ],
  [
    workers({ autoscaling: { maxReplicas: 5 } }),
    'executor.workers.autoscaling: an object given; expected Autoscaling.cpu({ maxReplicas: 1 })',
  ],
  [workers({ autoscaling: Autoscaling.cpu() }), 'executor.workers.autoscaling: undefined given to Autoscaling.cpu; expected an object'],
  [workers({ autoscaling: Autoscaling.cpu({}) }), 'executor.workers.autoscaling.maxReplicas: it is missing; expected a number'],

  [{ dags: URL }, "dags: text given; expected a list, as in [{ url: '…' }]"],
  [{ dags: { url: URL } }, "dags: an object given; expected a list, as in [{ url: '…' }]"],
  [{ dags: [URL] }, "dags[0]: text given; expected an object, as in { url: '…' }"],
  [{ dags: [undefined] }, 'dags[0]: undefined given; expected an object'],
  [{ dags: [{}] }, 'dags[0].url: it is missing; expected text'],
  [{ dags: [{ url: URL }, { url: 5 }] }, 'dags[1].url: 5 given; expected text'],
  [{ dags: [{ urll: URL }], gitSync: {} }, 'dags[0].urll: there is no such prop; did you mean "url"?'],
  [repository({ tokn: 's3cret' }), 'dags[0].tokn: there is no such prop; there is: url, branch, credentials, '],
  [repository({ depth: '1' }), 'dags[0].depth: "1" given; expected a number'],
  [repository({ period: 30 }), 'dags[0].period: 30 given; expected a value of Duration, as in Duration.minutes(5)'],
  [repository({ submodules: 'all' }), 'dags[0].submodules: "all" given; expected GitSubmodules.RECURSIVE, '],
  [repository({ credentials: 's3cret' }), 'dags[0].credentials: text given; expected GitCredentials.githubApp('],
  [repository({ credentials: { secretName: 'mine' } }), 'dags[0].credentials: an object given; expected GitCredentials.githubApp('],
  [repository({ credentials: Credentials.generated() }), 'dags[0].credentials: an instance of Credentials given; expected GitCredentials'],
  [repository({ credentials: GitCredentials.token() }), 'dags[0].credentials: undefined given to GitCredentials.token; expected an object'],
  [repository({ credentials: GitCredentials.token('s3cret') }), 'dags[0].credentials: text given to GitCredentials.token; expected'],
  [
    repository({ credentials: GitCredentials.token({ secret: 'mine' }) }),
    'dags[0].credentials.secret: there is no such prop; did you mean "secretName"?',
  ],
  [
    { dags: [{ url: SSH, credentials: GitCredentials.sshKey({ secretName: 'mine', knownHosts: 'hosts' }) }] },
    'dags[0].credentials.knownHosts: there is no such prop; did you mean "knownHostsKey"?',
  ],
  [{ ...repository({}), gitSync: { image: 'git-sync:1' } }, 'gitSync.image: text given; expected an object with some of digest, '],

  [
    { credentials: { fernetKey: 's3cret' } },
    "credentials: an object given; expected Credentials.existing({ … }), Credentials.externalSecrets({ keys: { … }, store: { name: '…' } }), Credentials.generated()",
  ],
  [{ credentials: Credentials }, 'credentials: a function given; expected Credentials.existing('],
  [{ credentials: Credentials.existing() }, 'credentials: undefined given to Credentials.existing; expected an object with some of admin,'],
  [
    { credentials: Credentials.existing({ fernet: { secretName: 'a' } }) },
    'credentials.fernet: there is no such prop; did you mean "fernetKey"?',
  ],
  [
    { credentials: Credentials.existing({ fernetKey: 's3cret' }) },
    "credentials.fernetKey: text given; expected an object, as in { secretName: '…' }",
  ],
  [{ credentials: Credentials.existing({ fernetKey: { key: 'a' } }) }, 'credentials.fernetKey.secretName: it is missing; expected text'],
  [{ credentials: Credentials.existing({ admin: { secretName: 'a', key: 5 } }) }, 'credentials.admin.key: a number given; expected text'],

  [{ requirements: 'requirements.txt' }, "requirements: text given; expected Requirements.fromFile('…'), Requirements.fromList(['…']) or "],
  [{ requirements: ['pandas'] }, "requirements: a list given; expected Requirements.fromFile('…')"],
  [{ requirements: Requirements.fromFile() }, 'requirements.path: undefined given to Requirements.fromFile; expected text'],
  [
    { requirements: Requirements.fromList('pandas') },
    "requirements.lines: text given to Requirements.fromList; expected a list, as in ['…']",
  ],
  [{ requirements: Requirements.fromList([1]) }, 'requirements.lines[0]: 1 given; expected text'],
  [{ requirements: Requirements.fromText('a', { netc: {} }) }, 'requirements.netc: there is no such prop; did you mean "netrc"?'],
  [
    { requirements: Requirements.fromText('a', { netrc: 'login' }) },
    "requirements.netrc: text given; expected an object, as in { secretName: '…' }",
  ],
  [{ requirements: Requirements.fromText('a', 'login') }, `requirements: text given to ${TEXT}; expected an object with some of `],

  [{ ingress: 'a.b.c' }, "ingress: text given; expected an object, as in { host: '…' }"],
  [{ ingress: {} }, 'ingress.host: it is missing; expected text'],
  [{ ingress: { hosts: ['a.b'] } }, 'ingress.hosts: there is no such prop; did you mean "host"?'],
  [ingress({ tls: true }), 'ingress.tls: true given; expected IngressTls.certManager({ issuer: '],
  [ingress({ tls: IngressTls.certManager() }), 'ingress.tls: undefined given to IngressTls.certManager; expected an object'],
  [ingress({ tls: IngressTls.certManager({ issuers: 'a' }) }), 'ingress.tls.issuers: there is no such prop; did you mean "issuer"?'],
  [ingress({ tls: IngressTls.secret({ name: 'a' }) }), 'ingress.tls.secretName: an object given to IngressTls.secret; expected text'],
  [ingress({ annotations: { a: true } }), 'ingress.annotations.a: true given; expected text'],
  [ingress({ additionalHosts: 'b.c' }), "ingress.additionalHosts: text given; expected a list, as in ['…']"],

  [{ config: 'core' }, 'config: text given; expected a map, as in { name: { name: … } }'],
  [{ config: { load_examples: 'True' } }, 'config.load_examples: text given; expected a map, as in { name: … }'],
  [{ config: { core: undefined } }, 'config.core: undefined given; expected a map'],
  [{ config: PROTO }, 'config.__proto__: all objects have this name; expected another'],
  [{ config: { constructor: { prototype: '1' } } }, 'config.constructor: all objects have this name; expected another'],
  [{ config: { core: { prototype: '1' } } }, 'config.core.prototype: all objects have this name; expected another'],

  [workers(2), 'executor.workers: 2 given; expected an object with some of '],
  [workers(Duration.minutes(1)), 'executor.workers: an instance of Duration given; expected an object with some of '],
  [workers({ replica: 5 }), 'executor.workers.replica: there is no such prop; did you mean "replicas"?'],
  [workers({ replicas: '2' }), 'executor.workers.replicas: "2" given; expected a number'],
  [workers({ replicas: Number.NaN }), 'executor.workers.replicas: NaN given; expected a number'],
  [workers({ replicas: Number.POSITIVE_INFINITY }), 'executor.workers.replicas: Infinity given; expected a number'],
  [workers({ replicas: null }), 'executor.workers.replicas: null given; expected a number'],
  [workers({ gracePeriod: 5 }), 'executor.workers.gracePeriod: 5 given; expected a value of Duration'],
  [workers({ env: { A: 's3cret' } }), "executor.workers.env.A: text given; expected a value of EnvValue, as in EnvValue.fromValue('…')"],
  [workers({ env: { A: undefined } }), 'executor.workers.env.A: undefined given; expected a value of EnvValue'],
  [workers({ env: [{ name: 'A', value: 'b' }] }), 'executor.workers.env: a list given; expected a map, as in { name: EnvValue.fromValue('],
  [workers({ labels: { team: undefined } }), 'executor.workers.labels.team: undefined given; expected text'],
  [workers({ labels: { team: 5 } }), 'executor.workers.labels.team: 5 given; expected text'],
  [workers({ labels: new Map([['team', 'data']]) }), 'executor.workers.labels: an instance of Map given; expected a map'],
  [{ allComponents: { image: 'a/b:1' } }, 'allComponents.image: text given; expected an object with some of digest, '],
  [{ allComponents: { image: { pullSecrets: 'mine' } } }, "allComponents.image.pullSecrets: text given; expected a list, as in ['…']"],
  [
    { apiServer: { resources: { cpu: '1' } } },
    'apiServer.resources.cpu: there is no such prop; there is: extendedResources, limits, requests',
  ],
  [{ apiServer: { resources: { limits: { cpu: 1 } } } }, 'apiServer.resources.limits.cpu: 1 given; expected text'],
  [placement({ nodeSelectr: {} }), 'executor.workers.placement.nodeSelectr: there is no such prop; did you mean "nodeSelector"?'],
  [placement({ tolerations: { key: 'a' } }), 'executor.workers.placement.tolerations: an object given; expected a list, as in [{ … }]'],
  [
    placement({ tolerations: [{ key: 'gpu', efect: 'NoSchedule' }] }),
    'executor.workers.placement.tolerations[0].efect: there is no such prop; did you mean "effect"?',
  ],
  [
    placement({ affinity: { nodeAfinity: {} } }),
    'executor.workers.placement.affinity.nodeAfinity: there is no such prop; did you mean "nodeAffinity"?',
  ],
  [{ database: { storageSize: '1Gi' } }, 'database: an object given; expected Database.builtIn()'],
  [{ database: 'postgres://ada:s3cret@db/airflow' }, 'database: text given; expected Database.builtIn()'],
  [{ database: Database.builtIn({ storage: '1Gi' }) }, 'database.storage: there is no such prop; did you mean "storageSize"?'],
  [{ database: Database.builtIn({ storageSize: 8 }) }, 'database.storageSize: 8 given; expected text'],
  [
    { scheduler: { serviceAccount: 'mine' } },
    "scheduler.serviceAccount: text given; expected ServiceAccount.create() or ServiceAccount.existing('…')",
  ],
  [
    { scheduler: { serviceAccount: ServiceAccount.create({ nme: 'mine' }) } },
    'scheduler.serviceAccount.nme: there is no such prop; did you mean "name"?',
  ],
  [{ admin: 'ada' }, 'admin: text given; expected an object with some of email, enabled, firstName, lastName, username'],
  [{ admin: { password: 's3cret' } }, 'admin.password: there is no such prop; there is: email, enabled, firstName, lastName, username'],

  [{ networkPolicies: false }, 'networkPolicies: false given; expected an object with some of dns, enabled, kubernetesApi, taskEgress'],
  [{ networkPolicies: { enabled: 'false' } }, 'networkPolicies.enabled: "false" given; expected true or false'],
  [
    { networkPolicies: { taskEgress: NetworkDestination.anywhere() } },
    'networkPolicies.taskEgress: an instance of NetworkDestination given; ',
  ],
  [egress('10.0.0.0/8'), 'networkPolicies.taskEgress[0]: text given; expected NetworkDestination.anywhere(), '],
  [
    egress(NetworkDestination.namespace()),
    'networkPolicies.taskEgress[0].name: undefined given to NetworkDestination.namespace; expected text',
  ],
  [
    egress(NetworkDestination.cidr('10.0.0.0/8', 443)),
    'networkPolicies.taskEgress[0].ports: 443 given to NetworkDestination.cidr; expected a list',
  ],
  [egress(NetworkDestination.anywhere(['443'])), 'networkPolicies.taskEgress[0].ports[0]: "443" given; expected a number'],

  [{ distribution: 'official' }, "distribution: text given; expected Distribution.bitnamiChart({ version: '…' }), "],
  [official(), "distribution: undefined given to Distribution.officialChart; expected an object, as in { version: '…' }"],
  [official({ versio: '1.20.0' }), 'distribution.versio: there is no such prop; did you mean "version"?'],
  [official({ version: '1.20.0', chart: 'airflow' }), "distribution.chart: text given; expected HelmChart.archive('…'), "],
  [
    official({ version: '1.20.0', chart: HelmChart.oci(5, '1.20.0') }),
    'distribution.chart.reference: 5 given to HelmChart.oci; expected text',
  ],
  [official({ version: '1.20.0', values: { a: PROTO } }), 'distribution.values.a.__proto__: all objects have this name; expected another'],
  [
    official({ version: '1.20.0', delivery: argo({ projct: 'a' }) }),
    'distribution.delivery.projct: there is no such prop; did you mean "project"?',
  ],
  [
    official({ version: '1.20.0', delivery: argo(null) }),
    'distribution.delivery: null given to Delivery.argoApplication; expected an object',
  ],
  [
    official({ version: '1.20.0', delivery: Delivery.fluxHelmRelease({ interval: 5 }) }),
    'distribution.delivery.interval: 5 given; expected a value of Duration',
  ],
  [
    official({ version: '1.20.0', delivery: Delivery.k3sHelmChart({ failurePolicy: 'retry' }) }),
    'distribution.delivery.failurePolicy: "retry" given; expected K3sFailurePolicy.ABORT or K3sFailurePolicy.REINSTALL',
  ],
  [bitnami({ version: 25 }), 'distribution.version: 25 given; expected text'],
  [bitnami({ version: '25.1.0', legacyImages: 'yes' }), 'distribution.legacyImages: "yes" given; expected true or false'],
];

test.each(CHART)('AirflowChart %#: %j is one error', (props, error) => {
  // WHEN
  const errors = synthErrors((app) => new AirflowChart(app, 'airflow', props));

  // THEN
  expect(errors).toEqual([expect.stringContaining(`[airflow] ${error}`)]);
  expect(errors.join()).not.toContain('s3cret');
  expect(({} as Untyped).polluted).toBeUndefined();
});

/** A construct in a chart, and the one error. */
const CONSTRUCTS: readonly [string, (chart: Chart) => unknown, string][] = [
  ['Airflow', (chart) => new Airflow(chart, 'it', 'airflow'), 'props: text given; expected an object with some of '],
  ['Airflow', (chart) => new Airflow(chart, 'it', { schedular: {} }), 'schedular: there is no such prop; did you mean "scheduler"?'],
  ['Airflow', (chart) => new Airflow(chart, 'it', { createNamespace: true }), 'createNamespace: there is no such prop; there is: '],
  [
    'DagGitSync',
    (chart) => new DagGitSync(chart, 'it'),
    "props: undefined given; expected an object, as in { repositories: [{ url: '…' }] }",
  ],
  ['DagGitSync', (chart) => new DagGitSync(chart, 'it', {}), 'repositories: it is missing; expected a list'],
  ['DagGitSync', (chart) => new DagGitSync(chart, 'it', { repositories: URL }), 'repositories: text given; expected a list'],
  ['DagGitSync', (chart) => new DagGitSync(chart, 'it', { repositories: [{}] }), 'repositories[0].url: it is missing; expected text'],
  [
    'DagGitSync',
    (chart) => new DagGitSync(chart, 'it', { repositories: [{ url: URL }], mount: '/dags' }),
    'mount: there is no such prop; did you mean "mountPath"?',
  ],
  ['RequirementsConfigMap', (chart) => new RequirementsConfigMap(chart, 'it'), 'props: undefined given; expected an object'],
  [
    'RequirementsConfigMap',
    (chart) => new RequirementsConfigMap(chart, 'it', {}),
    'requirements: it is missing; expected Requirements.from',
  ],
  ['RequirementsConfigMap', (chart) => new RequirementsConfigMap(chart, 'it', { requirements: 'a' }), 'requirements: text given; expected'],
  [
    'RequirementsConfigMap.filePart',
    (chart) => new RequirementsConfigMap(chart, 'it', { requirements: Requirements.fromText('a') }).filePart({ path: '/a' }),
    'path: there is no such prop; there is: mountPath',
  ],
  [
    'RequirementsConfigMap.installPart',
    (chart) => new RequirementsConfigMap(chart, 'it', { requirements: Requirements.fromText('a') }).installPart({ imag: 'a' }),
    'imag: there is no such prop; did you mean "image"?',
  ],
  ['IngressExposure', (chart) => new IngressExposure(chart, 'it'), 'props: undefined given; expected an object, as in { serviceName: '],
  [
    'IngressExposure',
    (chart) => new IngressExposure(chart, 'it', { host: 'a.b', serviceName: 'a' }),
    'servicePort: it is missing; expected',
  ],
  [
    'IngressExposure',
    (chart) => new IngressExposure(chart, 'it', { host: 'a.b', serviceName: 'a', servicePort: '80' }),
    'servicePort: "80" given; expected a number',
  ],
  [
    'HelmChartInclude',
    (chart) => new HelmChartInclude(chart, 'it'),
    'props: undefined given; expected an object, as in { chart: HelmChart.',
  ],
  [
    'HelmChartInclude',
    (chart) => new HelmChartInclude(chart, 'it', { chart: 'web' }),
    "chart: text given; expected HelmChart.archive('…'), ",
  ],
  [
    'HelmChartInclude',
    (chart) => new HelmChartInclude(chart, 'it', { chart: HelmChart.repository() }),
    'chart: undefined given to HelmChart.repository; expected an object',
  ],
  [
    'HelmChartInclude',
    (chart) => new HelmChartInclude(chart, 'it', { chart: HelmChart.folder('web'), value: {} }),
    'value: there is no such prop; did you mean "values"?',
  ],
  [
    'HelmChartInclude',
    (chart) => new HelmChartInclude(chart, 'it', { chart: HelmChart.folder('web'), values: PROTO }),
    'values.__proto__: all objects have this name; expected another',
  ],
  [
    'HelmChartInclude',
    (chart) => new HelmChartInclude(chart, 'it', { chart: HelmChart.folder('web'), exclude: 'Service/web' }),
    "exclude: text given; expected a list, as in ['…']",
  ],
];

test.each(CONSTRUCTS)('%s %#: one error tells what is wrong', (_name, build, error) => {
  // WHEN
  const errors = synthErrors((app) => build(new Chart(app, 'chart', { namespace: 'web' })));

  // THEN
  expect(errors).toEqual([expect.stringContaining(`[chart/it] ${error}`)]);
});

test('all that is wrong is told at once, of shapes and of values', () => {
  // GIVEN
  const props = { executr: 1, ...workers({ replicas: 0, gracePeriod: 5 }), dags: [{ url: URL, depht: 0, branch: 'a b' }] };

  // WHEN
  const errors = synthErrors((app) => new AirflowChart(app, 'airflow', props));

  // THEN
  expect(errors.map((error) => error.split(': ')[0]).sort()).toEqual([
    '[airflow/airflow/dags] dags[0].branch',
    '[airflow/airflow] executor.workers.replicas',
    '[airflow] dags[0].depht',
    '[airflow] executor.workers.gracePeriod',
    '[airflow] executr',
  ]);
});

test('what is undefined is as if it were not there', () => {
  // GIVEN
  const props = { dags: undefined, ...workers({ replicas: undefined }), whatever: undefined };

  // THEN
  expect(synthErrors((app) => new AirflowChart(app, 'airflow', props))).toEqual([]);
});

test.each(FACTORIES)('%s.%s keeps what it was given, so that it can be checked, and throws nothing', (name, factory) => {
  // THEN
  expect((lib as Untyped)[name][factory]()._given[0]).toBe(factory);
});
