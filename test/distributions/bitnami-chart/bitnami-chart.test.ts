import { Executor } from '../../../lib';
import { HelmChart } from '../../../lib/helm/chart/helm-chart';
import { AIRFLOW_2, bitnamiRelease } from './release';

test('the chart is Bitnami’s in the given version, or the user’s', () => {
  // GIVEN
  const own = HelmChart.folder('charts/airflow');

  // WHEN
  const [published, mine] = [{}, { chart: own }].map((options) => bitnamiRelease({}, options).release.chart);

  // THEN
  expect(published._describe()).toEqual({ kind: 'oci', reference: 'oci://registry-1.docker.io/bitnamicharts/airflow', version: '25.1.0' });
  expect(mine).toBe(own);
});

test('the release has the name of Airflow, and so have the objects', () => {
  // WHEN
  const { release, values } = bitnamiRelease({ name: 'prod', namespace: 'data' }, { kubeVersion: '1.33.0' });

  // THEN
  expect(release).toMatchObject({ releaseName: 'prod', namespace: 'data', kubeVersion: '1.33.0' });
  expect([values.fullnameOverride, values.postgresql.fullnameOverride, values.redis.fullnameOverride]).toEqual([
    'prod',
    'prod-postgresql',
    'prod-redis',
  ]);
});

test('the user’s values are joined to those of the props', () => {
  // GIVEN
  const values = { web: { lifecycleHooks: { preStop: {} }, extraEnvVars: [{ name: 'MINE', value: 'x' }] }, worker: { replicaCount: 7 } };

  // WHEN
  const joined = bitnamiRelease({ executor: Executor.celery({ workers: { replicas: 2 } }) }, { values }).values;

  // THEN
  expect(joined.web.lifecycleHooks).toEqual({ preStop: {} });
  expect(joined.web.extraEnvVars.at(-1)).toEqual({ name: 'MINE', value: 'x' });
  expect(joined.web.replicaCount).toBe(1);
  expect(joined.worker.replicaCount).toBe(7);
});

test.each([
  ['Airflow 3', {}, 'airflow-web'],
  ['Airflow 2', AIRFLOW_2, 'airflow'],
])('the Ingress of %s leads to the Service that the chart makes', (_what, options, expected) => {
  // WHEN
  const { chart } = bitnamiRelease({ ingress: { host: 'airflow.example.com' } }, options);

  // THEN
  expect([chart.airflow.webServiceName, chart.airflow.webServicePort]).toEqual([expected, 8080]);
});

test('two synths hand the same values to helm, whatever order props are written in', () => {
  // WHEN
  const first = bitnamiRelease({ config: { core: { a: '1', b: '2' } }, executor: Executor.celery({ workers: { replicas: 2 } }) }).values;
  const second = bitnamiRelease({ executor: Executor.celery({ workers: { replicas: 2 } }), config: { core: { b: '2', a: '1' } } }).values;

  // THEN
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});
