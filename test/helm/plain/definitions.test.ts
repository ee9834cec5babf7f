import { clusterScope, needsServerSide, withoutDescriptions } from '../../../lib/helm/plain/definitions';
import type { Json } from '../../../lib/kubernetes/json';

const schema = {
  description: 'A widget.',
  type: 'object',
  properties: {
    description: { type: 'string', description: 'What it is for.', default: 'none' },
    template: { type: 'object', default: { description: 'stays' }, example: { description: 'stays' } },
    parts: { type: 'array', items: { anyOf: [{ type: 'string', description: 'A name.' }] } },
  },
};
const definition = (scope: string): Json => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com', annotations: { description: 'stays' } },
  spec: { group: 'example.com', names: { kind: 'Widget' }, scope, versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }] },
});

test('a definition can go without what its fields mean, but for fields of that name and values', () => {
  // WHEN
  const bare = withoutDescriptions(definition('Namespaced'));

  // THEN
  expect(bare.spec.versions[0].schema.openAPIV3Schema).toEqual({
    type: 'object',
    properties: {
      description: { type: 'string', default: 'none' },
      template: { type: 'object', default: { description: 'stays' }, example: { description: 'stays' } },
      parts: { type: 'array', items: { anyOf: [{ type: 'string' }] } },
    },
  });
  expect({ ...bare, spec: { ...bare.spec, versions: [] } }).toEqual({
    ...definition('Namespaced'),
    spec: { ...definition('Namespaced').spec, versions: [] },
  });
});

test('whether a kind is in a namespace is told by its definition, else by its group and kind', () => {
  // GIVEN
  const [cluster, namespaced] = ['Cluster', 'Namespaced'].map((scope) => clusterScope([{ manifest: definition(scope), source: '' }]));
  const widget = { apiVersion: 'example.com/v2', kind: 'Widget', metadata: {} };

  // THEN
  expect([cluster(widget), namespaced(widget)]).toEqual([true, false]);
  expect(cluster({ apiVersion: 'v1', kind: 'Node' })).toBe(true);
  expect(cluster({ apiVersion: 'longhorn.io/v1beta2', kind: 'Node' })).toBe(false);
});

test('kubectl can apply an object of up to 256 KiB with its annotations, as it writes it', () => {
  // GIVEN
  const configMap = (data: string, annotations: Json = {}) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', annotations },
    data: { a: data },
  });

  // THEN
  expect(needsServerSide(configMap('x'.repeat(261_900)))).toBe(false);
  expect(needsServerSide(configMap('x'.repeat(262_144)))).toBe(true);
  expect(needsServerSide(configMap('<'.repeat(50_000)))).toBe(true);
  expect(needsServerSide(configMap('ü'.repeat(131_072)))).toBe(true);
  expect(needsServerSide(configMap('x'.repeat(200_000), { note: 'y'.repeat(40_000) }))).toBe(true);
});
