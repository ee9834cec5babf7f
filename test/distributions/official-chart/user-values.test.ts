import { type AirflowChartProps, Autoscaling, Broker, Executor } from '../../../lib';
import { officialErrors } from './release';

const CREDENTIALS = 'credentials: Credentials.existing';
const AIRFLOW_2 = { airflowVersion: '2.11.0' };

test.each<[string, string]>([
  ['useStandardNaming', 'the prop name'],
  ['airflowVersion', 'the prop airflowVersion'],
  ['executor', 'the prop executor'],
  ['fernetKey', CREDENTIALS],
  ['fernetKeySecretName', CREDENTIALS],
  ['apiSecretKey', CREDENTIALS],
  ['webserverSecretKeySecretName', CREDENTIALS],
  ['jwtSecretName', CREDENTIALS],
  ['redis.password', CREDENTIALS],
  ['createUserJob.defaultUser', 'the prop admin'],
  ['webserver.defaultUser', 'the prop admin'],
  ['migrateDatabaseJob.useHelmHooks', 'the option delivery'],
  ['ports.apiServer', 'nothing: the deployment rests on it'],
])('the value %s can’t be set: use %s', (path, instead) => {
  // GIVEN
  const values = path.split('.').reduceRight<object>((value, key) => ({ [key]: value }), 'given' as unknown as object);

  // WHEN
  const errors = officialErrors({}, { values: values as { [key: string]: object } });

  // THEN
  expect(errors).toEqual([expect.stringContaining(`distribution.values.${path}: the library sets this value; use ${instead}`)]);
  expect(errors.join()).not.toContain('given');
});

test('a value that is equal to what the props come to, or empty, is no error', () => {
  // GIVEN
  const values = {
    executor: 'CeleryExecutor',
    airflowVersion: '3.3.2',
    createUserJob: { useHelmHooks: false },
    migrateDatabaseJob: { useHelmHooks: false },
    fernetKey: null,
    fullnameOverride: '',
    workers: { replicas: 2, keda: { enabled: false } },
    dags: { gitSync: { enabled: false } },
    ingress: { apiServer: { enabled: false } },
    webserver: {},
  };

  // THEN
  expect(officialErrors({ executor: Executor.celery({ workers: { replicas: 2 } }) }, { values })).toEqual([]);
});

test.each<[object, string, string]>([
  [{ workers: { replicas: 3 } }, 'workers.replicas', 'replicas of the prop executor, with workers'],
  [{ workers: { celery: { replicas: 3 } } }, 'workers.celery.replicas', 'replicas of the prop executor, with workers'],
  [{ workers: { hpa: { maxReplicaCount: 9 } } }, 'workers.hpa.maxReplicaCount', 'autoscaling of the prop executor, with workers'],
  [{ scheduler: { resources: { limits: { cpu: '9' } } } }, 'scheduler.resources.limits.cpu', 'resources of the prop scheduler'],
  [{ triggerer: { nodeSelector: { disk: 'hdd' } } }, 'triggerer.nodeSelector.disk', 'placement of the prop triggerer'],
  [{ apiServer: { args: ['bash'] } }, 'apiServer.args', 'ingress of the prop apiServer'],
  [
    { redis: { persistence: { size: '9Gi' } } },
    'redis.persistence.size',
    'storageSize, storageClassName of the prop executor, with broker',
  ],
  [{ images: { redis: { tag: '6' } } }, 'images.redis.tag', 'the prop executor, with broker.image'],
])('a value that would stand instead of a prop is an error: %j', (values, path, instead) => {
  // GIVEN
  const props = {
    executor: Executor.celery({
      workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 3 }) },
      broker: Broker.builtIn({ storageSize: '2Gi' }),
    }),
    triggerer: { placement: { nodeSelector: { disk: 'ssd' } } },
    ingress: { host: 'airflow.example.com' },
  };
  const plain = { ...props, executor: Executor.celery({ workers: { replicas: 2 } }) };

  // WHEN
  const errors = officialErrors(path.endsWith('replicas') ? plain : props, { values: values as { [key: string]: unknown } });

  // THEN
  expect(errors).toEqual([expect.stringContaining(`distribution.values.${path}: the library sets this value; use ${instead}`)]);
});

test('what no prop stands for is the user’s, and lists and maps are joined', () => {
  // GIVEN
  const values = {
    scheduler: { logGroomerSidecar: { enabled: true }, livenessProbe: { periodSeconds: 90 }, labels: { team: 'data' } },
    workers: { persistence: { enabled: true }, extraVolumes: [{ name: 'x', emptyDir: {} }], celery: { safeToEvict: true } },
    dagProcessor: { nodeSelector: { disk: 'ssd' } },
    statsd: { enabled: false },
  };

  // THEN
  expect(officialErrors({ scheduler: { labels: { cost: 'x' } } }, { values })).toEqual([]);
});

test.each<[object, string, string]>([
  [{ ingress: { apiServer: { enabled: true } } }, 'ingress.apiServer.enabled', 'use the prop ingress'],
  [{ ingress: { web: { enabled: true } } }, 'ingress.web.enabled', 'use the prop ingress'],
  [{ webserver: { replicas: 2 } }, 'webserver', 'Airflow 3 has no webserver; use the prop apiServer, or values: { apiServer: … }'],
  [{ dags: { gitSync: { enabled: true } } }, 'dags.gitSync.enabled', 'use the prop dags'],
  [
    { workers: { keda: { enabled: true } } },
    'workers.keda.enabled',
    'use Autoscaling.keda(…) as autoscaling of the prop executor, with workers',
  ],
  [
    { workers: { celery: { sets: [{ name: 'gpu', keda: { enabled: true } }] } } },
    'workers.celery.sets.0.keda.enabled',
    'use Autoscaling.keda(…) as autoscaling of the prop executor, with workers',
  ],
  [{ triggerer: { keda: { enabled: true } } }, 'triggerer.keda.enabled', 'use Autoscaling.keda(…) as triggerer.autoscaling'],
  [{ cleanup: { enabled: true } }, 'cleanup.enabled', 'use values: { rbac: { create: true } }'],
  [
    { data: { metadataConnection: { host: 'db' } } },
    'data.metadataConnection',
    'use values: { data: { metadataSecretName: … } }, a Secret of yours',
  ],
  [{ data: { brokerUrl: 'x' } }, 'data.brokerUrl', 'use values: { data: { brokerUrlSecretName: … } }'],
  [{ postgresql: { enabled: true } }, 'postgresql.enabled', 'use the prop database, by which there is one'],
  [{ pgbouncer: { enabled: true } }, 'pgbouncer.enabled', 'configSecretName: …'],
  [
    { flower: { password: 'hunter2' } },
    'flower.password',
    'use values: { flower: { secretName: … } }, a Secret of yours with the key basicAuth',
  ],
  [{ registry: { connection: { pass: 'hunter2' } } }, 'registry.connection', 'use pullSecrets of the image'],
  [{ extraSecrets: { mine: { data: 'hunter2' } } }, 'extraSecrets', 'use a Secret that is made in the cluster'],
])('what would not work is told once: %j', (values, path, remedy) => {
  // WHEN
  const errors = officialErrors({}, { values: values as { [key: string]: unknown } });

  // THEN
  expect(errors).toEqual([expect.stringContaining(`distribution.values.${path}: `)]);
  expect(errors[0]).toContain(remedy);
  expect(errors[0]).not.toContain('hunter2');
});

test.each([
  ['apiServer.enabled', { apiServer: { enabled: false } }, 'leave it out'],
  ['scheduler.enabled', { scheduler: { enabled: false } }, 'leave it out'],
  ['dagProcessor.enabled', { dagProcessor: { enabled: false } }, 'leave it out'],
  [
    'migrateDatabaseJob.enabled',
    { migrateDatabaseJob: { enabled: false } },
    'leave it out: where the tables are there, it changes nothing',
  ],
  ['createUserJob.enabled', { createUserJob: { enabled: false } }, 'use admin: { enabled: false } and no users, or leave it out'],
  ['workers.celery.enableDefault', { workers: { celery: { enableDefault: false } } }, 'leave it out, or use Executor.kubernetes()'],
])('%s: false is one error, as the deployment rests on these pods', (path, values, remedy) => {
  expect(officialErrors({}, { values })).toEqual([
    expect.stringContaining(`distribution.values.${path}: the deployment rests on these pods; ${remedy}`),
  ]);
});

const KEDA = Autoscaling.keda({ maxReplicas: 3 });
const CPU = Autoscaling.cpu({ maxReplicas: 3 });

test.each<[string, AirflowChartProps, object]>([
  ['workers.keda.enabled', { executor: Executor.celery({ workers: { autoscaling: KEDA } }) }, { workers: { keda: { enabled: true } } }],
  ['workers.hpa.enabled', { executor: Executor.celery({ workers: { autoscaling: KEDA } }) }, { workers: { hpa: { enabled: true } } }],
  [
    'workers.celery.keda.enabled',
    { executor: Executor.celery({ workers: { autoscaling: CPU } }) },
    { workers: { celery: { keda: { enabled: true } } }, data: { metadataSecretName: 'mine' } },
  ],
  ['triggerer.keda.enabled', { triggerer: { autoscaling: KEDA } }, { triggerer: { keda: { enabled: true } } }],
])('%s beside autoscaling of the prop is one error', (path, props, values) => {
  expect(officialErrors(props, { values: values as { [key: string]: unknown } })).toEqual([
    expect.stringMatching(new RegExp(`distribution.values.${path}: .*\\.autoscaling scales these pods; leave one of them out$`)),
  ]);
});

test('Airflow 2 has a webserver, and no API server', () => {
  expect(officialErrors(AIRFLOW_2, { values: { webserver: { startupProbe: { timeoutSeconds: 9 } } } })).toEqual([]);
  expect(officialErrors(AIRFLOW_2, { values: { apiServer: { startupProbe: { timeoutSeconds: 9 } } } })).toEqual([
    expect.stringContaining(
      'distribution.values.apiServer: Airflow 2 has no API server; use the prop apiServer, or values: { webserver: … }',
    ),
  ]);
});

test('the webserver of Airflow 2 can’t be left out', () => {
  expect(officialErrors(AIRFLOW_2, { values: { webserver: { enabled: false } } })).toEqual([
    expect.stringContaining('distribution.values.webserver.enabled: the deployment rests on these pods; leave it out'),
  ]);
});

test('no user is made where props say so, and values may say it too', () => {
  expect(officialErrors({ admin: { enabled: false } }, { values: { createUserJob: { enabled: false } } })).toEqual([]);
});

test('KEDA may ask a database of the user’s, and git-sync what no NetworkPolicy keeps from it', () => {
  expect(officialErrors({}, { values: { data: { metadataSecretName: 'mine' }, workers: { keda: { enabled: true } } } })).toEqual([]);
  expect(officialErrors({ networkPolicies: { enabled: false } }, { values: { dags: { gitSync: { enabled: true } } } })).toEqual([]);
});
