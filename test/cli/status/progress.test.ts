import type { Living } from '../../../cli/status/living';
import { progressLine, progressOf } from '../../../cli/status/progress';
import type { Json } from '../../../lib/kubernetes/json';

function progress(workloads: readonly Json[], more: Partial<Living> = {}) {
  return progressOf({ namespace: 'b', pods: [], claims: [], events: [], names: new Set(), logs: new Map(), workloads, ...more });
}

const deployment = (status: object, spec: object = {}): Json => ({
  kind: 'Deployment',
  metadata: { name: 'a', namespace: 'b', generation: 2 },
  spec: { replicas: 2, template: { metadata: { labels: { component: 'a' } } }, ...spec },
  status,
});
const job = (status: object, spec: object = {}): Json => ({
  kind: 'Job',
  metadata: { name: 'j', namespace: 'b' },
  spec: { template: { metadata: { labels: {} } }, ...spec },
  status,
});

test.each<[string, Json, string[]]>([
  ['all pods are new and ready', deployment({ observedGeneration: 2, updatedReplicas: 2, readyReplicas: 2 }), []],
  [
    'a pod is missing',
    deployment({ observedGeneration: 2, updatedReplicas: 2, readyReplicas: 1 }),
    ['Deployment b/a: 1 of 2 pods are ready'],
  ],
  [
    'pods are of before',
    deployment({ observedGeneration: 2, updatedReplicas: 1, readyReplicas: 2 }),
    ['Deployment b/a: 1 of 2 pods are new'],
  ],
  [
    'nobody has looked at it yet',
    deployment({ observedGeneration: 1, updatedReplicas: 2, readyReplicas: 2 }),
    ['Deployment b/a: 0 of 2 pods are ready'],
  ],
  ['there are to be none', deployment({ observedGeneration: 2 }, { replicas: 0 }), []],
  ['pods are replaced by hand', deployment({ observedGeneration: 2, readyReplicas: 2 }, { updateStrategy: { type: 'OnDelete' } }), []],
  ['a Job has ended', job({ conditions: [{ type: 'Complete', status: 'True' }] }), []],
  ['a Job runs', job({}), ['Job b/j: it has not ended']],
  ['a Job is suspended', job({}, { suspend: true }), []],
])('%s', (_what, workload, waiting) => {
  expect(progress([workload]).waiting).toEqual(waiting);
});

test('what waits says for what', () => {
  // GIVEN
  const pod = {
    metadata: { name: 'a-1', labels: { component: 'a' } },
    status: { initContainerStatuses: [{ name: 'wait-for-migration', state: { running: {} } }] },
  };
  const workloads = [deployment({})];

  // THEN
  expect(progress(workloads, { pods: [pod], logs: new Map([['a-1/wait-for-migration', 'waiting: one\nwaiting: two\n']]) }).waiting).toEqual(
    ['Deployment b/a: 0 of 2 pods are ready; waiting: two'],
  );
  expect(progress(workloads, { pods: [pod] }).waiting).toEqual(['Deployment b/a: 0 of 2 pods are ready; it is at wait-for-migration']);
});

test('a line has a bar and what is next', () => {
  expect(progressLine({ ready: 1, all: 4, waiting: ['a', 'b'] })).toBe('[#####---------------] 1 of 4, next a');
  expect(progressLine({ ready: 4, all: 4, waiting: [] })).toBe('[####################] 4 of 4');
});
