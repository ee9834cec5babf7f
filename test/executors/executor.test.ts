import { Executor } from '../../lib';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

test('Celery is the default', () => {
  expect(synthAirflow().all).toEqual(synthAirflow({ executor: Executor.celery() }).all);
});

test.each([
  ['CeleryExecutor', Executor.celery()],
  ['LocalExecutor', Executor.local()],
])('Airflow is told of the %s', (name, executor) => {
  expect(synthAirflow({ executor }).airflowConfig.core.executor).toBe(name);
});

test('one executor can be that of several deployments', () => {
  // GIVEN
  const executor = Executor.celery({ workers: { replicas: 2 } });

  // THEN
  expect(synthAirflow({ executor }).all).toEqual(synthAirflow({ executor }).all);
});

test('under LocalExecutor tasks run in the scheduler, which asks for more and serves their logs', () => {
  // WHEN
  const [celery, local] = [Executor.celery(), Executor.local()].map((executor) => synthAirflow({ executor }).container('scheduler'));

  // THEN
  expect(celery.resources.requests).toMatchObject({ cpu: '150m', memory: '512Mi' });
  expect(local.resources).toMatchObject({ requests: { cpu: '300m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } });
  expect(celery.ports).toEqual([{ name: 'health', containerPort: 8974 }]);
  expect(local.args).toEqual(['scheduler', '--skip-serve-logs']);
});

test('options of Celery are unknown to no executor but Celery', () => {
  // GIVEN
  const config = { celery: { task_acks_late: 'True' } };

  // THEN
  expect(airflowErrors({ executor: Executor.celery(), config })).toEqual([]);
  expect(airflowErrors({ executor: Executor.local(), config })).toEqual([
    '[airflow/airflow] config.celery: Celery is not used under LocalExecutor; leave it out',
  ]);
});
