import { status } from '../../cli/status';
import type { Ask } from '../../cli/status/living';

/** A cluster with a Deployment, of which so many pods are ready. */
function clusterOf(readyReplicas: number, pods: readonly object[] = [], labels: object = { 'app.kubernetes.io/name': 'airflow' }): Ask {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a', namespace: 'b', generation: 1, labels },
    spec: { replicas: 1, template: {} },
    status: { observedGeneration: 1, updatedReplicas: 1, readyReplicas },
  };
  return (args) => {
    if (args.at(-1) === 'name' || args[0] === 'logs') return '';
    return JSON.stringify({ items: args[1] === 'events' ? [] : [deployment, ...pods] });
  };
}

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a-1', namespace: 'b', ownerReferences: [{}] },
  spec: { containers: [] },
  status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'none' }] },
};
const NOW = { namespace: 'b', waitSeconds: 0 };
const silent = () => {};

test('all that is ready is told by 0, what is not by 1, what will not be by 2', async () => {
  expect(await status(NOW, silent, clusterOf(1))).toEqual({ text: '1 of 1 are ready.', exitStatus: 0 });
  expect(await status(NOW, silent, clusterOf(0))).toEqual({
    text: '0 of 1 are ready.\n\nNot ready yet:\n  Deployment b/a: 0 of 1 pods are ready',
    exitStatus: 1,
  });
  const { text, exitStatus } = await status(NOW, silent, clusterOf(0, [POD]));
  expect(exitStatus).toBe(2);
  expect(text).toMatch(/^0 of 1 are ready\.\n\nNot right:\n {2}Pod b\/a-1: no node takes it: none\n/);
});

test('programs get JSON', async () => {
  expect(JSON.parse((await status({ ...NOW, json: true }, silent, clusterOf(0))).text)).toEqual({
    ready: 0,
    all: 1,
    waiting: ['Deployment b/a: 0 of 1 pods are ready'],
    findings: [],
  });
});

test('it waits until all is ready, and tells how far it is when that changes', async () => {
  // GIVEN
  let asked = 0;
  const ask: Ask = (args) => clusterOf(args[1]?.startsWith('deployments') && asked++ > 1 ? 1 : 0)(args);
  const lines: string[] = [];

  // WHEN
  const { exitStatus } = await status({ ...NOW, waitSeconds: 60 }, (line) => lines.push(line), ask);

  // THEN
  expect([exitStatus, asked]).toEqual([0, 3]);
  expect(lines).toEqual([`[${'-'.repeat(20)}] 0 of 1, next Deployment b/a: 0 of 1 pods are ready`]);
}, 30_000);

test.each<[string, Ask]>([
  ['nothing', () => '{"items": []}'],
  ['something else', clusterOf(1, [], { 'app.kubernetes.io/name': 'gitlab' })],
  ['something without labels', clusterOf(1, [POD], {})],
])('where there is %s, there is no Airflow, which is not right', async (_what, ask) => {
  // WHEN
  const { text, exitStatus } = await status({ ...NOW, waitSeconds: 60 }, silent, ask);
  const named = await status({ ...NOW, name: 'other' }, silent, ask);

  // THEN
  expect(exitStatus).toBe(2);
  expect(text).toBe(`0 of 0 are ready.

Not right:
  Namespace b: there is no Airflow in it
    apply the manifests, or name another by --namespace
    $ kubectl get deployments --all-namespaces`);
  expect(named.text).toContain(
    'there is no Airflow of the name other in it\n    apply the manifests, or name another by --namespace and --name',
  );
});

test.each([
  ["the official chart's", { tier: 'airflow', component: 'scheduler' }],
  ['what is made beside a chart', { 'app.kubernetes.io/managed-by': 'cdk8s-airflow' }],
])('it is Airflow by %s labels', async (_what, labels) => {
  expect(await status(NOW, silent, clusterOf(1, [], labels))).toEqual({ text: '1 of 1 are ready.', exitStatus: 0 });
});
