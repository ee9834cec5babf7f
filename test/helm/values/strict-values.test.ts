import { readChart } from '../../../lib/helm/chart/chart-files';
import type { ValuesOfChart } from '../../../lib/helm/values/known-values';
import { checkValues } from '../../../lib/helm/values/strict-values';
import type { Json } from '../../../lib/kubernetes/json';
import { fixtureChart } from '../../support/helm';

const chartOf = (values: Json, others: Partial<ValuesOfChart> = {}): ValuesOfChart => ({
  metadata: { name: 'chart' },
  values,
  subcharts: [],
  ...others,
});
const check = (values: Json, defaults: Json, schema?: Json) => checkValues(values, chartOf(defaults, { schema }));
const checkFixture = (name: string, values: Json) => checkValues(values, readChart(fixtureChart(name)));

test.each(['plain', 'hooks', 'schema', 'subcharts', 'library', 'weird', 'random'])(
  'the values of the chart %s itself are right',
  (name) => {
    // GIVEN
    const chart = readChart(fixtureChart(name));
    // THEN
    expect(checkValues(chart.values, chart)).toEqual([]);
    expect(checkValues({}, chart)).toEqual([]);
  },
);

test.each<[Json, string[]]>([
  [{ replicas: 3, image: { tag: '3.0' }, service: { enabled: false }, priorityClassName: 'high', auth: { password: 'hunter2' } }, []],
  [{ podAnnotations: { 'example.com/a': 'b' }, nodeSelector: { disk: 'ssd' }, env: [{ name: 'A', value: 'b' }] }, []],
  [{ replica: 3 }, ['values.replica: the chart does not know it; did you mean "replicas"?']],
  [{ image: { Tag: '3.0' } }, ['values.image.Tag: the chart does not know it; did you mean "tag"?']],
  [{ auth: { existingsecret: 'a' } }, ['values.auth.existingsecret: the chart does not know it; did you mean "existingSecret"?']],
  [
    { image: { digest: 'a' }, service: { 'a b': 1 } },
    [
      'values.image.digest: the chart does not know it; it knows: pullPolicy, repository, tag',
      'values.service["a b"]: the chart does not know it; it knows: enabled, port',
    ],
  ],
  [{ replicas: [3] }, ["values.replicas: a list given; expected text or a number, as the chart's default is"]],
  [{ replicas: true }, []],
  [{ image: 'web:3.0' }, ['values.image: "web:3.0" given; expected a map, as the chart\'s default is']],
  [{ service: { enabled: 'yes' } }, ['values.service.enabled: "yes" given; expected true or false, as the chart\'s default is']],
  [{ env: { A: 'b' } }, ["values.env: a map given; expected a list, as the chart's default is"]],
  [{ podAnnotations: ['a'] }, ["values.podAnnotations: a list given; expected a map, as the chart's default is"]],
  [{ image: null, replicas: null, service: { enabled: null } }, []],
  [{ priorityClassName: { any: ['thing'] } }, []],
  [['a'], ['values: a list given; expected a map']],
])('by its values.yaml: %j', (values, messages) => {
  // THEN
  expect(checkFixture('plain', values)).toEqual(messages);
});

test.each<[Json, string[]]>([
  [
    { size: 'large', web: { tls: true, hosts: ['a'] }, queues: { fast: { workers: 2 } }, limits: { cpu: 1, memory: '1Gi' }, note: 'text' },
    [],
  ],
  [{ web: { tsl: true } }, ['values.web.tsl: the chart does not know it; did you mean "tls"?']],
  [{ queues: { fast: { worker: 2 } } }, ['values.queues.fast.worker: the chart does not know it; did you mean "workers"?']],
  [{ queues: { Fast: {} } }, ['values.queues.Fast: the chart does not know it; it knows: nothing by name']],
  // Of what type a value is helm checks, which says it as well.
  [{ size: 'medium', web: { port: '80', hosts: ['a', 1] }, limits: { cpu: [] }, note: 5 }, []],
  [{ global: { anything: 1 } }, []],
])('by its values.schema.json: %j', (values, messages) => {
  // THEN
  expect(checkFixture('schema', values)).toEqual(messages);
});

test.each<[Json, string[]]>([
  [
    {
      store: { auth: { existingSecret: 'a' }, host: 'db', podLabels: { a: 'b' }, enabled: false },
      cache: { enabled: true, memory: '1Gi' },
    },
    [],
  ],
  [{ global: { any: 1 }, store: { global: { any: 1 } }, tags: { backend: true } }, []],
  [
    { store: { auth: { existingsecret: 'a' } } },
    ['values.store.auth.existingsecret: the chart does not know it; did you mean "existingSecret"?'],
  ],
  [
    { store: { persistence: { size: {} } } },
    ["values.store.persistence.size: a map given; expected text or a number, as the chart's default is"],
  ],
  [{ cache: { memry: '1Gi' } }, ['values.cache.memry: the chart does not know it; did you mean "memory"?']],
  [{ database: {} }, ['values.database: the chart does not know it; it knows: cache, global, replicas, store']],
  [{ store: true }, ["values.store: true given; expected a map, as the chart's default is"]],
])('by the charts in it: %j', (values, messages) => {
  // THEN
  expect(checkFixture('subcharts', values)).toEqual(messages);
});

test('a schema need not say all of a chart that is in the chart', () => {
  // GIVEN
  const database = chartOf({ auth: { existingSecret: '', labels: {} }, podLabels: {} });
  const schema = {
    properties: { db: { type: 'object', properties: { auth: { type: 'object', additionalProperties: true, properties: { user: {} } } } } },
  };
  const chart = chartOf({ db: { auth: { user: 'a' } } }, { schema, subcharts: [{ name: 'db', files: database }] });
  // WHEN
  const messages = checkValues(
    { db: { auth: { user: 'b', existingSecret: 'c', labels: { a: 'b' }, pasword: 'x' }, podLabels: { a: 'b' } } },
    chart,
  );
  // THEN
  expect(messages).toEqual(['values.db.auth.pasword: the chart does not know it; it knows: existingSecret, labels, user']);
});

test('a dependency that is not there, and its switch, are known nevertheless', () => {
  // GIVEN
  const dependencies = [
    { name: 'redis', condition: 'redis.enabled, global.redis.enabled' },
    { name: 'db', alias: 'store' },
  ];
  const redis = { name: 'redis', files: chartOf({ port: 6379 }) };
  const chart = chartOf({ color: 'blue' }, { metadata: { dependencies }, subcharts: [redis] });
  // THEN
  expect(checkValues({ redis: { enabled: true, port: 1 }, store: { any: 1 } }, chart)).toEqual([]);
  expect(checkValues({ redis: { enable: true }, stor: {} }, chart)).toEqual([
    'values.redis.enable: the chart does not know it; did you mean "enabled"?',
    'values.stor: the chart does not know it; it knows: color, global, redis',
  ]);
});

test.each<[string, Json, Json]>([
  ['resources', { resources: { requests: { cpu: '1' } } }, { resources: { limits: { 'example.com/gpu': 1 } } }],
  ['a security context', { podSecurityContext: { fsGroup: 0 } }, { podSecurityContext: { runAsUser: 5 } }],
  ['annotations', { web: { annotations: { a: 'b' } } }, { web: { annotations: { c: 'd' } } }],
  ['an update strategy', { updateStrategy: { type: 'RollingUpdate' } }, { updateStrategy: { rollingUpdate: { maxSurge: 1 } } }],
])('in %s there may be more than the default has', (_, defaults, values) => {
  // THEN
  expect(check(values, defaults)).toEqual([]);
});

test('a schema that lets in more, does so beside the defaults too', () => {
  // GIVEN
  const schema = {
    properties: { config: { additionalProperties: { type: 'object', additionalProperties: { type: ['string', 'integer'] } } } },
  };
  const defaults = { config: { core: { executor: 'a' } } };
  // THEN
  expect(check({ config: { core: { parallelism: 4 }, other: { a: 'b' } } }, defaults, schema)).toEqual([]);
});

test('items of a list may have any keys, unless a schema says that they may not', () => {
  // GIVEN
  const env = (additionalProperties?: boolean) => ({
    properties: { env: { items: { properties: { name: { type: 'string' } }, additionalProperties } } },
  });
  const values = { env: [{ name: 'a', valeu: 'b' }] };
  // THEN
  expect(check(values, { env: [{ name: 'x', value: 'y' }] })).toEqual([]);
  expect(check(values, {}, env())).toEqual([]);
  expect(check(values, {}, env(false))).toEqual(['values.env[0].valeu: the chart does not know it; it knows: name']);
});

test('a value is not shown whose key says that it is secret', () => {
  // WHEN
  const messages = check(
    { auth: { passwords: 'hunter2', users: 'x'.repeat(100) } },
    { auth: { password: 'a', passwords: ['a'], users: ['a'] } },
  );
  // THEN
  expect(messages).toEqual([
    "values.auth.passwords: a value that is not shown given; expected a list, as the chart's default is",
    `values.auth.users: "${'x'.repeat(59)}… given; expected a list, as the chart's default is`,
  ]);
});

test('names of JavaScript are names like others', () => {
  // THEN
  expect(check(JSON.parse('{ "__proto__": { "a": 1 }, "constructor": 1, "toString": 1 }'), { a: 1 })).toHaveLength(3);
  expect(check({ a: 1 }, { toString: 1, ['__proto__']: 1, a: 1 })).toEqual([]);
});

test('of many keys the first are listed', () => {
  // GIVEN
  const defaults = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`key${index + 10}`, '']));
  // THEN
  expect(check({ other: 1 }, defaults)[0]).toMatch(/; it knows: global, key10, .*, key28, …$/);
});
