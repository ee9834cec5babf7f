import { secretWarnings } from '../../../lib/helm/plain/secret-warnings';
import type { Manifest } from '../../support/manifests';

const warningsOf = (...manifests: Manifest[]) =>
  secretWarnings(manifests.map((manifest, index) => ({ manifest, baseName: `${index}`, source: 'chart/a.yaml' })));

test('Secrets with values are told once, and no value with them', () => {
  // WHEN
  const warnings = warningsOf(
    { kind: 'Secret', metadata: { name: 'one' }, data: { password: 'czNjcmV0' } },
    { kind: 'Secret', metadata: { name: 'two' }, stringData: { password: 's3cret' } },
  );

  // THEN
  expect(warnings).toEqual([expect.stringContaining('(one, two); name Secrets of the cluster')]);
  expect(warnings.join()).not.toMatch(/s3cret|czNjcmV0/);
});

test.each<[string, Manifest]>([
  ['has nothing', { kind: 'Secret', metadata: { name: 'a' } }],
  ['has empty values', { kind: 'Secret', metadata: { name: 'a' }, data: { password: '' } }],
  ['is no Secret', { kind: 'ConfigMap', metadata: { name: 'a' }, data: { password: 'x' } }],
])('what %s is not told', (_what, manifest) => {
  expect(warningsOf(manifest)).toEqual([]);
});
