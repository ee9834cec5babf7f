import { compare } from '../../../cli/diff/compare';
import { refusedOf } from '../../../cli/diff/refused';
import { type AirflowChartProps, Broker, Database, Executor } from '../../../lib';
import { synthAirflow } from '../../support/synth-objects';

// That these are exactly what an API server refuses, test/cluster/diff.test.ts tells.

function refused(before: AirflowChartProps, after: AirflowChartProps) {
  return refusedOf(compare(synthAirflow(before).all, synthAirflow(after).all).changed);
}

test.each<[string, AirflowChartProps]>([
  ['another executor', { executor: Executor.kubernetes() }],
  ['another version', { airflowVersion: '3.2.0' }],
  ['other resources', { allComponents: { resources: { requests: { cpu: '50m' } } } }],
  ['an admin', { admin: { username: 'chief' } }],
])('%s is refused nowhere', (_what, props) => {
  expect(refused({}, props)).toEqual([]);
});

test('a larger volume is made so by hand', () => {
  expect(refused({}, { database: Database.builtIn({ storageSize: '20Gi' }) })).toEqual([
    {
      object: 'StatefulSet airflow/airflow-postgresql',
      problem: "can't change: spec.volumeClaimTemplates[data].spec.resources.requests.storage",
      wayOut: 'delete it without its pods and volumes, and apply; the claims are made larger by hand, if their StorageClass allows it',
      commands: [
        `kubectl patch persistentvolumeclaim data-airflow-postgresql-0 --namespace airflow --patch '{"spec":{"resources":{"requests":{"storage":"20Gi"}}}}'`,
        'kubectl delete statefulset airflow-postgresql --namespace airflow --cascade=orphan',
      ],
    },
  ]);
});

test('of another StorageClass volumes that there are know nothing', () => {
  // WHEN
  const executor = Executor.celery({ broker: Broker.builtIn({ storageClassName: 'fast' }) });
  const [finding, ...others] = refused({}, { executor });

  // THEN
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    object: 'StatefulSet airflow/airflow-redis',
    wayOut: 'delete it without its pods and volumes, and apply; volumes that there are stay as they are',
    commands: ['kubectl delete statefulset airflow-redis --namespace airflow --cascade=orphan'],
  });
});

test('what is refused of other objects comes with a way out', () => {
  // GIVEN
  const binding = (name: string) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'a', namespace: 'b' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
  });

  // THEN
  expect(refusedOf(compare([binding('one')], [binding('other')]).changed)).toEqual([
    {
      object: 'RoleBinding b/a',
      problem: "can't change: roleRef.name",
      wayOut: 'delete it, and apply: the rights are away for a moment',
      commands: ['kubectl delete rolebinding a --namespace b'],
    },
  ]);
});
