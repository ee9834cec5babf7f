import { chartValues } from '../../lib/checks/chart-values';
import { Manifests } from '../../lib/checks/manifests';
import type { Manifest } from '../support/manifests';
import { chartOf } from './support';

const VALUES = { rbac: { create: false }, workers: { env: [{ name: 'LEVEL', value: 'info' }], replicas: 2 } };
const YAML = 'rbac:\n  create: no\nworkers:\n  env:\n    - name: LEVEL\n      value: info\n  replicas: 2\n';

test.each<[string, Manifest]>([
  ['HelmChart', { valuesContent: YAML }],
  ['HelmRelease', { values: VALUES }],
  ['Application', { source: { helm: { valuesObject: VALUES } } }],
])('the values in a %s are found, with what they are called', (kind, spec) => {
  expect(valuesIn(kind, spec)).toEqual([
    { path: 'rbac.create', name: 'create', value: false },
    { path: 'workers.env[0].name', name: 'name', value: 'LEVEL' },
    { path: 'workers.env[0].value', name: 'LEVEL', value: 'info' },
    { path: 'workers.replicas', name: 'replicas', value: 2 },
  ]);
});

test('what names a Secret, or a key of it, is not called as the secret is', () => {
  // GIVEN
  const values = { auth: { existingSshKeySecretKey: 'id' }, secret: [{ secretKey: 'url', secretName: 'db' }], secretKey: 'abc' };

  // THEN
  expect(valuesIn('HelmRelease', { values }).map(({ path, name }) => [path, name])).toEqual([
    ['auth.existingSshKeySecretKey', ''],
    ['secret[0].secretKey', ''],
    ['secret[0].secretName', 'secretName'],
    ['secretKey', 'secretKey'],
  ]);
});

test.each<[string, Manifest]>([
  ['ConfigMap', undefined],
  ['HelmChart', undefined],
  ['HelmChart', { valuesContent: '' }],
  ['HelmRelease', {}],
  ['Application', { source: { repoURL: 'https://git.example.com/dist.git' } }],
])('a %s without values has none (%#)', (kind, spec) => {
  expect(valuesIn(kind, spec)).toEqual([]);
});

function valuesIn(kind: string, spec: Manifest) {
  const [object] = Manifests.of(chartOf([{ apiVersion: 'example.com/v1', kind, metadata: { name: 'web' }, spec }])).objects;
  return chartValues(object);
}
