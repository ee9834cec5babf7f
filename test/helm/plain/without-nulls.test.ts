import { withoutNulls } from '../../../lib/helm/plain/without-nulls';

test('a field that is null is not there, at whatever depth', () => {
  // GIVEN
  const manifest = {
    kind: 'Pod',
    spec: { volumes: [{ name: 'a', emptyDir: null }], nodeName: null, securityContext: { runAsUser: null } },
  };
  // THEN
  expect(withoutNulls(manifest)).toEqual({ kind: 'Pod', spec: { volumes: [{ name: 'a' }], securityContext: {} } });
});

test('a null in a list stays, as what comes behind it would move up', () => {
  // THEN
  expect(withoutNulls({ args: [null, 'a'] })).toEqual({ args: [null, 'a'] });
});

test.each([
  [{ metadata: { labels: { a: null }, annotations: { b: null } } }, { metadata: { labels: { a: '' }, annotations: { b: '' } } }],
  [
    { spec: { nodeSelector: { a: null }, selector: { matchLabels: { b: null } } } },
    { spec: { nodeSelector: { a: '' }, selector: { matchLabels: { b: '' } } } },
  ],
  [
    { kind: 'ConfigMap', data: { a: null } },
    { kind: 'ConfigMap', data: { a: '' } },
  ],
  [
    { kind: 'Secret', stringData: { a: null } },
    { kind: 'Secret', stringData: { a: '' } },
  ],
  [
    { kind: 'Other', data: { a: null } },
    { kind: 'Other', data: {} },
  ],
])('in %j the API server makes an empty text of null where it wants text', (manifest, expected) => {
  // THEN
  expect(withoutNulls(manifest)).toEqual(expected);
});

test('parts that were shared are not any more', () => {
  // GIVEN
  const labels = { app: 'a' };
  // WHEN
  const copy = withoutNulls({ selector: labels, labels });
  // THEN
  expect(copy).toEqual({ selector: labels, labels });
  expect(copy.selector).not.toBe(copy.labels);
});
