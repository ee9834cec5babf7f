import { Executor } from '../../lib';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

test('the options that it owns come from its props', () => {
  // WHEN
  const plain = synthAirflow({ executor: Executor.kubernetes() }).airflowConfig;
  const given = synthAirflow({ executor: Executor.kubernetes({ podsCreationBatchSize: 4, deletePodsOnFailure: true }) }).airflowConfig;

  // THEN
  expect(plain.core.executor).toBe('KubernetesExecutor');
  expect(plain.kubernetes_executor).toMatchObject({
    worker_pods_creation_batch_size: '16',
    delete_worker_pods_on_failure: 'False',
    pod_template_file: '/etc/airflow-task/pod_template.yaml',
  });
  expect(given.kubernetes_executor).toMatchObject({ worker_pods_creation_batch_size: '4', delete_worker_pods_on_failure: 'True' });
});

test.each([
  ['pod_template_file', 'nothing: the deployment rests on it'],
  ['worker_container_tag', 'nothing: the deployment rests on it'],
  ['worker_pods_creation_batch_size', 'the prop executor, with podsCreationBatchSize'],
])('%s is not set by config', (key, instead) => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.kubernetes(), config: { kubernetes_executor: { [key]: 'x' } } });

  // THEN
  expect(errors).toContain(`[airflow/airflow] config.kubernetes_executor.${key}: the library sets this option; use ${instead}`);
});

test('a batch of none is an error', () => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.kubernetes({ podsCreationBatchSize: 0 }) });

  // THEN
  expect(errors).toEqual(['[airflow/airflow] executor.podsCreationBatchSize: 0 given; expected a whole number of 1 or more']);
});

test('options of Celery mean nothing to it', () => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.kubernetes(), config: { celery: { sync_parallelism: '1' } } });

  // THEN
  expect(errors).toEqual(['[airflow/airflow] config.celery: Celery is not used under KubernetesExecutor; leave it out']);
});
