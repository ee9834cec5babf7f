import { argumentsOf, keyOf, nameOf } from '../../../cli/objects/object-id';

const object = (apiVersion: string, kind: string, namespace?: string) => ({ apiVersion, kind, metadata: { name: 'a', namespace } });

test('an object has a name for people, for kubectl, and for itself', () => {
  // GIVEN
  const deployment = object('apps/v1', 'Deployment', 'b');

  // THEN
  expect([nameOf(deployment), argumentsOf(deployment), keyOf(deployment)]).toEqual([
    'Deployment b/a',
    'deployment a --namespace b',
    'apps/Deployment/b/a',
  ]);
});

test('what is in no namespace has none, whatever it says', () => {
  expect(keyOf(object('v1', 'Namespace', 'b'))).toBe(keyOf(object('v1', 'Namespace')));
  expect(argumentsOf(object('storage.k8s.io/v1', 'StorageClass', 'b'))).toBe('storageclass a');
});

test('custom resources are told with their group', () => {
  expect(argumentsOf(object('postgresql.cnpg.io/v1', 'Cluster', 'b'))).toBe('cluster.postgresql.cnpg.io a --namespace b');
});
