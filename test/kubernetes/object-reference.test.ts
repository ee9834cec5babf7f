import { isReferredTo, OBJECT_REFERENCE, referenceTo } from '../../lib/kubernetes/object-reference';

const cluster = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'db', namespace: 'data' } };

test.each(['Cluster/db', 'Cluster/data/db', 'Cluster.postgresql.cnpg.io/db', 'Cluster.postgresql.cnpg.io/data/db'])(
  '%s names it',
  (text) => {
    // THEN
    expect(text).toMatch(OBJECT_REFERENCE);
    expect(isReferredTo(text, cluster, 'db')).toBe(true);
  },
);

test.each(['Cluster/other', 'Cluster/web/db', 'Cluster.cluster.x-k8s.io/db', 'Clusters/db'])('%s does not', (text) => {
  // THEN
  expect(isReferredTo(text, cluster, 'db')).toBe(false);
});

test.each(['db', 'cluster/db', 'Cluster/', 'Cluster/a/b/c', 'Cluster/a b'])('%s is no reference', (text) => {
  // THEN
  expect(text).not.toMatch(OBJECT_REFERENCE);
});

test('Kubernetes’ first group has no name in its objects', () => {
  expect(isReferredTo('Secret/a', { apiVersion: 'v1', kind: 'Secret', metadata: {} }, 'a', 'b')).toBe(true);
  expect(isReferredTo('Secret/b', { apiVersion: 'v1', kind: 'Secret', metadata: {} }, 'a', 'b')).toBe(true);
  expect(isReferredTo('Secret.core/a', { apiVersion: 'v1', kind: 'Secret', metadata: {} }, 'a')).toBe(true);
  expect(isReferredTo('Cluster.core/db', cluster, 'db')).toBe(false);
});

test('an object is called by no more than tells it from others', () => {
  // GIVEN
  const object = (apiVersion: string, namespace?: string) => ({
    manifest: { apiVersion, kind: 'Service', metadata: { namespace } },
    name: 'web',
  });
  const all = [object('v1', 'one'), object('v1', 'two'), object('serving.knative.dev/v1', 'two'), object('example.com/v1')];

  // THEN
  expect(all.map((each) => referenceTo(each, all))).toEqual([
    'Service/one/web',
    'Service.core/two/web',
    'Service.serving.knative.dev/web',
    'Service.example.com/web',
  ]);
  expect(referenceTo(all[0], all.slice(0, 1))).toBe('Service/web');
});
