import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Broker, Executor, type FlowerProps, IpFamily } from '../../../lib';
import { airflowErrors, type SynthObjects, synthAirflow } from '../../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporary-folder';

const LOGIN = { basicAuth: { secretName: 'flower-login' } };

afterAll(removeTemporaryFolders);

function withFlower(flower: Partial<FlowerProps> = {}, props: object = {}): SynthObjects {
  return synthAirflow({ executor: Executor.celery({ flower: { ...LOGIN, ...flower } }), ...props });
}

test('by default there is none', () => {
  // THEN
  expect(JSON.stringify(synthAirflow().all)).not.toContain('flower');
});

test('it asks who comes for the name and the password of a Secret, and does not start without', () => {
  // WHEN
  const objects = withFlower();

  // THEN
  const { args, volumeMounts } = objects.container('flower');
  expect(args).toEqual(['celery', 'flower']);
  const env = objects.env('flower');
  expect(env.AIRFLOW__CELERY__FLOWER_BASIC_AUTH_CMD).toContain('/etc/airflow-flower/basicAuth');
  expect(env).not.toHaveProperty('AIRFLOW__CELERY__FLOWER_URL_PREFIX');
  expect(volumeMounts).toContainEqual({ name: 'flower-login', mountPath: '/etc/airflow-flower', readOnly: true });
  const login = objects.pod('flower').spec.volumes.find(({ name }: { name: string }) => name === 'flower-login');
  expect(login.projected.sources).toEqual([{ secret: { name: 'flower-login', items: [{ key: 'basicAuth', path: 'basicAuth' }] } }]);
});

test.each([
  ['ada:a long "pass$word,ben:x\n', 0, 'ada:a long "pass$word,ben:x'],
  ['ada:secret', 0, 'ada:secret'],
  ['', 1, ''],
  ['ada:\n', 1, ''],
  ['\n', 1, ''],
])('what it reads of %j ends with %i', (text, status, login) => {
  // GIVEN
  const file = join(temporaryFolder(), 'login');
  writeFileSync(file, text);
  const command: string = withFlower().env('flower').AIRFLOW__CELERY__FLOWER_BASIC_AUTH_CMD;
  const [, script] = /^sh -c '([^']*)'$/.exec(command.replace('/etc/airflow-flower/basicAuth', file)) ?? [];

  // WHEN: Airflow splits it as a shell does
  const outcome = spawnSync('sh', ['-c', script], { encoding: 'utf8' });

  // THEN
  expect([outcome.status, outcome.stdout]).toEqual([status, login]);
});

test('of the secrets of Airflow it has the broker’s alone, and reaches nothing else', () => {
  // WHEN
  const objects = withFlower();

  // THEN
  const files = objects.pod('flower').spec.volumes.find(({ name }: { name: string }) => name === 'secrets').projected.sources;
  expect(files.map(({ secret }: { secret: { name: string } }) => secret.name)).toEqual(['airflow-broker']);
  const { ingress, egress } = objects.one('NetworkPolicy', 'airflow-flower').spec;
  expect(ingress).toBeUndefined();
  expect(JSON.stringify(egress)).toContain('"app.kubernetes.io/component":"redis"');
  expect(JSON.stringify(egress)).not.toContain('postgresql');
  expect(JSON.stringify(objects.one('NetworkPolicy', 'airflow-redis').spec.ingress)).toContain('"app.kubernetes.io/component":"flower"');
});

test('an Ingress or an HTTPRoute leads to its Service, below a path that it knows', () => {
  // GIVEN
  const address = { host: 'tools.example.com', path: '/flower' };

  // WHEN
  const byIngress = withFlower({ ingress: { ...address, controllerNamespace: 'ingress-nginx' } });
  const byRoute = withFlower({ httpRoute: { ...address, gateway: { name: 'public' } } });

  // THEN
  const [{ backend, path }] = byIngress.one('Ingress', 'airflow-flower').spec.rules[0].http.paths;
  expect([path, backend.service]).toEqual(['/flower', { name: 'airflow-flower', port: { number: 5555 } }]);
  expect(byRoute.one('HTTPRoute', 'airflow-flower').spec.rules[0].backendRefs).toMatchObject([{ name: 'airflow-flower', port: 5555 }]);
  for (const objects of [byIngress, byRoute]) {
    expect(objects.env('flower').AIRFLOW__CELERY__FLOWER_URL_PREFIX).toBe('/flower');
    expect(objects.container('flower').readinessProbe.httpGet).toEqual({ path: '/flower/healthcheck', port: 'http' });
  }
  expect(byIngress.one('NetworkPolicy', 'airflow-flower').spec.ingress).toEqual([
    {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }],
      ports: [{ port: 5555, protocol: 'TCP' }],
    },
  ]);
});

test('it is set as other components are, and listens where pods have IPv6', () => {
  // WHEN
  const objects = withFlower({ labels: { team: 'data' }, resources: { limits: { memory: '1Gi' } } }, { ipFamily: IpFamily.IPV6 });

  // THEN
  expect(objects.pod('flower').metadata.labels).toMatchObject({ team: 'data' });
  expect(objects.container('flower').resources.limits.memory).toBe('1Gi');
  expect(objects.container('flower').args).toEqual(['celery', 'flower', '--hostname', '::']);
});

test('beside another executor it is there too, and with a broker of one’s own', () => {
  // GIVEN
  const broker = Broker.external({ host: 'redis.example.com', password: { secretName: 'redis' } });

  // WHEN
  const objects = synthAirflow({ executor: Executor.several(Executor.kubernetes(), Executor.celery({ flower: LOGIN, broker })) });

  // THEN
  expect(objects.names('Deployment')).toContain('airflow-flower');
});

test.each<[Partial<FlowerProps>, string]>([
  [{ basicAuth: { secretName: 'A B' } }, '[airflow/airflow] executor.flower.basicAuth.secretName: "A B" given; expected a DNS name'],
  [{ ingress: { host: 'A' } }, '[airflow/airflow/flower/ingress] executor.flower.ingress.host: "A" given; expected a DNS name'],
  [
    { ingress: { host: 'a.example.com' }, httpRoute: { host: 'b.example.com', gateway: { name: 'public' } } },
    '[airflow/airflow] executor.flower.httpRoute: "http://b.example.com" given; expected the address of ingress, http://a.example.com',
  ],
])('%j is an error', (flower, message) => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.celery({ flower: { ...LOGIN, ...flower } }) });

  // THEN
  expect(errors).toEqual([expect.stringContaining(message)]);
});

test('options that the prop says are errors', () => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.celery({ flower: LOGIN }), config: { celery: { flower_basic_auth: 'a:b' } } });

  // THEN
  expect(errors).toEqual([
    '[airflow/airflow] config.celery.flower_basic_auth: the library sets this option; use the prop executor, with flower',
  ]);
});

test('a pod that has nothing to wait for has no empty list of what it waits by', () => {
  expect(
    synthAirflow({ executor: Executor.celery({ flower: { basicAuth: { secretName: 'flower-login' } } }) }).pod('flower').spec,
  ).not.toHaveProperty('initContainers');
});
