import { readDeployment } from '../../../cli/graph/deployment';
import { Executor, NetworkDestination } from '../../../lib';
import { CASES, FULL, nameOf, objectsOf } from '../../../scripts/docs/reference/cases';

const { parts, arrows, frames, namespace } = readDeployment(objectsOf(FULL));

function lines(id: string): readonly string[] | undefined {
  return parts.find((part) => part.id === id)?.lines;
}

test('all that makes pods is a part, and what they read', () => {
  // GIVEN
  const objects = objectsOf(FULL).filter(({ kind, spec }) => spec?.template || kind === 'ConfigMap' || kind === 'Ingress');

  // THEN
  expect(namespace).toBe('airflow');
  expect(parts.map(({ id }) => id)).toEqual(expect.arrayContaining(objects.map((object) => nameOf(object).replace('-…', ''))));
  expect(parts.map(({ id }) => id)).toEqual(expect.arrayContaining(['Secret/airflow-fernet-key', 'Secret/gitlab-dags', 'Secret/pip']));
});

test('a part tells its kind, its pods, its Services, its volumes and its containers', () => {
  // GIVEN
  const { parts: two } = readDeployment(objectsOf({ executor: Executor.celery({ workers: { replicas: 2 } }) }));

  // THEN
  expect(two.find(({ id }) => id === 'Deployment/airflow-worker')?.lines[0]).toBe('Deployment, 2 pods');
  expect(lines('StatefulSet/airflow-postgresql')).toEqual(['StatefulSet', 'Service, port 5432', 'volume, 8Gi']);
  expect(lines('Deployment/airflow-dag-processor')).toEqual(
    expect.arrayContaining(['init: wait-for-migration', 'init: install-requirements', 'sidecar: git-sync-dags']),
  );
});

test.each([
  ['Deployment/airflow-worker', 'connects', 'StatefulSet/airflow-redis', 'redis 6379'],
  ['Deployment/airflow-api-server', 'connects', 'Deployment/airflow-worker', 'logs 8793'],
  ['Ingress/airflow-api-server', 'connects', 'Deployment/airflow-api-server', 'http 8080'],
  ['Job/airflow-credentials', 'connects', 'address/any address', 'HTTPS 443, 6443, 8443, 16443'],
  ['Deployment/airflow-worker', 'connects', 'address/10.20.0.0/16', '5432'],
  ['Job/airflow-credentials', 'makes', 'Secret/airflow-admin', ''],
  ['Job/airflow-create-user', 'reads', 'Secret/airflow-admin', ''],
  ['Deployment/airflow-scheduler', 'reads', 'ConfigMap/airflow-requirements', ''],
])('%s %s %s', (from, kind, to, label) => {
  expect(arrows).toContainEqual({ from, kind, to, label });
});

test('who is not let through is not connected', () => {
  // GIVEN
  const { parts, arrows } = readDeployment(objectsOf({ executor: Executor.local() }));

  // THEN
  expect(parts.map(({ id }) => id)).not.toContain('StatefulSet/airflow-redis');
  expect(arrows.filter(({ kind, from }) => kind === 'connects' && from.startsWith('StatefulSet/'))).toEqual([]);
});

test('a namespace that may be reached is a part', () => {
  // GIVEN
  const taskEgress = [NetworkDestination.namespace('warehouse')];

  // WHEN
  const { parts, arrows } = readDeployment(objectsOf({ networkPolicies: { taskEgress } }));

  // THEN
  expect(parts).toContainEqual({ id: 'namespace/warehouse', kind: 'outside', title: 'warehouse', lines: ['namespace'] });
  expect(arrows).toContainEqual(
    expect.objectContaining({ from: 'Deployment/airflow-worker', to: 'namespace/warehouse', label: 'all ports' }),
  );
});

test('no part has the hash of a Job, so that the picture changes with what it shows alone', () => {
  // GIVEN
  const hashes = objectsOf(CASES.dags).flatMap(({ kind, metadata }) => (kind === 'Job' ? [metadata.name.slice(-8)] : []));

  // THEN
  expect(hashes).toHaveLength(3);
  for (const hash of hashes) expect(JSON.stringify({ parts, arrows, frames })).not.toContain(hash);
});
