import { isReferredTo, OBJECT_REFERENCE } from '../../lib/kubernetes/object-reference';

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

test('Kubernetes’ first group has no name, which names nothing', () => {
  expect(isReferredTo('Secret/a', { apiVersion: 'v1', kind: 'Secret', metadata: {} }, 'a', 'b')).toBe(true);
  expect(isReferredTo('Secret/b', { apiVersion: 'v1', kind: 'Secret', metadata: {} }, 'a', 'b')).toBe(true);
});
