import { renderedDocuments } from '../../../lib/helm/plain/rendered-documents';
import { renderFixture } from '../render-fixture';

test('each document tells the template that it comes from', () => {
  // WHEN
  const documents = renderedDocuments(renderFixture('plain'));
  // THEN
  expect(documents.map(({ source, manifest }) => [source, manifest.kind])).toEqual([
    ['plain/templates/service.yaml', 'Service'],
    ['plain/templates/deployment.yaml', 'Deployment'],
  ]);
});

test('a file of several CustomResourceDefinitions is the source of each', () => {
  // WHEN
  const documents = renderedDocuments(renderFixture('crds', '--include-crds'));
  // THEN
  expect(documents.map(({ source, manifest }) => [source, manifest.metadata.name])).toEqual([
    ['crds/crds/widgets.yaml', 'widgets.example.com'],
    ['crds/crds/widgets.yaml', 'factories.example.com'],
    ['crds/templates/objects.yaml', 'rel-factory'],
    ['crds/templates/objects.yaml', 'rel-widget'],
  ]);
});

test('lists are unrolled, empty documents are none, and dashes in a text are text', () => {
  // WHEN
  const documents = renderedDocuments(renderFixture('weird'));
  // THEN
  const names = documents.map(({ manifest }) => `${manifest.kind}/${manifest.metadata.name}`);
  expect(names.sort()).toEqual([
    'ClusterRole/rel-reader',
    'ClusterRoleBinding/rel-reader',
    'ConfigMap/rel-between',
    'ConfigMap/rel-elsewhere',
    'ConfigMap/rel-first',
    'ConfigMap/rel-nested',
    'ConfigMap/rel-text',
    'ConfigMap/rel-typed',
    'Deployment/rel-anchors',
    'PriorityClass/rel-high',
    'Scalars/rel-scalars',
    'ServiceAccount/rel',
  ]);
  const { data } = documents.find(({ manifest }) => manifest.metadata.name === 'rel-text')?.manifest ?? {};
  expect(data.script).toContain('\n---\nnot: a document\n---\n');
  expect(data.umlaut).toBe('Grüße, 世界 🚀');
  // helm itself cuts a document's last lines where they are empty.
  expect(data.keep).toBe('ends with two newlines\n');
});

test('values are those that helm and the API server see', () => {
  // WHEN
  const documents = renderedDocuments(renderFixture('weird'));
  // THEN
  const { spec } = documents.find(({ manifest }) => manifest.kind === 'Scalars')?.manifest ?? {};
  expect(spec).toMatchObject({
    yesWord: true,
    offWord: false,
    yLetter: true,
    nLetter: false,
    booleanKey: { true: 'becomes the key "true"' },
  });
  expect(spec).toMatchObject({
    octal: 420,
    octal12: 420,
    sexagesimal: '1:30',
    date: '2024-05-01',
    hex: 31,
    underscored: 1000,
    exponent: 1000,
  });
  for (const name of ['tilde', 'empty', 'nullWord']) expect(spec).not.toHaveProperty(name);
});

test('what stands behind the dashes belongs to the document', () => {
  // WHEN
  const documents = renderedDocuments(
    '--- # Source: no/comment/of/helm.yaml\r\nkind: A\r\n---\r\n# Source: a.yaml\r\nkind: B\r\n--- {kind: C}\r\n',
  );
  // THEN
  expect(documents).toEqual([
    { source: 'no/comment/of/helm.yaml', manifest: { kind: 'A' } },
    { source: 'a.yaml', manifest: { kind: 'B' } },
    { source: 'a.yaml', manifest: { kind: 'C' } },
  ]);
});

test('an error in the YAML names the template', () => {
  // THEN
  expect(() => renderedDocuments('---\n# Source: chart/templates/a.yaml\na: 1\nb: a: 2\n')).toThrow(
    'chart/templates/a.yaml: line 4, column 5: no YAML that Kubernetes would take: ',
  );
});

test('lists are unrolled as kubectl does it', () => {
  // GIVEN
  const text = `---
apiVersion: v1
kind: ConfigMapList
items:
  - metadata: { name: a }
  - { apiVersion: v1, kind: Secret, metadata: { name: b } }
  - { apiVersion: v1, kind: List, items: [{ apiVersion: v1, kind: Pod, metadata: { name: c } }] }
---
apiVersion: v1
kind: RoleList
items:
---
apiVersion: example.com/v1
kind: AllowList
metadata: { name: d }
items: [{ address: a }]
---
apiVersion: v1
kind: List
metadata: { name: all }
items: [{ apiVersion: v1, kind: Pod, metadata: { name: e } }]
`;

  // WHEN
  const names = renderedDocuments(text).map(({ manifest }) => `${manifest.apiVersion}/${manifest.kind}/${manifest.metadata.name}`);

  // THEN
  expect(names).toEqual(['v1/ConfigMap/a', 'v1/Secret/b', 'v1/Pod/c', 'example.com/v1/AllowList/d', 'v1/Pod/e']);
});

test('what helm says before the first document is no object', () => {
  // GIVEN
  const text = 'Pulled: registry.example.com/charts/web:1.0.0\nDigest: sha256:0: {\n';
  const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';

  // THEN
  expect(renderedDocuments(`${text}---\n# Source: web/templates/a.yaml\n${object}`).map(({ source }) => source)).toEqual([
    'web/templates/a.yaml',
  ]);
  expect(renderedDocuments(object)).toHaveLength(1);
});

test('a key that is there twice is told with the template', () => {
  // GIVEN
  const said: string[] = [];
  const text = '---\n# Source: web/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, name: b }\n';

  // THEN
  expect(renderedDocuments(text, (it) => said.push(it))[0].manifest.metadata.name).toBe('b');
  expect(said).toEqual([
    expect.stringMatching(/^web\/templates\/a\.yaml: line \d+, column \d+: a key that is there twice; the last counts$/),
  ]);
});

test.each(['__proto__', 'constructor'])('a key %s, which would be lost or could not be rendered, is an error with its place', (key) => {
  // GIVEN
  const text = `---\n# Source: web/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { ${key}: x } }\n`;

  // THEN
  expect(() => renderedDocuments(text)).toThrow(`web/templates/a.yaml: there is the key metadata.labels.${key}, a name that all objects`);
});

test('a key that only sounds so is taken', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { prototype: x, constructors: x }\n';
  expect(renderedDocuments(text)[0].manifest.data).toEqual({ prototype: 'x', constructors: 'x' });
});
