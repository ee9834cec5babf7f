import { type Ask, containersOf, failureOf, isWaiting, readLiving } from '../../../cli/status/living';
import type { Json } from '../../../lib/kubernetes/json';

const owned = (kind: string) => [{ kind, name: 'owner' }];
const pod = (name: string, more: object, labels: object = {}): Json => ({
  kind: 'Pod',
  metadata: { name, ownerReferences: owned('ReplicaSet'), labels },
  ...more,
});
const job = (name: string, creationTimestamp: string, kind?: string): Json => ({
  kind: 'Job',
  metadata: { name, creationTimestamp, ...(kind && { ownerReferences: owned(kind) }) },
});

/** A cluster with these objects; what it is asked goes to a list. */
function clusterOf(objects: readonly Json[], asked: string[] = []): Ask {
  return (args) => {
    asked.push(args.join(' '));
    if (args[0] === 'logs') return args.includes('--previous') ? 'before\n' : 'now\n';
    if (args.at(-1) === 'name') return 'secret/a\nconfigmap/b\n';
    return JSON.stringify({ items: args[1] === 'events' ? [] : objects });
  };
}

test('pods are those that are made anew, Jobs the newest of their name, without those of CronJobs', () => {
  // GIVEN
  const objects = [
    pod('a', {}),
    pod('task', {}, { kubernetes_executor: 'True' }),
    { kind: 'Pod', metadata: { name: 'by-hand' } },
    job('migrate-11111111', '2026-01-02T00:00:00Z'),
    job('migrate-00000000', '2026-01-01T00:00:00Z'),
    job('clean-up', '2026-01-01T00:00:00Z', 'CronJob'),
  ];

  // WHEN
  const { pods, workloads, names } = readLiving('b', undefined, clusterOf(objects));

  // THEN
  expect([...pods, ...workloads].map(({ metadata }) => metadata.name)).toEqual(['a', 'migrate-11111111']);
  expect(names).toEqual(new Set(['secret/a', 'configmap/b']));
});

test('it reads only, no Secret, and one Airflow if it is told which', () => {
  // GIVEN
  const asked: string[] = [];

  // WHEN
  readLiving('b', 'c', clusterOf([], asked));

  // THEN
  expect(asked).toEqual([
    'get deployments,statefulsets,jobs,pods,persistentvolumeclaims --namespace b --selector app.kubernetes.io/instance=c --output json',
    'get events --namespace b --output json',
    'get secrets,configmaps --namespace b --output name',
  ]);
});

test('logs are read of containers that have failed, of the time when they did, and of those that wait', () => {
  // GIVEN
  const failed = { terminated: { exitCode: 1 } };
  const status = {
    initContainerStatuses: [
      { name: 'install', state: failed },
      { name: 'wait-for-migration', state: { running: {} } },
    ],
    containerStatuses: [
      { name: 'loops', state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: failed },
      { name: 'again', state: { running: {} }, lastState: failed, ready: false },
      { name: 'healed', state: { running: {} }, lastState: failed, ready: true },
      { name: 'fine', state: { running: {} }, ready: true },
    ],
  };

  // THEN
  expect(Object.fromEntries(readLiving('b', undefined, clusterOf([pod('a', { status })])).logs)).toEqual({
    'a/install': 'now\n',
    'a/wait-for-migration': 'now\n',
    'a/loops': 'before\n',
    'a/again': 'before\n',
  });
  expect(
    containersOf({ status })
      .filter(isWaiting)
      .map(({ name }) => name),
  ).toEqual(['wait-for-migration']);
  expect(containersOf({ status }).filter(failureOf)).toHaveLength(3);
});

test('a log that is gone is none', () => {
  // GIVEN
  const status = { containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 1 } } }] };
  const ask: Ask = (args) => {
    if (args[0] === 'logs') throw new Error('gone');
    return clusterOf([pod('a', { status })])(args);
  };

  // THEN
  expect(readLiving('b', undefined, ask).logs.get('a/main')).toBe('');
});
