import { ChartError } from '../../../lib/helm/chart-error';
import { type PlainObjectsOptions, plainObjects } from '../../../lib/helm/plain/plain-objects';
import { renderedDocuments } from '../../../lib/helm/plain/rendered-documents';
import type { Json } from '../../../lib/kubernetes/json';
import { writeYaml } from '../../../lib/kubernetes/yaml-writer';
import { renderFixture } from '../render-fixture';

const OPTIONS: PlainObjectsOptions = { namespace: 'data' };
const namesOf = (objects: { manifest: Json }[]) => objects.map(({ manifest }) => `${manifest.kind}/${manifest.metadata.name}`);

/** As helm prints them. */
function printed(...manifests: Json[]): string {
  return manifests.map((manifest, index) => `---\n# Source: chart/templates/${index}.yaml\n${writeYaml(manifest)}`).join('');
}

function configMap(name: string, metadata: Json = {}): Json {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata } };
}

test('hooks of install and upgrade are plain objects, and other hooks are none', () => {
  // WHEN
  const objects = plainObjects(renderedDocuments(renderFixture('hooks')), OPTIONS);
  // THEN
  expect(namesOf(objects).map((name) => name.replace(/-[0-9a-f]{8}$/, '-HASH'))).toEqual([
    'Deployment/rel-web',
    'Job/rel-index-HASH',
    'ConfigMap/rel-both',
    'ConfigMap/rel-settings',
    'Job/rel-migrate-HASH',
  ]);
  expect(JSON.stringify(objects)).not.toContain('helm.sh/hook');
});

test('annotations that are not of hooks stay, and no empty ones are left behind', () => {
  // WHEN
  const objects = plainObjects(renderedDocuments(renderFixture('hooks')), OPTIONS);
  // THEN
  const annotations = Object.fromEntries(objects.map(({ baseName, manifest }) => [baseName, manifest.metadata.annotations]));
  expect(annotations).toEqual({
    'rel-web': { 'helm.sh/resource-policy': 'keep' },
    'rel-index': undefined,
    'rel-both': undefined,
    'rel-settings': undefined,
    'rel-migrate': { 'example.com/owner': 'data-team' },
  });
  expect(objects[3].manifest.metadata).not.toHaveProperty('annotations');
});

test('a Job is named by what it does, whether it was a hook or not, and stays when it is done', () => {
  // WHEN
  const jobsWith = (...flags: string[]) =>
    plainObjects(renderedDocuments(renderFixture('hooks', ...flags)), OPTIONS).filter(({ manifest }) => manifest.kind === 'Job');
  const [index, migrate] = jobsWith();
  const [sameIndex, otherMigrate] = jobsWith('--set=migrate.command={migrate,down}', '--set=migrate.ttlSecondsAfterFinished=9');
  // THEN
  expect(sameIndex).toEqual(index);
  expect(migrate).toMatchObject({ baseName: 'rel-migrate', source: 'hooks/templates/migrate.yaml' });
  expect(migrate.manifest.metadata.name).toMatch(/^rel-migrate-[0-9a-f]{8}$/);
  expect(migrate.manifest.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  expect(otherMigrate.manifest.metadata.name).not.toBe(migrate.manifest.metadata.name);
});

test('each namespaced object gets the namespace, unless it names one', () => {
  // WHEN
  const objects = plainObjects(renderedDocuments(renderFixture('weird')), OPTIONS);
  // THEN
  const namespaces = Object.fromEntries(
    objects.map(({ manifest }) => [`${manifest.kind}/${manifest.metadata.name}`, manifest.metadata.namespace]),
  );
  expect(namespaces).toEqual({
    'ClusterRole/rel-reader': undefined,
    'ClusterRoleBinding/rel-reader': undefined,
    'ConfigMap/rel-between': 'data',
    'ConfigMap/rel-elsewhere': 'kube-public',
    'ConfigMap/rel-first': 'data',
    'ConfigMap/rel-nested': 'data',
    'ConfigMap/rel-text': 'data',
    'ConfigMap/rel-typed': 'data',
    'Deployment/rel-anchors': 'data',
    'PriorityClass/rel-high': undefined,
    'Scalars/rel-scalars': 'data',
    'ServiceAccount/rel': 'data',
  });
});

test('CustomResourceDefinitions come first, and tell which of their objects are in a namespace', () => {
  // GIVEN
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'nodes.example.com' },
    spec: { group: 'example.com', scope: 'Namespaced', names: { kind: 'Node' } },
  };
  const node = (apiVersion: string) => ({ apiVersion, kind: 'Node', metadata: { name: 'a' } });
  // WHEN
  const ofFixture = plainObjects(renderedDocuments(renderFixture('crds', '--include-crds')), OPTIONS);
  const objects = plainObjects(renderedDocuments(printed(configMap('first'), node('example.com/v1'), node('v1'), definition)), OPTIONS);
  // THEN
  expect(ofFixture.map(({ manifest }) => [manifest.kind, manifest.metadata.namespace])).toEqual([
    ['CustomResourceDefinition', undefined],
    ['CustomResourceDefinition', undefined],
    ['Factory', undefined],
    ['Widget', 'data'],
  ]);
  expect(objects.map(({ manifest }) => [manifest.kind, manifest.metadata.namespace])).toEqual([
    ['CustomResourceDefinition', undefined],
    ['ConfigMap', 'data'],
    ['Node', 'data'],
    ['Node', undefined],
  ]);
});

test('an object in no namespace loses the one that the chart gave it', () => {
  // WHEN
  const [object] = plainObjects(
    renderedDocuments(printed({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', namespace: 'a' } })),
    OPTIONS,
  );
  // THEN
  expect(object.manifest.metadata).toEqual({ name: 'a' });
});

test('anchors are what they stand for, and fields without a value are not there', () => {
  // WHEN
  const objects = plainObjects(renderedDocuments(renderFixture('weird')), OPTIONS);
  // THEN
  const deployment = objects.find(({ baseName }) => baseName === 'rel-anchors')?.manifest;
  expect(deployment.spec.template.metadata.labels).toEqual({ app: 'rel-anchors', tier: 'web' });
  expect(deployment.spec.template.spec.containers[0].env).toEqual([{ name: 'EMPTY' }, { name: 'FLAG', value: 'true' }]);
});

test('the same output is made plain to the same objects', () => {
  // GIVEN
  const output = renderFixture('hooks');
  // THEN
  expect(plainObjects(renderedDocuments(output), OPTIONS)).toEqual(plainObjects(renderedDocuments(output), OPTIONS));
});

test('what is excluded is left out, a Job by its name without the hash', () => {
  // WHEN
  const objects = plainObjects(renderedDocuments(renderFixture('hooks')), {
    ...OPTIONS,
    exclude: ['Job/rel-migrate', 'ConfigMap/rel-both'],
  });
  // THEN
  expect(objects.map(({ baseName }) => baseName)).toEqual(['rel-web', 'rel-index', 'rel-settings']);
});

test('what is excluded but not there is an error that lists what is', () => {
  // GIVEN
  const exclude = ['ConfigMap/setings', 'ConfigMap/rel-both', 'Ingress/web'];
  // WHEN
  const make = () => plainObjects(renderedDocuments(renderFixture('hooks')), { ...OPTIONS, exclude });
  // THEN
  expect(messagesOf(make)).toEqual([
    'exclude: "ConfigMap/setings" given; the chart makes no such object. Of this kind it makes: rel-both, rel-settings',
    'exclude: "Ingress/web" given; the chart makes no such object. Of this kind it makes: none',
  ]);
});

test('two objects of one kind and name are an error that names both templates', () => {
  // GIVEN
  const other = { ...configMap('a'), apiVersion: 'example.com/v1' };
  const output = printed(configMap('a'), configMap('a', { namespace: 'elsewhere' }), other, configMap('a', { namespace: 'data' }));
  // THEN
  expect(messagesOf(() => plainObjects(renderedDocuments(output), OPTIONS))).toEqual([
    'ConfigMap/a is made by chart/templates/0.yaml and by chart/templates/3.yaml, and one would overwrite the other; ' +
      'expected values with which the chart makes it once',
  ]);
});

test('a Job for which the cluster was to find a name has it by what it does; other objects need one', () => {
  // GIVEN
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'a-' }, spec: { template: {} } };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'a-' } };

  // THEN
  const [{ manifest }] = plainObjects(renderedDocuments(printed(job)), OPTIONS);
  expect(manifest.metadata).toEqual({ name: expect.stringMatching(/^a-[0-9a-f]{8}$/), namespace: OPTIONS.namespace });
  expect(messagesOf(() => plainObjects(renderedDocuments(printed(pod)), OPTIONS))).toEqual([
    'chart/templates/0.yaml: Pod has a generateName and no name, which `kubectl apply` refuses, as it makes another object each time; ' +
      'expected values with which the chart gives it a name, or does not make it',
  ]);
});

test('two Jobs of one name are an error, though what they do differs', () => {
  // GIVEN
  const job = (image: string) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: { template: { image } } });
  const list = { apiVersion: 'v1', kind: 'List', items: [job('a'), job('b')] };
  // THEN
  expect(messagesOf(() => plainObjects(renderedDocuments(printed(list)), OPTIONS))).toEqual([
    'Job/a is made twice by chart/templates/0.yaml, and one would overwrite the other; expected values with which the chart makes it once',
  ]);
});

test.each<[Json, string]>([
  [{ kind: 'ConfigMap', metadata: { name: 'a' } }, 'ConfigMap/a has no apiVersion'],
  [{ apiVersion: 'v1', metadata: { name: 'a' } }, 'a has no kind'],
  [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 12 } }, 'ConfigMap has no metadata.name'],
  [{ apiVersion: 'v1', kind: 'ConfigMap' }, 'ConfigMap has no metadata.name'],
  [{ password: 'hunter2' }, 'a document has no apiVersion, no kind, no metadata.name'],
  [['a'], 'a document has no apiVersion, no kind, no metadata.name'],
])('%j is no object, which is an error that names the template', (manifest, problem) => {
  // THEN
  expect(messagesOf(() => plainObjects(renderedDocuments(printed(configMap('a'), manifest)), OPTIONS))).toEqual([
    `chart/templates/1.yaml: ${problem}; expected text there, as each object of Kubernetes has`,
  ]);
});

function messagesOf(make: () => unknown): string[] {
  try {
    make();
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    expect(error.errors.every((each) => each instanceof ChartError)).toBe(true);
    return error.errors.map(({ message }) => message);
  }
  throw new Error('nothing was wrong');
}
