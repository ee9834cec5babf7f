import { compare } from '../../../cli/diff/compare';
import { rollsOf } from '../../../cli/diff/rolls';
import { type AirflowChartProps, Executor, Requirements } from '../../../lib';
import { synthAirflow } from '../../support/synth-objects';

function rolls(before: AirflowChartProps, after: AirflowChartProps) {
  return rollsOf(compare(synthAirflow(before).all, synthAirflow(after).all));
}

test('a number of pods and an address start none anew', () => {
  expect(rolls({}, { apiServer: { replicas: 2 }, networkPolicies: { enabled: false } })).toEqual([]);
});

test('another option starts the pods that read airflow.cfg', () => {
  // WHEN
  const found = rolls({}, { config: { core: { parallelism: '7' } } });

  // THEN
  expect(found.map(({ object }) => object)).toEqual(
    ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker'].map((name) => `Deployment airflow/airflow-${name}`),
  );
  expect(found[0].why).toEqual(['config (metadata.annotations["cdk8s-airflow/config-checksum"])']);
});

test('another image starts pods, and runs Jobs again, with the reason', () => {
  // WHEN
  const found = rolls({ airflowVersion: '3.2.0' }, { airflowVersion: '3.2.1' });

  // THEN
  const [migrate] = found.filter(({ object }) => object.startsWith('Job airflow/airflow-migrate-'));
  expect(migrate).toMatchObject({
    how: 'it runs once',
    why: expect.arrayContaining(['image of migrate: docker.io/apache/airflow:3.2.0 → docker.io/apache/airflow:3.2.1']),
  });
  const [scheduler] = found.filter(({ object }) => object === 'Deployment airflow/airflow-scheduler');
  expect(scheduler.why).toContain('image of scheduler: docker.io/apache/airflow:3.2.0 → docker.io/apache/airflow:3.2.1');
});

test('packages start the pods that have them', () => {
  // WHEN
  const found = rolls({ requirements: Requirements.fromList(['a==1']) }, { requirements: Requirements.fromList(['a==2']) });

  // THEN
  expect(found.map(({ why }) => why)).toContainEqual([expect.stringMatching(/^requirements /)]);
});

test('pods of tasks are others from then on', () => {
  // WHEN
  const tasks = (cpu: string) => ({ executor: Executor.kubernetes({ tasks: { resources: { requests: { cpu } } } }) });
  const found = rolls(tasks('50m'), tasks('60m'));

  // THEN
  expect(found.filter(({ object }) => object.startsWith('ConfigMap'))).toEqual([
    {
      object: expect.stringMatching(/^ConfigMap airflow\//),
      how: 'pods of tasks that start from then on',
      why: ['spec.containers[base].resources.requests.cpu'],
    },
  ]);
});
