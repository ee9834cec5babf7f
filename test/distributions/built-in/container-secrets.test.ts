import { Broker, CaCertificates, DagBundle, Executor, NetworkDestination } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { type SynthObjects, synthAirflow } from '../../support/synth-objects';

const RABBIT = Broker.rabbitMq({ host: 'rabbit.example.com', password: { secretName: 'rabbit' } });

/** Which secrets each container has: what is not here no container has. */
const CELERY = {
  'api-server': ['apiSecretKey', 'database', 'fernetKey', 'jwtSecret'],
  scheduler: ['broker', 'database', 'fernetKey', 'jwtSecret'],
  'dag-processor': ['database', 'fernetKey'],
  triggerer: ['database', 'fernetKey'],
  'triggerer/log-server': ['apiSecretKey'],
  worker: ['broker'],
  'worker/log-server': ['apiSecretKey'],
  migrate: ['database'],
  pools: ['database'],
  'create-user': ['admin', 'database'],
  postgresql: ['database'],
  redis: ['broker'],
};

const { worker: _, 'worker/log-server': __, redis: ___, ...WITHOUT_CELERY } = CELERY;

test.each<[string, Executor, { readonly [container: string]: string[] }]>([
  ['CeleryExecutor', Executor.celery(), CELERY],
  [
    'CeleryExecutor with a broker that keeps no results',
    Executor.celery({ broker: RABBIT }),
    { ...WITHOUT_CELERY, scheduler: CELERY.scheduler, worker: ['broker', 'database'], 'worker/log-server': ['apiSecretKey'] },
  ],
  [
    'LocalExecutor, whose tasks run in the scheduler',
    Executor.local(),
    { ...WITHOUT_CELERY, scheduler: ['database', 'fernetKey', 'jwtSecret'], 'scheduler/log-server': ['apiSecretKey'] },
  ],
  ['KubernetesExecutor', Executor.kubernetes(), { ...WITHOUT_CELERY, scheduler: ['database', 'fernetKey', 'jwtSecret'] }],
])('under %s each container has the secrets that it uses, and no other', (_name, executor, expected) => {
  // WHEN
  const objects = synthAirflow({ namespace: 'airflow', executor, pools: { small: { slots: 1 } } });

  // THEN
  expect(secretsByContainer(objects)).toEqual(expected);
});

test('a team has the secret of its broker alone, which the scheduler has in a folder of its own', () => {
  // GIVEN
  const tls = { ca: CaCertificates.fromConfigMap('company-ca') };
  const broker = Broker.external({ host: 'redis.example.com', password: { secretName: 'ops-redis', key: 'pass' }, tls });
  const sentinel = Broker.redisSentinel({
    sentinels: ['sentinel.example.com'],
    masterName: 'main',
    sentinelPassword: { secretName: 'sentinel' },
    destination: NetworkDestination.anywhere(),
  });
  const objects = synthAirflow({
    dagBundles: ['one', 'two', 'three'].map((name) => DagBundle.image({ name, path: `/opt/${name}` })),
    teams: {
      finance: { bundles: ['one'], executor: Executor.celery() },
      'data-ops': { bundles: ['two'], executor: Executor.celery({ broker }) },
      watched: { bundles: ['three'], executor: Executor.celery({ broker: sentinel }) },
    },
  });
  const folders = (component: string) => {
    const { spec } = objects.pod(component);
    const mounts: Manifest[] = spec.containers[0].volumeMounts.filter(({ mountPath }: Manifest) =>
      mountPath.startsWith('/etc/airflow-secrets'),
    );
    return Object.fromEntries(mounts.map((mount) => [mount.mountPath, filesOf(spec, { volumeMounts: [mount] })]));
  };
  const variables = (component: string) => Object.keys(objects.env(component)).filter((name) => name.endsWith('_CMD'));

  // THEN
  expect(folders('worker-team-finance')).toEqual({ '/etc/airflow-secrets-team-finance': ['broker'] });
  expect(folders('worker-team-data-ops')).toEqual({ '/etc/airflow-secrets-team-data-ops': ['broker'] });
  expect(folders('worker')).toEqual({ '/etc/airflow-secrets': ['broker'] });
  expect(folders('scheduler')).toEqual({
    '/etc/airflow-secrets': ['broker', 'database', 'fernetKey', 'jwtSecret'],
    '/etc/airflow-secrets-team-finance': ['broker'],
    '/etc/airflow-secrets-team-data-ops': ['broker'],
    '/etc/airflow-secrets-team-watched': ['broker-sentinel'],
  });
  expect(variables('worker-team-data-ops')).toEqual([
    'AIRFLOW__DATA-OPS___CELERY__BROKER_URL_CMD',
    'AIRFLOW__DATA-OPS___CELERY__RESULT_BACKEND_CMD',
  ]);
  expect(variables('worker-team-watched')).toContain('AIRFLOW__WATCHED___CELERY_BROKER_TRANSPORT_OPTIONS__SENTINEL_KWARGS_CMD');
  expect(objects.airflowConfig['watched=celery_broker_transport_options']).toMatchObject({ master_name: 'main' });
  const { spec } = objects.pod('worker-team-data-ops');
  const { projected } = spec.volumes.find(({ name }: Manifest) => name === 'secrets-team-data-ops');
  expect(projected.sources).toContainEqual({ secret: { name: 'ops-redis', items: [{ key: 'pass', path: 'broker' }] } });
  expect(projected.sources).toContainEqual({ configMap: { name: 'company-ca', items: [{ key: 'ca.crt', path: 'broker-ca.crt' }] } });
  expect(objects.airflowConfig['data-ops=celery'].ssl_cacert).toBe('/etc/airflow-secrets-team-data-ops/broker-ca.crt');
});

test('what waits for the database has its password, and no other secret of its pod', () => {
  // WHEN
  const { spec } = synthAirflow().pod('scheduler');

  // THEN
  const wait = spec.initContainers.find(({ name }: Manifest) => name === 'wait-for-migration');
  expect(filesOf(spec, wait)).toEqual(['database']);
});

test.each(['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker', 'migrate'])(
  'what Airflow is told to read in %s is a file there, and each file is read',
  (component) => {
    // GIVEN
    const objects = synthAirflow();

    // WHEN
    const commands = Object.entries(objects.env(component)).filter(([name]) => name.endsWith('_CMD'));
    const read = commands.flatMap(([, command]) => [...`${command}`.matchAll(/\/etc\/airflow-secrets\/(\w+)|\{(\w+)\}@/g)]);

    // THEN
    const files = filesOf(objects.pod(component).spec, objects.container(component));
    expect([...new Set(read.map(([, path, part]) => path ?? part))].sort()).toEqual(files);
    expect(JSON.stringify(objects.airflowConfig)).not.toContain('_cmd');
  },
);

test('only the group of the pod may read the files', () => {
  const { volumes } = synthAirflow().pod('worker').spec;
  for (const name of ['secrets', 'log-server-secrets']) {
    expect(volumes.find((volume: Manifest) => volume.name === name).projected.defaultMode).toBe(0o440);
  }
});

/** The secrets of Airflow by container, that of the component under its name alone; of those that wait see above. */
function secretsByContainer(objects: SynthObjects): { [container: string]: string[] } {
  const pods = Object.entries(objects.podTemplates());
  const all = pods.flatMap(([component, { spec }]) => {
    const lasting = (spec.initContainers ?? []).filter(({ restartPolicy }: Manifest) => restartPolicy === 'Always');
    return [...spec.containers, ...lasting].map((container: Manifest): [string, string[]] => [
      container.name === component ? component : `${component}/${container.name}`,
      filesOf(spec, container),
    ]);
  });
  return Object.fromEntries(all.filter(([, files]) => files.length > 0));
}

/** The files from Secrets that a container has. */
function filesOf({ volumes = [] }: Manifest, { volumeMounts = [] }: Manifest): string[] {
  const mounted = volumes.filter(({ name }: Manifest) => volumeMounts.some((mount: Manifest) => mount.name === name));
  const sources: Manifest[] = mounted.flatMap(({ projected }: Manifest) => projected?.sources ?? []);
  return sources.flatMap(({ secret }) => secret?.items.map(({ path }: Manifest) => path) ?? []).sort();
}
