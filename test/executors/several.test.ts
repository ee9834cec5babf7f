import { Executor } from '../../lib';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

test('the first runs what asks for none, and the components of both are there', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.several(Executor.celery({ workers: { replicas: 2 } }), Executor.kubernetes()) });

  // THEN
  expect(objects.airflowConfig.core.executor).toBe('CeleryExecutor,KubernetesExecutor');
  expect(objects.one('Deployment', 'airflow-worker').spec.replicas).toBe(2);
  expect(objects.env('scheduler').AIRFLOW__CELERY__BROKER_URL_CMD).toContain('airflow-redis:6379/0');
  expect(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']).toContain('name: base');
});

test.each([
  [
    'Celery is asked for by none',
    [Executor.celery({ workerGroups: { gpu: {} } }), Executor.kubernetes()],
    "(executor IS NULL OR executor LIKE '%CeleryExecutor')",
  ],
  [
    'Celery is asked for by name',
    [Executor.kubernetes(), Executor.celery({ workerGroups: { gpu: {} } })],
    "executor LIKE '%CeleryExecutor'",
  ],
])('where %s its workers have those tasks alone', (_what, [first, second], condition) => {
  // WHEN
  const { workers, workerGroups } = Executor.several(first, second)._plan;

  // THEN
  expect([workers, workerGroups['worker-gpu']].map((group) => group?.tasksCondition)).toEqual([condition, condition]);
});

test.each([
  ['twice the same', Executor.several(Executor.celery(), Executor.celery()), ['CeleryExecutor', 'CeleryExecutor']],
  ['one that goes with no other', Executor.several(Executor.local(), Executor.kubernetes()), ['LocalExecutor', 'KubernetesExecutor']],
])('%s is an error', (_what, executor, names) => {
  // WHEN
  const errors = airflowErrors({ executor });

  // THEN
  expect(errors).toContain(
    `[airflow/airflow] executor: ${JSON.stringify(names)} given; expected Executor.celery(…) and Executor.kubernetes(…), each once`,
  );
});
