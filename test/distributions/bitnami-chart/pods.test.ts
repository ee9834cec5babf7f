import { Credentials, Executor } from '../../../lib';
import { leadsAnywhere } from '../../support/anywhere';
import { AIRFLOW_2, bitnamiRelease, type Options } from './release';

/** The pods that each NetworkPolicy is for, by the component in its name. */
function policies(...args: Parameters<typeof bitnamiRelease>) {
  const { chart } = bitnamiRelease(...args);
  const objects = chart.node.findAll().flatMap((child) => ('kind' in child && child.kind === 'NetworkPolicy' ? [child] : []));
  const manifests = objects.map((object) => (object as unknown as { toJson(): { metadata: { name: string }; spec: Spec } }).toJson());
  return Object.fromEntries(manifests.map(({ metadata, spec }) => [metadata.name.replace(/^airflow-/, ''), spec]));
}

interface Spec {
  readonly podSelector: { readonly matchLabels: { readonly [label: string]: string } };
  readonly ingress?: readonly { readonly from?: unknown[]; readonly ports?: readonly { readonly port: number }[] }[];
  readonly egress?: readonly { readonly to?: unknown[]; readonly ports?: readonly { readonly port: number }[] }[];
}

const selected = (specs: { readonly [name: string]: Spec }) => {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { podSelector }]) => {
      const labels = podSelector.matchLabels;
      return [name, [labels['app.kubernetes.io/name'], labels['app.kubernetes.io/component']].filter(Boolean).join('/')];
    }),
  );
};
const toAnywhere = ({ egress = [] }: Spec, port: number) => {
  return egress.some((rule) => leadsAnywhere(rule, port));
};

test.each<[string, Options]>([
  ['Airflow 3', {}],
  ['Airflow 2', AIRFLOW_2],
])('workers of %s reach the database, which they wait for, and which has results', (_what, options) => {
  const { egress = [] } = policies({}, options).worker;

  expect(egress.flatMap(({ ports = [] }) => ports.map(({ port }) => port))).toContain(5432);
});

test.each<[string, Options]>([
  ['Airflow 3', {}],
  ['Airflow 2', AIRFLOW_2],
])('the pods of %s are known by the labels of the chart', (_what, options) => {
  // WHEN
  const specs = policies({}, options);

  // THEN
  expect(selected(specs)).toEqual({
    'api-server': 'airflow/web',
    scheduler: 'airflow/scheduler',
    'dag-processor': 'airflow/dag-processor',
    triggerer: 'airflow/triggerer',
    worker: 'airflow/worker',
    migrate: 'airflow/setup-db',
    postgresql: 'postgresql/primary',
    redis: 'redis',
    credentials: 'airflow/credentials',
  });
  for (const { podSelector } of Object.values(specs)) expect(podSelector.matchLabels['app.kubernetes.io/instance']).toBe('airflow');
});

test('there is none for what is not there', () => {
  // GIVEN
  const credentials = Credentials.existing({ database: { secretName: 'db' } });
  const values = { postgresql: { enabled: false }, triggerer: { enabled: false }, setupDBJob: { enabled: false } };

  // WHEN
  const names = Object.keys(policies({ executor: Executor.local(), credentials }, { values }));

  // THEN
  expect(names).toEqual(['api-server', 'scheduler', 'dag-processor', 'credentials']);
});

test('servers outside of the chart can be reached at their ports', () => {
  // GIVEN
  const credentials = Credentials.existing({ database: { secretName: 'db' }, broker: { secretName: 'redis' } });
  const values = {
    postgresql: { enabled: false },
    externalDatabase: { host: 'db.example.com', port: 6432 },
    redis: { enabled: false },
    externalRedis: { host: 'redis.example.com' },
  };

  // WHEN
  const specs = policies({ credentials }, { values });

  // THEN
  const reaching = (port: number) => Object.keys(specs).filter((name) => toAnywhere(specs[name], port));
  expect(reaching(6432)).toEqual(['api-server', 'scheduler', 'dag-processor', 'triggerer', 'migrate', 'worker']);
  expect(reaching(6379)).toEqual(['scheduler', 'worker']);
});

test('replicas of Redis may copy from the master, and look up its name', () => {
  // WHEN
  const [alone, replicated] = [{}, { values: { redis: { architecture: 'replication' } } }].map((options) => policies({}, options).redis);

  // THEN
  expect(alone.egress).toBeUndefined();
  expect(replicated.egress?.flatMap(({ ports }) => ports?.map(({ port }) => port))).toEqual([6379, 53, 53]);
  expect(replicated.ingress?.[0].from).toHaveLength(3);
});

test('the metrics of StatsD can be read, if the user has them', () => {
  // WHEN
  const [without, with_] = [{}, { values: { metrics: { enabled: true } } }].map((options) => policies({}, options).statsd);

  // THEN
  expect(without).toBeUndefined();
  expect(with_.ingress?.flatMap(({ ports }) => ports?.map(({ port }) => port))).toEqual([9125, 9102]);
});

test('without NetworkPolicies of the library there are none of the chart either', () => {
  // WHEN
  const specs = policies({ networkPolicies: { enabled: false } });
  const { values } = bitnamiRelease({ networkPolicies: { enabled: false } });

  // THEN
  expect(specs).toEqual({});
  for (const part of ['web', 'scheduler', 'dagProcessor', 'triggerer', 'worker', 'metrics']) {
    expect(values[part].networkPolicy).toEqual({ enabled: false });
  }
});
