import { Chart, Testing } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { DagBundle, DagGitSync, Executor, type GitRepository } from '../../../lib';
import { DagSources } from '../../../lib/dags/dag-sources';
import type { DistributionInput } from '../../../lib/distributions/contract';
import { airflowOptions } from '../../../lib/distributions/shared/airflow-options';
import { PropValidator } from '../../../lib/validation/prop-validator';

const PARTS = {
  name: 'airflow',
  userOptions: {},
  components: {},
  executor: Executor.celery()._plan,
  dags: undefined,
  exposures: [],
};

/** The options as `section.key`, with their values. */
function options(
  parts: { readonly [Part in keyof DistributionInput]?: unknown } = {},
  isAirflow3 = true,
): { readonly [name: string]: string | undefined } {
  const owned = airflowOptions({ ...PARTS, ...parts } as DistributionInput, isAirflow3, 'airflow-web');
  return Object.fromEntries(owned.map(({ section, key, value }) => [`${section}.${key}`, value]));
}

test('pods are found by their addresses, and listen at the ports that the NetworkPolicies know', () => {
  expect(options()).toEqual({
    'core.hostname_callable': 'airflow.utils.net.get_host_ip_address',
    'core.execution_api_server_url': 'http://airflow-web:8080/execution/',
    'logging.worker_log_server_port': '8793',
    'logging.trigger_log_server_port': '8794',
    'scheduler.enable_health_check': 'True',
    'scheduler.scheduler_health_check_server_port': '8974',
    'celery.worker_concurrency': '4',
  });
});

test('Airflow 2 has no API for tasks, and LocalExecutor no Celery', () => {
  // WHEN
  const names = Object.keys(options({ executor: Executor.local()._plan }, false));

  // THEN
  expect(names).not.toContain('core.execution_api_server_url');
  expect(names.filter((name) => name.startsWith('celery.'))).toEqual([]);
});

test('behind a proxy the API for tasks is below the path too', () => {
  // GIVEN
  const exposures = [{ prop: 'ingress', url: 'https://airflow.example.com/air', prefix: '/air' }];

  // WHEN
  const [three, two] = [options({ exposures }), options({ exposures }, false)];

  // THEN
  expect(three).toMatchObject({
    'api.base_url': 'https://airflow.example.com/air',
    'fab.enable_proxy_fix': 'True',
    'core.execution_api_server_url': 'http://airflow-web:8080/air/execution/',
  });
  expect(two).toMatchObject({ 'webserver.base_url': 'https://airflow.example.com/air', 'webserver.enable_proxy_fix': 'True' });
});

test.each([
  ['https://airflow.example.com/air', '/air'],
  ['https://example.com/data/air/', '/data/air'],
  ['https://airflow.example.com', ''],
  ['airflow.example.com/air', ''],
])('without an Ingress the API for tasks is below the path of %s', (base_url, prefix) => {
  // GIVEN
  const url = `http://airflow-web:8080${prefix}/execution/`;

  // THEN
  for (const section of ['api', 'API', 'webserver']) {
    expect(options({ userOptions: { [section]: { base_url } } })).toMatchObject({ 'core.execution_api_server_url': url });
  }
  for (const variable of ['AIRFLOW__API__BASE_URL', 'AIRFLOW__WEBSERVER__BASE_URL']) {
    const components = { 'api-server': { env: { [variable]: EnvValue.fromValue(base_url) } } };
    const userOptions = { api: { base_url: 'https://a.example.com/b' } };
    expect(options({ components, userOptions })).toMatchObject({ 'core.execution_api_server_url': url });
  }
});

test('DAGs are bundles in Airflow 3 and a folder in Airflow 2', () => {
  // GIVEN
  const dags = sourcesOf([{ name: 'etl', url: 'https://gitlab.example.com/team/etl.git' }]);

  // WHEN
  const [three, two] = [options({ dags }), options({ dags }, false)];

  // THEN
  expect(JSON.parse(three['dag_processor.dag_bundle_config_list'] ?? '')).toEqual(dags.bundles);
  expect(three).not.toHaveProperty('dag_processor.dag_bundle_storage_path');
  expect(two['core.dags_folder']).toBe('/opt/airflow/dags/etl/current');
});

test('what Airflow fetches by itself has a place that can be written to', () => {
  // GIVEN
  const dags = sourcesOf(undefined, [DagBundle.s3({ bucket: 'example-dags' })]);

  // WHEN
  const [three, two] = [options({ dags }), options({ dags }, false)];

  // THEN
  expect(three['dag_processor.dag_bundle_storage_path']).toBe('/opt/airflow/dag-bundles');
  expect(Object.keys(two).filter((name) => /dag_/.test(name))).toEqual([]);
});

function sourcesOf(repositories?: GitRepository[], bundles?: DagBundle[]): DagSources {
  const chart = new Chart(Testing.app(), 'test');
  const gitSync = repositories && new DagGitSync(chart, 'dags', { repositories });
  return new DagSources(chart, new PropValidator(chart), gitSync, bundles);
}
