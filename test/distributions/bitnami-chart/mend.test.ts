import { JsonPatch } from 'cdk8s';
import { type AirflowChartProps, Delivery, Distribution, Executor, ServiceAccount, TaskPermission } from '../../../lib';
import type { HelmChartInclude } from '../../../lib/helm/helm-chart-include';
import { airflowErrors } from '../../support/synth-objects';
import { AIRFLOW_2, bitnamiRelease, type Options } from './release';

test.each([
  ['Airflow 3', {}, 'StatefulSet'],
  ['Airflow 2', AIRFLOW_2, 'Deployment'],
])('under LocalExecutor the faults of the chart for %s are mended', (_what, options, kind) => {
  // WHEN
  const { patches, exclude } = mended({ executor: Executor.local() }, options);

  // THEN
  expect(exclude).toEqual(['Service/airflow-worker-hl']);
  expect(patches).toEqual([
    [
      kind,
      'airflow-scheduler',
      JsonPatch.add('/spec/template/spec/containers/0/ports', [{ name: 'task-logs', containerPort: 8793 }]),
      ...(kind === 'Deployment' ? [JsonPatch.add('/spec/strategy', { type: 'Recreate' })] : []),
    ],
  ]);
});

test('with Celery there is nothing to mend', () => {
  expect(mended({})).toEqual({ patches: [], exclude: undefined });
});

const account = (component: string) => JsonPatch.replace('/spec/template/spec/serviceAccountName', `airflow-${component}`);

test('who makes pods of tasks, and who reads their logs, has a ServiceAccount of its own', () => {
  expect(mended({ executor: Executor.kubernetes() })).toEqual({
    exclude: ['Service/airflow-worker-hl'],
    patches: [
      ['Deployment', 'airflow-web', account('api-server')],
      ['Deployment', 'airflow-scheduler', account('scheduler')],
    ],
  });
});

test('where tasks may use the Kubernetes API, and in the triggerer, too', () => {
  expect(mended({ taskPermissions: [TaskPermission.kubernetesPodOperator()] }).patches).toEqual([
    ['StatefulSet', 'airflow-triggerer', account('triggerer')],
    ['StatefulSet', 'airflow-worker', account('worker')],
  ]);
});

test('a ServiceAccount of the user’s for one component is that of this component, where the chart is rendered at synth', () => {
  // GIVEN
  const dagProcessor = { serviceAccount: ServiceAccount.create() };

  // THEN
  expect(mended({ dagProcessor }).patches).toEqual([['Deployment', 'airflow-dag-processor', account('dag-processor')]]);
  const distribution = Distribution.bitnamiChart({ version: '25.1.0', delivery: Delivery.argoApplication() });
  expect(airflowErrors({ distribution, dagProcessor })).toEqual([
    '[airflow/airflow] dagProcessor.serviceAccount: the Bitnami chart has one ServiceAccount for all components; use allComponents.serviceAccount, or Delivery.rendered()',
  ]);
});

/** What is changed of the objects of the chart, and what is left out. */
function mended(props: AirflowChartProps, options: Options = {}) {
  const patch = jest.fn();
  const { release } = bitnamiRelease(props, options, { patch, apiObjects: [] } as unknown as HelmChartInclude);
  return { patches: patch.mock.calls, exclude: release.exclude };
}
