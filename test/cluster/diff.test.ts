import { App } from 'cdk8s';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { diffToCluster } from '../../cli/diff';
import { compare } from '../../cli/diff/compare';
import { refusedOf } from '../../cli/diff/refused';
import { AirflowChart, type AirflowChartProps } from '../../lib';
import { DRAWN_PROPS, OF_OPERATORS } from '../support/drawn-props';
import { kubectl, requireCluster, tryKubectl } from '../support/kubectl';
import type { Manifest } from '../support/manifests';
import { clearNamespace, freshNamespace, letInNoPods } from '../support/namespaces';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders } from '../support/temporary-folder';

// What `cdk8s-airflow diff` says Kubernetes refuses is what the API server refuses, no more and no less. No pod is made: a quota lets in none.

const NAMESPACE = 'airflow-diff';
const PROGRAMS = 5;

beforeAll(async () => {
  await requireCluster();
  await freshNamespace(NAMESPACE);
  await letInNoPods(NAMESPACE);
}, 300_000);

afterAll(async () => {
  await kubectl([
    'delete',
    'storageclass,priorityclass,ingressclass,persistentvolume,clusterrolebinding',
    '--selector',
    `made-by=${NAMESPACE}`,
  ]);
  await clearNamespace(NAMESPACE);
  removeTemporaryFolders();
}, 300_000);

const containers = [{ name: 'main', image: 'main:1' }];
const selector = { matchLabels: { app: 'a' } };
const template = { metadata: { labels: { app: 'a', more: 'b' } }, spec: { containers } };
const claimOf = (storage: string, more: object = {}) => ({
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...more },
});
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector, template } };
const set = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  spec: { serviceName: 'a', selector, template, volumeClaimTemplates: [claimOf('1Gi')] },
};
const job = { apiVersion: 'batch/v1', kind: 'Job', spec: { template: { spec: { restartPolicy: 'Never', containers } } } };
const service = { apiVersion: 'v1', kind: 'Service', spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } };
const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: claimOf('2Gi', { storageClassName: 'none' }).spec };
const role = (kind: string, name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name });
const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', roleRef: role('Role', 'a') };
const clusterBinding = { ...binding, kind: 'ClusterRoleBinding', roleRef: role('ClusterRole', 'a') };
const storage = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'example.com/a' };
const priority = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 10 };
const ingressClass = { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', spec: { controller: 'example.com/a' } };
const volume = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteMany'], nfs: { server: 'nfs.example.com', path: '/a' } },
};
const config = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } };
const secret = { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', stringData: { a: '1' } };

/** An object with another `spec`. */
function spec<Body extends { spec: object }>(object: Body, more: object): Body {
  return { ...object, spec: { ...object.spec, ...more } };
}

const ofJob = (more: object, pod: object = {}) =>
  spec(job, { ...more, template: { ...job.spec.template, spec: { ...job.spec.template.spec, ...pod } } });

const CHANGES: readonly [string, object, object][] = [
  ['the selector of a Deployment', deployment, spec(deployment, { selector: { matchLabels: { app: 'a', more: 'b' } } })],
  [
    'the pods of a Deployment',
    deployment,
    spec(deployment, { replicas: 2, template: { ...template, spec: { containers: [{ name: 'b', image: 'b:1' }] } } }),
  ],
  [
    'the strategy of a Deployment',
    deployment,
    spec(deployment, { strategy: { type: 'Recreate' }, minReadySeconds: 3, revisionHistoryLimit: 1 }),
  ],
  [
    'the pods of a StatefulSet',
    set,
    spec(set, { replicas: 2, template: { ...template, spec: { containers: [{ name: 'b', image: 'b:1' }] } } }),
  ],
  [
    'how a StatefulSet is updated',
    set,
    spec(set, { updateStrategy: { rollingUpdate: { partition: 1 } }, minReadySeconds: 3, revisionHistoryLimit: 1 }),
  ],
  ['that a StatefulSet is updated by hand', set, spec(set, { updateStrategy: { type: 'OnDelete' } })],
  ['that a StatefulSet is no more', spec(set, { updateStrategy: { type: 'OnDelete' } }), set],
  ['what becomes of its claims', set, spec(set, { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' } })],
  ['the first number of a StatefulSet', set, spec(set, { ordinals: { start: 1 } })],
  ['the selector of a StatefulSet', set, spec(set, { selector: { matchLabels: { app: 'a', more: 'b' } } })],
  ['the Service of a StatefulSet', set, spec(set, { serviceName: 'b' })],
  ['the order of pods', set, spec(set, { podManagementPolicy: 'Parallel' })],
  ['the order of pods that is the default', set, spec(set, { podManagementPolicy: 'OrderedReady' })],
  ['a larger volume', set, spec(set, { volumeClaimTemplates: [claimOf('2Gi')] })],
  ['a volume of the same size in other words', set, spec(set, { volumeClaimTemplates: [claimOf('1024Mi')] })],
  ['a mode of volumes that is the default', set, spec(set, { volumeClaimTemplates: [claimOf('1Gi', { volumeMode: 'Filesystem' })] })],
  ['another StorageClass', set, spec(set, { volumeClaimTemplates: [claimOf('1Gi', { storageClassName: 'fast' })] })],
  ['no volume', set, spec(set, { volumeClaimTemplates: undefined })],
  ['the image of a Job', job, ofJob({}, { containers: [{ name: 'main', image: 'main:2' }] })],
  ['a default of the pods of a Job', job, ofJob({}, { terminationGracePeriodSeconds: 30, dnsPolicy: 'ClusterFirst' })],
  ['no default of the pods of a Job', job, ofJob({}, { terminationGracePeriodSeconds: 60 })],
  ['how often a Job tries', job, ofJob({ backoffLimit: 3, activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 60, parallelism: 2 })],
  ['how often a Job succeeds', job, ofJob({ completions: 2 })],
  ['that a Job waits', job, ofJob({ suspend: true })],
  ['where a suspended Job runs', ofJob({ suspend: true }), ofJob({ suspend: true }, { nodeSelector: { disk: 'ssd' } })],
  ['the image of a suspended Job', ofJob({ suspend: true }), ofJob({ suspend: true }, { containers: [{ name: 'main', image: 'main:2' }] })],
  ['where a Job runs', job, ofJob({}, { nodeSelector: { disk: 'ssd' } })],
  ['the ports of a Service', service, spec(service, { ports: [{ port: 81 }], type: 'NodePort' })],
  ['an address for a Service without one', spec(service, { clusterIP: 'None' }), service],
  ['no address for a Service', service, spec(service, { clusterIP: 'None' })],
  ['a name in the place of a Service', service, { ...service, spec: { type: 'ExternalName', externalName: 'example.com' } }],
  [
    'the class of a load balancer',
    spec(service, { type: 'LoadBalancer', loadBalancerClass: 'example.com/a' }),
    spec(service, { type: 'LoadBalancer', loadBalancerClass: 'example.com/b' }),
  ],
  ['a smaller claim', claim, spec(claim, { resources: { requests: { storage: '1Gi' } } })],
  ['the access modes of a claim', claim, spec(claim, { accessModes: ['ReadWriteMany'] })],
  ['the StorageClass of a claim', claim, spec(claim, { storageClassName: 'other' })],
  ['the labels of a claim', claim, { ...claim, metadata: { labels: { a: 'b' } } }],
  ['the type of a Secret', secret, { ...secret, type: 'example.com/other' }],
  ['the data of a Secret', secret, { ...secret, stringData: { a: '2' } }],
  ['that a Secret is immutable', secret, { ...secret, immutable: true }],
  ['the data of an immutable Secret', { ...secret, immutable: true }, { ...secret, stringData: { a: '2' }, immutable: true }],
  ['the data of an immutable ConfigMap', { ...config, immutable: true }, { ...config, data: { a: '2' }, immutable: true }],
  [
    'the labels of an immutable ConfigMap',
    { ...config, immutable: true },
    { ...config, metadata: { labels: { a: 'b' } }, immutable: true },
  ],
  ['a ConfigMap that is no more immutable', { ...config, immutable: true }, config],
  ['the data of a ConfigMap', config, { ...config, data: { b: '2' } }],
  ['the Role of a RoleBinding', binding, { ...binding, roleRef: role('Role', 'b') }],
  ['who has a Role', binding, { ...binding, subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: NAMESPACE }] }],
  ['the Role of a ClusterRoleBinding', clusterBinding, { ...clusterBinding, roleRef: role('ClusterRole', 'b') }],
  ['the provisioner of a StorageClass', storage, { ...storage, provisioner: 'example.com/b' }],
  ['the parameters of a StorageClass', storage, { ...storage, parameters: { type: 'ssd' } }],
  ['what a StorageClass does with volumes', storage, { ...storage, reclaimPolicy: 'Retain' }],
  [
    'defaults of a StorageClass',
    storage,
    { ...storage, reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowVolumeExpansion: true },
  ],
  ['the value of a PriorityClass', priority, { ...priority, value: 11 }],
  ['the words of a PriorityClass', priority, { ...priority, description: 'b' }],
  ['the controller of an IngressClass', ingressClass, { ...ingressClass, spec: { controller: 'example.com/b' } }],
  ['where a PersistentVolume is', volume, spec(volume, { nfs: { server: 'nfs.example.com', path: '/b' } })],
  ['the size of a PersistentVolume', volume, spec(volume, { capacity: { storage: '2Gi' }, mountOptions: ['ro'] })],
];

const CLUSTER_WIDE = /^(ClusterRoleBinding|StorageClass|PriorityClass|IngressClass|PersistentVolume)$/;

test('of each change of an object', async () => {
  // GIVEN
  const named = (object: Manifest, index: number) => ({
    ...object,
    metadata: {
      ...object.metadata,
      name: `${NAMESPACE}-${index}`,
      labels: { ...object.metadata?.labels, 'made-by': NAMESPACE },
      ...(!CLUSTER_WIDE.test(object.kind) && { namespace: NAMESPACE }),
    },
  });
  const before = CHANGES.map(([, object], index) => named(object, index));
  const after = CHANGES.map(([, , object], index) => named(object, index));

  // WHEN
  expect((await apply(before)).stderr).toBe('');
  const refused = await refusedByServer(after);

  // THEN
  const change = (name: string) => CHANGES[Number(name.split('-').at(-1))][0];
  expect(foretold(before, after).map(change)).toEqual(refused.map(change));
  expect(refused.length).toBeGreaterThan(20);
}, 300_000);

test('of programs drawn by chance, each over the one before', async () => {
  // GIVEN
  const fixed = { name: 'airflow', namespace: NAMESPACE, createNamespace: false, taskPermissions: undefined };
  const programs = fc
    .sample(DRAWN_PROPS, { numRuns: 200, seed: 20_261_201 })
    .map((props) => objectsOf((app) => new AirflowChart(app, 'airflow', { ...props, ...fixed })))
    .filter((objects) => objects.length > 0)
    .slice(0, PROGRAMS);
  expect(programs).toHaveLength(PROGRAMS);
  const inCluster = new Map<string, Manifest>();
  let refusals = 0;

  for (const objects of programs) {
    // WHEN
    const refused = await refusedByServer(objects);
    const expected = foretold([...inCluster.values()], objects);

    // THEN
    expect(expected).toEqual(refused);
    refusals += refused.length;
    await apply(objects);
    for (const object of objects.filter(({ metadata }) => !refused.includes(metadata.name))) inCluster.set(keyOf(object), object);
  }
  expect(refusals).toBeGreaterThan(0);
}, 1_200_000);

test('of manifests and the cluster that they were applied to', async () => {
  // GIVEN
  const dist = (props: AirflowChartProps) =>
    synthApp((app) => new AirflowChart(app, 'airflow', { namespace: NAMESPACE, name: 'living', createNamespace: false, ...props }));
  await kubectl(['apply', '--filename', dist({})]);

  // WHEN
  const same = diffToCluster(dist({}), {});
  const { text, exitStatus } = diffToCluster(dist({ networkPolicies: { enabled: false }, apiServer: { replicas: 2 } }), {});

  // THEN
  expect(same).toEqual({ text: 'Nothing changes.', exitStatus: 0 });
  expect(exitStatus).toBe(1);
  expect(text).toContain(`Deployment ${NAMESPACE}/living-api-server\n    spec.replicas: 1 → 2\n`);
  expect(text).toMatch(new RegExp(`Gone from .*NetworkPolicy ${NAMESPACE}/living-api-server\n`, 's'));
}, 300_000);

function keyOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

/** The names of the objects that diff says will be refused. */
function foretold(before: readonly Manifest[], after: readonly Manifest[]): string[] {
  const names = refusedOf(compare(before, after).changed).map(({ object }) => object.replace(/^.*[ /]/, ''));
  return [...new Set(names)].sort();
}

/** The names of the objects that the API server would not take. */
async function refusedByServer(objects: readonly Manifest[]): Promise<string[]> {
  const { stderr, stdout } = await apply(objects, '--dry-run=server');
  const taken = [...stdout.matchAll(/^\S+\/(\S+) (?:created|configured|unchanged)/gm)].map(([, name]) => name);
  const names = [...stderr.matchAll(/(?:^|: )(?:The )?[\w.]+ "([^"]+)" is invalid/gm)].map(([, name]) => name);
  expect(taken.length + new Set(names).size).toBe(objects.length);
  return [...new Set(names)].sort();
}

function apply(objects: readonly Manifest[], ...flags: string[]) {
  return tryKubectl(['apply', '--filename', '-', ...flags], {
    input: objects.map((object) => JSON.stringify(object)).join('\n'),
    timeoutSeconds: 300,
  });
}

/** What is written, but for what needs an operator; nothing where the program is refused. */
function objectsOf(build: (app: App) => void): Manifest[] {
  const app = new App();
  build(app);
  try {
    const objects: Manifest[] = parseAllDocuments(app.synthYaml()).map((document) => document.toJS());
    return objects.filter(({ apiVersion }) => !OF_OPERATORS.test(apiVersion));
  } catch {
    return [];
  }
}
