import { App, Chart } from 'cdk8s';
import { EnvValue, Secret } from 'cdk8s-plus-27';
import {
  type AirflowChartProps,
  Broker,
  Database,
  Executor,
  GitCredentials,
  Logs,
  Metrics,
  NetworkDestination,
  Requirements,
  SecurityContext,
} from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, type SynthObjects, synthAirflow } from '../../support/synth-objects';

const PORTS = [5432, 6379, 8080, 8793, 8794, 8974, 9630];
const DAGS = [{ url: 'http://gitlab-webservice.gitlab.svc.cluster.local:8181/team/dags.git' }];

const DATABASE = (...components: string[]) => components.map((component) => `${component} -> postgresql:5432`);

test.each<[string, Executor, string[]]>([
  [
    'CeleryExecutor',
    Executor.celery(),
    [
      'worker -> api-server:8080',
      'api-server -> worker:8793',
      'api-server -> triggerer:8794',
      'scheduler -> redis:6379',
      'worker -> redis:6379',
      ...DATABASE('api-server', 'scheduler', 'dag-processor', 'triggerer', 'migrate', 'create-user'),
    ],
  ],
  [
    'LocalExecutor',
    Executor.local(),
    [
      'scheduler -> api-server:8080',
      'api-server -> scheduler:8793',
      'api-server -> triggerer:8794',
      ...DATABASE('api-server', 'scheduler', 'dag-processor', 'triggerer', 'migrate', 'create-user'),
    ],
  ],
])('under %s the pods reach what they need of each other, and nothing else', (_name, executor, expected) => {
  // WHEN
  const connections = connectionsOf(synthAirflow({ executor, dags: DAGS }));

  // THEN
  expect(connections.sort()).toEqual([...expected].sort());
});

test('what tasks may reach opens nothing within Airflow', () => {
  // GIVEN
  const taskEgress = [NetworkDestination.anywhere()];

  // THEN
  expect(connectionsOf(synthAirflow({ networkPolicies: { taskEgress } }))).toEqual(connectionsOf(synthAirflow()));
});

test('a component reaches what its egress says, and that of all is for the Jobs too', () => {
  // GIVEN
  const to = (name: string) => [NetworkDestination.namespace(name, [4318], [9125])];

  // WHEN
  const objects = synthAirflow({ allComponents: { egress: to('monitoring') }, scheduler: { egress: to('vault') } });

  // THEN
  const ports = [tcp(4318), { port: 9125, protocol: 'UDP' }];
  expect(withEgress(objects, { to: [namespace('monitoring')], ports })).toEqual([
    'api-server',
    'create-user',
    'credentials',
    'dag-processor',
    'migrate',
    'scheduler',
    'triggerer',
    'worker',
  ]);
  expect(withEgress(objects, { to: [namespace('vault')], ports })).toEqual(['scheduler']);
});

test('PostgreSQL and Redis can connect to nothing at all', () => {
  // WHEN
  const objects = synthAirflow({ networkPolicies: { taskEgress: [NetworkDestination.anywhere()] } });

  // THEN
  for (const component of ['postgresql', 'redis']) {
    const { policyTypes, egress } = policy(objects, component);
    expect(policyTypes).toContain('Egress');
    expect(egress).toBeUndefined();
  }
});

test('pods reach the name servers of their own', () => {
  // GIVEN
  const dnsConfig = { nameservers: ['10.0.0.10', '2001:db8::10'] };
  const dns = [NetworkDestination.cidr('10.0.0.9/32', [53], [53])];
  const whoAsks = (objects: SynthObjects, cidr: string) => withEgress(objects, { to: [{ ipBlock: { cidr } }], ports: [udp(53), tcp(53)] });

  // WHEN
  const ofAll = synthAirflow({ allComponents: { dnsConfig }, pgBouncer: {} });
  const ofOne = synthAirflow({ scheduler: { dnsConfig } });
  const elsewhere = synthAirflow({ scheduler: { dnsConfig }, networkPolicies: { dns } });

  // THEN
  for (const cidr of ['10.0.0.10/32', '2001:db8::10/128']) {
    expect(whoAsks(ofAll, cidr)).toEqual([...RUNNING, 'create-user', 'credentials', 'migrate', 'pgbouncer'].sort());
    expect(whoAsks(ofOne, cidr)).toEqual(['scheduler']);
    expect(whoAsks(elsewhere, cidr)).toEqual([]);
  }
});

test('all others can look up names', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  for (const component of Object.keys(objects.podTemplates((name) => name !== 'postgresql' && name !== 'redis'))) {
    expect(policy(objects, component).egress).toContainEqual({
      to: [{ ...namespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
      ports: [udp(53), tcp(53)],
    });
  }
});

test.each<[string, AirflowChartProps, Manifest[]]>([
  [
    'that of OpenShift too where the platform assigns ids',
    { allComponents: { securityContext: SecurityContext.assignedByPlatform() } },
    [{ to: [namespace('openshift-dns')], ports: [udp(5353), tcp(5353)] }],
  ],
  [
    'those that are named, and no other',
    {
      networkPolicies: {
        dns: [NetworkDestination.cidr('169.254.20.10/32', [53], [53]), NetworkDestination.pods('dns', { app: 'unbound' }, [53], [53])],
      },
    },
    [
      {
        to: [{ ipBlock: { cidr: '169.254.20.10/32' } }, { ...namespace('dns'), podSelector: { matchLabels: { app: 'unbound' } } }],
        ports: [tcp(53), udp(53)],
      },
    ],
  ],
])('name servers are %s', (_what, props, rules) => {
  // THEN
  const { egress } = policy(synthAirflow(props), 'worker');
  for (const rule of rules) expect(egress).toContainEqual(rule);
  const isKubeDns = JSON.stringify(egress).includes('kube-dns');
  expect(isKubeDns).toBe(props.networkPolicies === undefined);
});

test('what may connect anywhere reaches neither the metadata of the cloud nor the API of Kubernetes', () => {
  // GIVEN
  const props: AirflowChartProps = {
    requirements: Requirements.fromList(['pandas']),
    dags: [{ url: 'https://github.com/team/dags.git' }],
    networkPolicies: { taskEgress: [NetworkDestination.anywhere()], kubernetesApi: ['192.0.2.10/32', '2001:db8::10/128'] },
  };

  // WHEN
  const objects = synthAirflow({ ...props, executor: Executor.several(Executor.celery(), Executor.kubernetes()), namespace: 'airflow' });

  // THEN
  const blocks = objects
    .ofKind('NetworkPolicy')
    .flatMap(({ spec }) => spec.egress ?? [])
    .flatMap(({ to }: Manifest) => to)
    .flatMap(({ ipBlock }: Manifest) => ipBlock ?? []);
  const [anyV4, anyV6] = ['0.0.0.0/0', '::/0'].map((cidr) => blocks.filter((block: Manifest) => block.cidr === cidr));
  expect(anyV4.length).toBeGreaterThan(0);
  for (const { except } of anyV4) expect(except).toEqual(['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32', '192.0.2.10/32']);
  for (const { except } of anyV6) expect(except).toEqual(['fe80::/10', 'fd00:ec2::254/128', 'fd20:ce::254/128', '2001:db8::10/128']);
  expect(blocks.filter(({ cidr }: Manifest) => cidr === '192.0.2.10/32')).toHaveLength(3);
});

test('all that is opened to whatever address is the API of Kubernetes, where nobody says where it is', () => {
  // WHEN
  const objects = synthAirflow({
    requirements: Requirements.fromList(['pandas']),
    logs: Logs.s3({ bucket: 'logs' }),
    networkPolicies: { taskEgress: [NetworkDestination.anywhere()] },
  });

  // THEN
  const open = objects.ofKind('NetworkPolicy').flatMap(({ metadata, spec }) => {
    return (spec.egress ?? []).filter(({ to }: Manifest) => !to).map(({ ports }: Manifest) => [metadata.name, ports]);
  });
  expect(open).toEqual([['airflow-credentials', [443, 6443, 8443, 16443].map(tcp)]]);
});

test('only the Job that makes the credentials reaches the Kubernetes API, at the ports that clusters have it at', () => {
  // THEN
  expect(withEgress(synthAirflow(), { ports: [443, 6443, 8443, 16443].map(tcp) })).toEqual(['credentials']);
});

test.each([
  ['CeleryExecutor', Executor.celery(), ['dag-processor', 'worker']],
  ['LocalExecutor', Executor.local(), ['dag-processor', 'scheduler']],
])('under %s only what reads DAGs reaches the git repositories', (_name, executor, readers) => {
  // GIVEN
  const dags = [...DAGS, { url: 'https://gitlab.example.com:8443/team/more.git' }];

  // WHEN
  const objects = synthAirflow({ executor, dags });

  // THEN
  expect(withEgress(objects, { to: [namespace('gitlab')] })).toEqual(readers);
  expect(withEgress(objects, { ports: [tcp(8443)] })).toEqual(readers);
});

const RUNNING = ['api-server', 'dag-processor', 'scheduler', 'triggerer', 'worker'];
const INSTALLING = ['create-user', 'migrate', ...RUNNING].sort();

test.each<[string, Requirements, Manifest]>([
  ['PyPI', Requirements.fromList(['pandas']), { ports: [tcp(443)] }],
  ['an index in the cluster', Requirements.fromList(['--index-url http://devpi.tools.svc:3141/simple', 'a']), { to: [namespace('tools')] }],
  [
    'an index that only a Secret names, where that is said to be',
    Requirements.fromList(['a'], { pipConfig: { secretName: 'pip' }, egress: [NetworkDestination.cidr('192.0.2.7/32', [443])] }),
    { to: [{ ipBlock: { cidr: '192.0.2.7/32' } }], ports: [tcp(443)] },
  ],
])('the pods that install reach %s', (_what, requirements, rule) => {
  // THEN
  expect(withEgress(synthAirflow({ requirements }), rule)).toEqual(INSTALLING);
});

const SECRET = EnvValue.fromSecretValue({ secret: Secret.fromSecretName(new Chart(new App(), 'other'), 'pip', 'pip'), key: 'url' });

test('what is said of an index is all that pods reach in order to install', () => {
  // GIVEN
  const requirements = (egress?: NetworkDestination[]) =>
    Requirements.fromList(['--index-url https://pypi.example.com:8443/simple', 'a'], { egress });
  const reach = (objects: SynthObjects) => withEgress(objects, { ports: [tcp(8443)] });

  // THEN
  expect(reach(synthAirflow({ requirements: requirements() }))).toEqual(INSTALLING);
  expect(reach(synthAirflow({ requirements: requirements([NetworkDestination.namespace('nexus', [8081])]) }))).toEqual([]);
});

test.each<[string, AirflowChartProps, string]>([
  ['a Secret', { requirements: Requirements.fromList(['a'], { pipConfig: { secretName: 'pip' } }) }, 'pipConfig, or'],
  [
    'a variable from a Secret',
    { requirements: Requirements.fromList(['a']), triggerer: { env: { PIP_INDEX_URL: SECRET } } },
    'PIP_INDEX_URL says where',
  ],
  [
    'a variable without a scheme',
    { requirements: Requirements.fromList(['a']), allComponents: { env: { HTTPS_PROXY: EnvValue.fromValue('proxy.example.com:3128') } } },
    'HTTPS_PROXY says where',
  ],
])('an index that only %s names is an error, and opens nothing', (_what, props, problem) => {
  // THEN
  expect(airflowErrors(props)).toEqual([expect.stringContaining(`] requirements.egress: ${problem}`)]);
  expect(airflowErrors({ ...props, networkPolicies: { enabled: false } })).not.toContainEqual(
    expect.stringContaining('requirements.egress'),
  );
});

test.each<[string, EnvValue, Manifest]>([
  ['HTTPS_PROXY', EnvValue.fromValue('http://proxy.example.com:3128'), { ports: [tcp(3128)] }],
  ['https_proxy', EnvValue.fromValue('http://squid.net.svc:3128'), { to: [namespace('net')] }],
  ['PIP_INDEX_URL', EnvValue.fromValue('https://nexus.example.com:8443/simple'), { ports: [tcp(8443)] }],
  ['PIP_EXTRA_INDEX_URL', EnvValue.fromValue('https://a.example.com/ https://b.example.com:8443/'), { ports: [tcp(8443)] }],
])('the pods that install reach where the variable %s sends pip', (name, value, rule) => {
  // GIVEN
  const requirements = Requirements.fromList(['pandas']);

  // WHEN
  const objects = synthAirflow({ requirements, allComponents: { env: { [name]: value } } });

  // THEN
  expect(withEgress(objects, rule)).toEqual(INSTALLING);
});

test('a variable that tells pip no address opens nothing', () => {
  // GIVEN
  const props = { requirements: Requirements.fromList(['pandas']) };
  const env = { NO_PROXY: EnvValue.fromValue('.svc'), PIP_RETRIES: EnvValue.fromValue('3') };

  // THEN
  const policies = (objects: SynthObjects) => RUNNING.map((component) => policy(objects, component));
  expect(policies(synthAirflow({ ...props, allComponents: { env } }))).toEqual(policies(synthAirflow(props)));
});

test('a variable that sends the pip of one component somewhere is for that component alone', () => {
  // GIVEN
  const env = { https_proxy: EnvValue.fromValue('http://proxy.example.com:3128') };

  // WHEN
  const objects = synthAirflow({ requirements: Requirements.fromList(['pandas']), executor: Executor.celery({ workers: { env } }) });

  // THEN
  expect(withEgress(objects, { ports: [tcp(3128)] })).toEqual(['worker']);
});

describe('with a proxy', () => {
  const proxy = { http: 'http://proxy.example.com:3128', noProxy: ['.example.com'] };

  test('what connects out reaches the proxy, and no longer what is behind it', () => {
    // WHEN
    const objects = synthAirflow({
      proxy,
      requirements: Requirements.fromList(['pandas']),
      dags: [{ url: 'https://github.com/team/dags.git' }],
    });

    // THEN
    expect(withEgress(objects, { ports: [tcp(3128)] })).toEqual(INSTALLING);
    expect(withEgress(objects, { ports: [tcp(443)] })).toEqual([]);
  });

  test('what sends metrics to a collector behind it reaches it', () => {
    // WHEN
    const objects = synthAirflow({ proxy, metrics: Metrics.openTelemetry({ endpoint: 'https://otel.example.net:4318' }) });

    // THEN
    expect(withEgress(objects, { ports: [tcp(3128)] })).toEqual(INSTALLING);
    expect(withEgress(objects, { ports: [tcp(4318)] })).toEqual([]);
  });

  test('what it is not used for is reached as before', () => {
    // WHEN
    const objects = synthAirflow({
      proxy,
      requirements: Requirements.fromList(['--index-url https://pypi.example.com/simple', 'pandas']),
      dags: [
        ...DAGS,
        { name: 'ssh', url: 'git@github.com:team/dags.git', credentials: GitCredentials.sshKey({ secretName: 'a', knownHostsKey: 'b' }) },
      ],
    });

    // THEN
    expect(withEgress(objects, { ports: [tcp(443)] })).toEqual(INSTALLING);
    expect(withEgress(objects, { to: [namespace('gitlab')] })).toEqual(['dag-processor', 'worker']);
    expect(withEgress(objects, { ports: [tcp(22)] })).toEqual(['dag-processor', 'worker']);
  });

  test('what connects to nothing outside does not reach it', () => {
    // WHEN
    const objects = synthAirflow({ proxy });

    // THEN
    expect(withEgress(objects, { ports: [tcp(3128)] })).toEqual(['api-server', 'dag-processor', 'triggerer', 'worker']);
  });
});

test('a Service is known by the domain of the cluster', () => {
  // WHEN
  const dags = [{ url: 'https://gitea.git.svc.k8s.example.com/team/dags.git' }];
  const database = Database.external({ host: 'db.data.svc.k8s.example.com', password: { secretName: 'database' } });
  const executor = Executor.celery({ broker: Broker.external({ host: 'valkey.queues.svc.k8s.example.com' }) });
  const [known, unknown] = [{ clusterDomain: 'k8s.example.com' }, {}].map((domain) =>
    synthAirflow({ dags, database, executor, ...domain }),
  );

  // THEN
  for (const client of ['scheduler', 'migrate']) expect(JSON.stringify(policy(known, client))).toContain(JSON.stringify(namespace('data')));
  for (const client of ['scheduler', 'worker'])
    expect(JSON.stringify(policy(known, client))).toContain(JSON.stringify(namespace('queues')));
  expect(JSON.stringify(policy(unknown, 'scheduler'))).not.toMatch(/"(data|queues)"/);
  expect(withEgress(known, { to: [namespace('git')] })).toEqual(['dag-processor', 'worker']);
  expect(withEgress(unknown, { ports: [tcp(443)] })).toEqual(['dag-processor', 'worker']);
});

test('without requirements nothing of Airflow reaches the world', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  for (const component of [...RUNNING, 'migrate', 'create-user']) {
    for (const { to } of policy(objects, component).egress) {
      for (const peer of to) expect(peer).toHaveProperty('podSelector.matchLabels');
    }
  }
});

test.each([
  ['CeleryExecutor', Executor.celery(), ['api-server', 'dag-processor', 'triggerer', 'worker']],
  ['LocalExecutor', Executor.local(), ['api-server', 'dag-processor', 'scheduler', 'triggerer']],
])('under %s the code of DAGs, and the API server for its logs, reach what they are given', (_name, executor, userCode) => {
  // GIVEN
  const taskEgress = [
    NetworkDestination.namespace('warehouse', [5432]),
    NetworkDestination.cidr('10.1.0.0/16'),
    NetworkDestination.anywhere([8443]),
  ];

  // WHEN
  const objects = synthAirflow({ executor, networkPolicies: { taskEgress } });

  // THEN
  expect(withEgress(objects, { to: [namespace('warehouse')], ports: [tcp(5432)] })).toEqual(userCode);
  expect(withEgress(objects, { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }] })).toEqual(userCode);
  expect(withEgress(objects, { ports: [tcp(8443)] })).toEqual(userCode);
});

test.each<[string, AirflowChartProps, Manifest[]]>([
  ['without an Ingress only workers', {}, []],
  ['with an Ingress everybody', { ingress: { host: 'a.example.com' } }, [{ ports: [tcp(8080)] }]],
  [
    'with the namespace of its controller only that',
    { ingress: { host: 'a.example.com', controllerNamespace: 'ingress-nginx' } },
    [{ from: [namespace('ingress-nginx')], ports: [tcp(8080)] }],
  ],
  ['with a Gateway everybody', { httpRoute: { gateway: { name: 'public' }, host: 'a.example.com' } }, [{ ports: [tcp(8080)] }]],
  [
    'with the pods of the Gateway only those',
    {
      httpRoute: {
        gateway: { name: 'public' },
        host: 'a.example.com',
        controllerNamespace: 'gateways',
        controllerLabels: { app: 'envoy' },
      },
    },
    [{ from: [{ ...namespace('gateways'), podSelector: { matchLabels: { app: 'envoy' } } }], ports: [tcp(8080)] }],
  ],
])('%s reach the web interface', (_what, props, more) => {
  // WHEN
  const { ingress } = policy(synthAirflow(props), 'api-server');

  // THEN: peers of the same port are one rule
  const peers = ingress.flatMap(({ from = ['anybody'], ports }: Manifest) => from.map((peer: Manifest) => [peer, ports]));
  const worker = { podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/component': 'worker' }) } };
  expect(peers).toEqual([
    [worker, [tcp(8080)]],
    ...more.flatMap(({ from = ['anybody'], ports }) => from.map((peer: Manifest) => [peer, ports])),
  ]);
});

test('NetworkPolicies can be left out', () => {
  // THEN
  expect(synthAirflow({ networkPolicies: { enabled: false } }).names('NetworkPolicy')).toEqual([]);
  expect(synthAirflow({ networkPolicies: { enabled: true } }).names('NetworkPolicy')).toEqual(synthAirflow().names('NetworkPolicy'));
});

const ANYWHERE = [{ namespaceSelector: {} }];

function tcp(port: number) {
  return { port, protocol: 'TCP' };
}

function udp(port: number) {
  return { port, protocol: 'UDP' };
}

function namespace(name: string) {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

function policy(objects: SynthObjects, component: string): Manifest {
  return objects.one('NetworkPolicy', `airflow-${component}`).spec;
}

/** The components with a rule that has at least these peers and ports; without peers in it, one that leads anywhere. */
function withEgress(objects: SynthObjects, wanted: Manifest): string[] {
  const has = ({ to, ports }: Manifest) =>
    JSON.stringify(ports) === JSON.stringify(wanted.ports) &&
    (wanted.to ?? ANYWHERE).every((peer: Manifest) => JSON.stringify(to ?? ANYWHERE).includes(JSON.stringify(peer)));
  return Object.keys(objects.podTemplates())
    .filter((component) => (policy(objects, component).egress ?? []).some(has))
    .sort();
}

/** What the NetworkPolicies let through between the pods: `from -> to:port`. */
function connectionsOf(objects: SynthObjects): string[] {
  const pods = Object.entries(objects.podTemplates()).map(([component, { metadata }]) => ({ component, labels: metadata.labels }));
  type Pod = (typeof pods)[number];
  const selects = (selector: Manifest, { labels }: Pod) =>
    Object.entries(selector.matchLabels ?? {}).every(([name, value]) => labels[name] === value);
  const lets = (rules: Manifest[] = [], end: 'from' | 'to', peer: Pod, port: number) =>
    rules.some(
      (rule) =>
        (!rule.ports || rule.ports.some((allowed: Manifest) => allowed.port === port && allowed.protocol === 'TCP')) &&
        (!rule[end] || rule[end].some(({ podSelector }: Manifest) => podSelector && selects(podSelector, peer))),
    );
  return pods.flatMap((from) =>
    pods.flatMap((to) =>
      PORTS.filter(
        (port) =>
          from !== to &&
          lets(policy(objects, from.component).egress, 'to', to, port) &&
          lets(policy(objects, to.component).ingress, 'from', from, port),
      ).map((port) => `${from.component} -> ${to.component}:${port}`),
    ),
  );
}
