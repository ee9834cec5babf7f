import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import {
  type AirflowChartProps,
  AirflowComponent,
  Autoscaling,
  Broker,
  Content,
  Delivery,
  DeploymentStrategy,
  Executor,
  Logs,
  NetworkDestination,
  ServiceAccount,
  type WorkersProps,
} from '../../../lib';
import type { Json } from '../../../lib/kubernetes/json';
import { OLDEST, type Options, officialErrors, officialRelease, officialValues, variables } from './release';

function grouped(workerGroups: { readonly [name: string]: WorkersProps }, workers: WorkersProps = {}): AirflowChartProps {
  return { namespace: 'airflow', executor: Executor.celery({ workers, workerGroups }) };
}

/** The values of each set, by name. */
function setsOf(props: AirflowChartProps): { readonly [name: string]: Json } {
  const { sets } = officialValues(props).workers.celery;
  return Object.fromEntries(sets.map((set: Json) => [set.name, set]));
}

test('each group is a set, the first too, with queues and concurrency as arguments', () => {
  // WHEN
  const props = grouped({ gpu: { concurrency: 1 }, reports: { queues: ['reports', 'nightly'] } }, { queues: ['default', 'fast'] });
  const { celery, ...all } = officialValues(props).workers;

  // THEN
  expect(all).toEqual({ persistence: { enabled: false } });
  expect(celery.enableDefault).toBe(false);
  expect(celery.sets.map(({ name, args }: Json) => [name, ...args.slice(2)])).toEqual([
    ['default', '--queues', 'default,fast'],
    ['gpu', '--queues', 'gpu', '--concurrency', '1'],
    ['reports', '--queues', 'reports,nightly', '--concurrency', '4'],
  ]);
  expect(officialErrors(props)).toEqual([]);
});

test('without further groups there are no sets', () => {
  expect(officialValues().workers).not.toHaveProperty('celery');
});

test('a group has what it is given, the others what is for all', () => {
  // WHEN
  const { default: first, gpu } = setsOf({
    ...grouped({
      gpu: {
        gracePeriod: Duration.minutes(30),
        resources: { limits: { memory: '4Gi' }, extendedResources: { 'nvidia.com/gpu': 1 } },
        labels: { team: 'vision' },
        annotations: { 'example.com/note': 'gpu' },
        env: { CUDA: EnvValue.fromValue('12') },
        placement: { nodeSelector: { accelerator: 'nvidia' }, tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }] },
        files: { '/etc/extra': Content.fromText('a: 1') },
        podParts: [{ volumes: [{ name: 'scratch', emptyDir: {} }], volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] }],
        serviceAccount: ServiceAccount.existing('vision'),
        probes: { liveness: { period: Duration.seconds(90) } },
        strategy: DeploymentStrategy.rollingUpdate({ maxSurge: '2' }),
        revisionHistoryLimit: 3,
        hostAliases: [{ ip: '10.0.0.7', hostnames: ['data.example.com'] }],
      },
    }),
    allComponents: { labels: { all: 'yes' }, env: { ALL: EnvValue.fromValue('1') } },
  });

  // THEN
  expect(gpu).toMatchObject({
    terminationGracePeriodSeconds: 1800,
    resources: { limits: { memory: '4Gi', 'nvidia.com/gpu': '1' }, requests: { 'nvidia.com/gpu': '1' } },
    labels: { all: 'yes', team: 'vision' },
    podAnnotations: { 'example.com/note': 'gpu' },
    nodeSelector: { accelerator: 'nvidia' },
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
    serviceAccount: { create: false, name: 'vision' },
    livenessProbe: { periodSeconds: 90 },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2 } },
    revisionHistoryLimit: 3,
    hostAliases: [{ ip: '10.0.0.7', hostnames: ['data.example.com'] }],
  });
  expect(variables(gpu.env)).toMatchObject({ ALL: '1', CUDA: '12' });
  expect(gpu.extraVolumeMounts.map(({ mountPath }: Json) => mountPath)).toEqual(expect.arrayContaining(['/etc/extra', '/scratch']));
  expect(first).toMatchObject({ terminationGracePeriodSeconds: 600, labels: { all: 'yes' } });
  expect(variables(first.env)).toMatchObject({ ALL: '1' });
  expect(JSON.stringify(first)).not.toMatch(/vision|CUDA|nvidia|scratch|example\.com|extra"/);
});

test('groups are told apart by a label, by which NetworkPolicies and PodDisruptionBudgets select them', () => {
  // WHEN
  const { chart, values, objects } = officialRelease(
    grouped({ gpu: { replicas: 3, egress: [NetworkDestination.namespace('models', [9000])] } }, { replicas: 2 }),
  );

  // THEN
  for (const [index, name] of ['worker', 'worker-gpu'].entries()) {
    const label = { 'app.kubernetes.io/component': name };
    const matchLabels = { tier: 'airflow', component: 'worker', release: 'airflow', ...label };
    expect(values.workers.celery.sets[index]).toMatchObject({ replicas: 2 + index, labels: label });
    expect(objects.one('NetworkPolicy', `airflow-${name}`).spec.podSelector).toEqual({ matchLabels });
    expect(objects.one('PodDisruptionBudget', `airflow-${name}`).spec.selector).toEqual({ matchLabels });
  }
  const reached = (name: string) => JSON.stringify(objects.one('NetworkPolicy', `airflow-${name}`).spec.egress);
  expect(reached('worker-gpu')).toContain('models');
  expect(reached('worker')).not.toContain('models');
  for (const name of ['worker', 'worker-gpu']) expect(reached(name)).toContain('"component":"redis"');
  expect(chart.airflow.podLabels(AirflowComponent.WORKER, 'gpu')).toMatchObject({ 'app.kubernetes.io/component': 'worker-gpu' });
});

test('a group is scaled by the tasks in its queues, or by CPU', () => {
  // WHEN
  const { values, objects } = officialRelease(
    grouped({ gpu: { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) }, reports: { autoscaling: Autoscaling.cpu({ maxReplicas: 3 }) } }),
  );
  const [first, gpu, reports] = values.workers.celery.sets;

  // THEN
  const { scaleTargetRef, triggers } = objects.one('ScaledObject', 'airflow-worker-gpu').spec;
  expect(scaleTargetRef.name).toBe('airflow-worker-gpu');
  expect(triggers[0].metadata.query).toContain("queue IN ('gpu')");
  expect(gpu.replicas).toBeNull();
  expect(gpu).not.toHaveProperty('hpa');
  expect(reports).not.toHaveProperty('replicas');
  expect(reports.hpa).toMatchObject({ enabled: true, minReplicaCount: 1, maxReplicaCount: 3 });
  expect(first).not.toHaveProperty('hpa');
});

test('the first workers are scaled by tasks where no other group is scaled', () => {
  // WHEN
  const { values, objects } = officialRelease(grouped({ gpu: {} }, { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) }));

  // THEN
  expect(objects.names('ScaledObject')).toEqual(['airflow-worker']);
  expect(values.workers.celery.sets[0].replicas).toBeNull();
  expect(officialErrors(grouped({ gpu: {} }, { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) }))).toEqual([]);
});

test('a group stands beside pods of tasks, and beside workers of a team', () => {
  // WHEN
  const celery = Executor.celery({ workerGroups: { gpu: {} } });
  const besidePods = setsOf({ executor: Executor.several(celery, Executor.kubernetes()), logs: Logs.pods() });
  const besideTeam = setsOf({
    dags: [{ url: 'https://git.example.com/finance/dags.git', name: 'finance' }],
    executor: celery,
    teams: { finance: { bundles: ['finance'], executor: Executor.celery() } },
  });

  // THEN
  expect(Object.keys(besidePods)).toEqual(['default', 'gpu']);
  expect(Object.keys(besideTeam)).toEqual(['default', 'gpu', 'team-finance']);
});

const keda = { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) };
const cpu = { autoscaling: Autoscaling.cpu({ maxReplicas: 4 }) };
const SELECTS =
  "executor.workers.autoscaling: the official chart's Deployment of the first workers selects the pods of the further groups too";

test.each<[AirflowChartProps, Options, string]>([
  [
    grouped({ gpu: { queues: ['gpu'], ...keda } }, { queues: ['default'] }),
    { ...OLDEST, delivery: Delivery.argoApplication() },
    'executor.workerGroups: the official chart has groups of workers from 1.20.0 on, as sets; use a later one, or the built-in distribution',
  ],
  [
    grouped({ gpu: { image: { tag: 'gpu' } } }),
    {},
    'executor.workerGroups.gpu.image: the official chart has one image for all components; use allComponents.image',
  ],
  [
    grouped({ gpu: { strategy: DeploymentStrategy.recreate() } }),
    {},
    'executor.workerGroups.gpu.strategy: the official chart can recreate the pods of apiServer and scheduler only',
  ],
  [
    grouped({ gpu: { podParts: [{ envFrom: [{ secretRef: { name: 'gpu' } }] }] } }),
    {},
    'executor.workerGroups.gpu.podParts[0].envFrom: the official chart has envFrom for all components only',
  ],
  [
    grouped({ gpu: { labels: { 'worker-set': 'a' } } }),
    {},
    'executor.workerGroups.gpu.labels["worker-set"]: "a" given; the official chart has this label',
  ],
  [grouped({ default: {} }), {}, 'executor.workerGroups.default: the official chart calls the first workers so; use another name'],
  [
    grouped({ gpu: {} }),
    { values: { workers: { celery: { sets: [{ name: 'slow', replicas: 1 }] } } } },
    'distribution.values.workers: where there are groups of workers the library has each as a set of its own',
  ],
  [grouped({ gpu: {} }, { queues: ['fast'] }), {}, 'executor.workers.queues: ["fast"] given; expected "default" in a group too'],
  [grouped({ gpu: {} }, cpu), {}, `${SELECTS}, which would be counted; use replicas, or Autoscaling.keda(…)`],
  [
    grouped({ gpu: keda, reports: cpu }, keda),
    {},
    `${SELECTS}, which would be counted; use replicas for it, or for executor.workerGroups.gpu, executor.workerGroups.reports`,
  ],
  [
    grouped({ gpu: keda }),
    { delivery: Delivery.fluxHelmRelease() },
    "executor.workerGroups.gpu.autoscaling: the chart's own number of pods would be set anew each time",
  ],
  [
    grouped({ gpu: keda }),
    { values: { data: { metadataSecretName: 'mine' } } },
    'executor.workerGroups.gpu.autoscaling: values say where the database is, and KEDA would not be told',
  ],
])('%#: an error', (props, options, expected) => {
  expect(officialErrors(props, options)).toEqual([expect.stringContaining(expected)]);
});

test('a group may have a broker that is the user’s', () => {
  // WHEN
  const executor = Executor.celery({
    workerGroups: { gpu: {} },
    broker: Broker.external({ host: 'valkey.data.svc', destination: NetworkDestination.namespace('data', [6379]) }),
  });
  const { objects } = officialRelease({ executor });

  // THEN
  expect(JSON.stringify(objects.one('NetworkPolicy', 'airflow-worker-gpu').spec.egress)).toContain('"kubernetes.io/metadata.name":"data"');
});
