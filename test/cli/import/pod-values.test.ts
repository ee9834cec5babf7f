import { call, Name } from '../../../cli/import/expression';
import * as pod from '../../../cli/import/pod-values';
import { Values } from '../../../cli/import/values';

const of = Values.of;

test('what is not asked for is asked for as far as it may be used, and devices are counted', () => {
  // GIVEN
  const values = of({ resources: { limits: { cpu: 2, memory: '1Gi', 'nvidia.com/gpu': '1' }, requests: { cpu: '500m' } } });

  // THEN
  expect(pod.resources(values)).toEqual({
    requests: { cpu: '500m', memory: '1Gi' },
    limits: { cpu: '2', memory: '1Gi' },
    extendedResources: { 'nvidia.com/gpu': 1 },
  });
});

test('a probe that is off is off, and of others the times are taken', () => {
  // GIVEN
  const values = of({ livenessProbe: { enabled: false, periodSeconds: 3 }, startupProbe: { timeoutSeconds: 4, failureThreshold: '5' } });

  // THEN
  expect(pod.probes(values)).toEqual({
    startup: { timeout: call('Duration.seconds', 4), failureThreshold: 5 },
    liveness: { enabled: false },
  });
  expect(values.notes()).toEqual([]);
});

test('variables are plain or from elsewhere, and secret ones are noted', () => {
  // GIVEN
  const env = [
    { name: 'A', value: 1 },
    { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
    { name: 'C', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
    { name: 'D', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'E_TOKEN', value: 'hunter2' },
    { name: 'F', value: '{{ .Release.Name }}' },
    { value: 'nameless' },
  ];

  // THEN
  for (const given of [env, JSON.stringify(env.filter(({ name }) => name !== 'F'))]) {
    const values = of({ env: given });
    expect(pod.variables(values, 'env')).toEqual({
      env: {
        A: call('EnvValue.fromValue', '1'),
        B: call('EnvValue.fromSecretValue', { secret: new Name('Secret:s'), key: 'k' }, { optional: true }),
        C: call('EnvValue.fromConfigMap', new Name('ConfigMap:c'), 'k'),
      },
      podParts: [{ env: [env[3]] }],
    });
    expect(values.notes().map(({ path }) => path)).toContain('env[4]');
    expect(JSON.stringify(values.notes())).not.toContain('hunter2');
  }
});

test.each([
  ['AIRFLOW__DATABASE__SQL_ALCHEMY_CONN', 'Database.fromUrl(…)'],
  ['AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC', 'Database.fromUrl(…)'],
  ['AIRFLOW__CELERY__BROKER_URL', 'Broker.fromUrl(…)'],
  ['AIRFLOW__API_AUTH__JWT_SECRET', 'Credentials.existing(…)'],
  ['AIRFLOW__SMTP__SMTP_PASSWORD', 'EnvValue.fromSecretValue(…)'],
])('of %s it is said that %s takes it', (name, place) => {
  const values = of({ env: [{ name, value: 'redis://a:hunter2@b' }] });
  expect(pod.variables(values, 'env')).toBeUndefined();
  expect(values.notes()[0].instead).toContain(place);
});

test.each([
  [{ create: false, name: 'a' }, call('ServiceAccount.existing', 'a')],
  [{ name: 'a', annotations: { b: 'c' } }, call('ServiceAccount.create', { name: 'a', annotations: { b: 'c' } })],
  [{ create: false }, undefined],
  [{ create: true }, undefined],
])('the ServiceAccount of %j', (serviceAccount, expected) => {
  expect(pod.serviceAccount(of({ serviceAccount }))).toEqual(expected);
});

test.each([
  ['5s', 5],
  ['1m30s', 90],
  ['2h', 7200],
  ['45', 45],
])('%s are %i seconds', (text, seconds) => {
  expect(pod.duration(text)).toEqual(call('Duration.seconds', seconds));
});

test('what is no duration or schedule is none', () => {
  expect([pod.duration('soon'), pod.duration(''), pod.duration(undefined), pod.schedule('@daily'), pod.schedule(undefined)]).toEqual(
    Array(5).fill(undefined),
  );
  expect(pod.schedule('1 2 * * 0')).toEqual(call('Cron.schedule', { minute: '1', hour: '2', day: '*', month: '*', weekDay: '0' }));
});

test('strategies', () => {
  expect(pod.strategy(of({ s: { type: 'Recreate' } }), 's')).toEqual(call('DeploymentStrategy.recreate'));
  expect(pod.strategy(of({ s: { rollingUpdate: { maxSurge: 1, maxUnavailable: '0%' } } }), 't', 's')).toEqual(
    call('DeploymentStrategy.rollingUpdate', { maxSurge: '1', maxUnavailable: '0%' }),
  );
});

test('options are text, those that are read already stay out, and secret ones say which variable takes them', () => {
  // GIVEN
  const values = of({
    config: { core: { a: true, b: 2, c: 'x' }, smtp: { smtp_password: 'hunter2' }, celery: { broker_url: 'redis://a' } },
  });
  values.tell('config.core.c');

  // THEN
  expect(pod.options(values, 'config')).toEqual({ core: { a: 'True', b: '2' } });
  expect(values.notes().map(({ instead }) => instead)).toEqual([
    expect.stringContaining('AIRFLOW__SMTP__SMTP_PASSWORD'),
    expect.stringContaining('Broker.fromUrl(…)'),
  ]);
});

test('images, names, ids, parts and texts', () => {
  // GIVEN
  const values = of({
    image: { registry: 'r.example.com', repository: 'a/b', tag: 1 },
    imagePullSecrets: [{ name: 'a' }, 'b'],
    ids: { runAsUser: 5, runAsNonRoot: true },
    more: { fsGroup: 6 },
    volumes: [{ name: 'v' }],
    labels: { a: 1 },
    text: '- a: 1\n',
  });

  // THEN
  expect(pod.image(values, 'image')).toEqual({ repository: 'r.example.com/a/b', tag: '1' });
  expect(pod.names(values, 'imagePullSecrets')).toEqual(['a', 'b']);
  expect(pod.securityContext(values, 'ids', 'more')).toEqual(call('SecurityContext.withIds', { runAsUser: 5, fsGroup: 6 }));
  expect(pod.podPart(values, { volumes: 'volumes', containers: 'none' })).toEqual({ podParts: [{ volumes: [{ name: 'v' }] }] });
  expect(pod.texts(values, 'labels')).toEqual({ a: '1' });
  expect(pod.yamlList(values, 'text')).toEqual([{ a: 1 }]);
  expect(pod.placement(of({ nodeSelector: { a: 'b' }, tolerations: [] }))).toEqual({ nodeSelector: { a: 'b' } });
});
