import { type AirflowChartProps, DagBundle, Executor } from '../../../lib';
import { officialErrors, officialValues } from './release';

const GIT = 'https://gitlab.example.com/team';
const AIRFLOW_2: AirflowChartProps = { airflowVersion: '2.11.0' };
const INGRESS = { ingress: { host: 'airflow.example.com', path: '/data/airflow' } };

test('airflow.cfg has what the objects rest on', () => {
  expect(officialValues().config).toEqual({
    api: { port: '8080' },
    celery: { worker_concurrency: '4', extra_celery_config: expect.stringContaining('"worker_enable_prefetch_count_reduction":false') },
    celery_broker_transport_options: { socket_timeout: '30', socket_connect_timeout: '5' },
    core: {
      auth_manager: 'airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager',
      execution_api_server_url: 'http://airflow-api-server:8080/execution/',
      hostname_callable: 'airflow.utils.net.get_host_ip_address',
      load_examples: 'False',
    },
    logging: {
      base_log_folder: '/opt/airflow/logs',
      colored_console_log: 'False',
      dag_processor_log_target: 'stdout',
      trigger_log_server_port: '8794',
      worker_log_server_port: '8793',
    },
    scheduler: { enable_health_check: 'True', scheduler_health_check_server_port: '8974' },
    workers: { execution_api_retries: '30', execution_api_retry_wait_max: '5' },
  });
});

test('Airflow 2 has a webserver, and no API for tasks', () => {
  // WHEN
  const { config } = officialValues(AIRFLOW_2);

  // THEN
  expect(config.webserver).toEqual({ web_server_port: '8080' });
  expect(config).not.toHaveProperty('api');
  expect(config.core).not.toHaveProperty('execution_api_server_url');
});

test('any other option is the user’s, and the library’s defaults can be changed', () => {
  // WHEN
  const { config, scheduler, workers } = officialValues({
    config: { core: { parallelism: '64', load_examples: 'True' }, smtp: { smtp_host: 'mail' } },
  });

  // THEN
  expect(config.core).toMatchObject({ parallelism: '64', load_examples: 'True' });
  expect(config.smtp).toEqual({ smtp_host: 'mail' });
  // The image has it as a variable, which would win.
  for (const { env } of [scheduler, workers]) expect(env).toContainEqual({ name: 'AIRFLOW__CORE__LOAD_EXAMPLES', value: 'True' });
});

test('an option comes out of the chart as it was: templates, percent signs and several lines', () => {
  // WHEN
  const { logging } = officialValues({ config: { logging: { log_filename_template: '{{ ti.dag_id }}', log_format: '%(x)s\nb' } } }).config;

  // THEN
  expect(logging.log_filename_template).toBe('{{`{{`}} ti.dag_id }}');
  // The chart's YAML takes four of the spaces, and configparser needs one.
  expect(logging.log_format).toBe('%%(x)s\n        b');
});

test('under LocalExecutor there is no option of Celery', () => {
  expect(officialValues({ executor: Executor.local() }).config).not.toHaveProperty('celery');
});

test('the number of tasks that a worker runs at a time can be set', () => {
  expect(officialValues({ executor: Executor.celery({ workers: { concurrency: 16 } }) }).config.celery).toMatchObject({
    worker_concurrency: '16',
  });
});

test.each<[string, AirflowChartProps, string, string]>([
  ['Airflow 3', {}, 'api', 'fab'],
  ['Airflow 2', AIRFLOW_2, 'webserver', 'webserver'],
])('behind an Ingress, %s knows its address', (_name, version, web, proxy) => {
  // WHEN
  const { config } = officialValues({ ...version, ...INGRESS });

  // THEN
  expect(config[web].base_url).toBe('http://airflow.example.com/data/airflow');
  expect(config[proxy].enable_proxy_fix).toBe('True');
});

test('under a sub-path the API for tasks is below it', () => {
  expect(officialValues(INGRESS).config.core.execution_api_server_url).toBe('http://airflow-api-server:8080/data/airflow/execution/');
});

test('each repository is a DAG bundle', () => {
  // WHEN
  const { config } = officialValues({ dags: [{ url: `${GIT}/etl.git`, path: 'dags' }, { url: `${GIT}/ml.git` }] });

  // THEN
  expect(
    JSON.parse(config.dag_processor.dag_bundle_config_list).map(({ name, kwargs }: { name: string; kwargs: object }) => [name, kwargs]),
  ).toEqual([
    ['etl', { path: '/opt/airflow/dags/etl/current/dags', refresh_interval: 10 }],
    ['ml', { path: '/opt/airflow/dags/ml/current', refresh_interval: 10 }],
  ]);
  expect(config.core).not.toHaveProperty('dags_folder');
});

test('Airflow 2 reads the folder of the one repository, or that above all', () => {
  // WHEN
  const one = officialValues({ ...AIRFLOW_2, dags: [{ url: `${GIT}/etl.git`, path: 'dags' }] });
  const two = officialValues({ ...AIRFLOW_2, dags: [{ url: `${GIT}/etl.git` }, { url: `${GIT}/ml.git` }] });

  // THEN
  expect(one.config.core.dags_folder).toBe('/opt/airflow/dags/etl/current/dags');
  expect(two.config.core.dags_folder).toBe('/opt/airflow/dags');
  expect(two.config).not.toHaveProperty('dag_processor');
});

test('a folder in one of several repositories is an error in Airflow 2', () => {
  const props = { ...AIRFLOW_2, dags: [{ url: `${GIT}/etl.git` }, { url: `${GIT}/ml.git`, path: 'dags' }] };

  expect(officialErrors(props)).toEqual([expect.stringContaining('dags[1].path: Airflow 2 reads all of several repositories')]);
});

test('bundles that Airflow itself reads are an error in Airflow 2', () => {
  const dagBundles = [DagBundle.image({ path: '/opt/baked' })];

  expect(officialErrors({ ...AIRFLOW_2, dagBundles })).toEqual([
    expect.stringContaining('dagBundles: Airflow 2 knows no DAG bundles; use dags, or deploy Airflow 3'),
  ]);
});

test.each<[string, string, AirflowChartProps]>([
  ['core.executor', 'the prop executor', {}],
  ['core.hostname_callable', 'nothing', {}],
  ['core.execution_api_server_url', 'the prop ingress', {}],
  ['core.fernet_key', 'credentials: Credentials.existing({ fernetKey: … })', {}],
  ['core.fernet_key_cmd', 'credentials: Credentials.existing({ fernetKey: … })', {}],
  ['core.dags_folder', 'the prop dags', { ...AIRFLOW_2, dags: [{ url: `${GIT}/etl.git` }] }],
  ['core.sql_alchemy_conn', 'the props database and credentials', {}],
  ['database.sql_alchemy_conn', 'the props database and credentials', {}],
  ['api.base_url', 'the prop ingress', INGRESS],
  ['webserver.base_url', 'the prop ingress', { ...AIRFLOW_2, ...INGRESS }],
  ['fab.enable_proxy_fix', 'the prop ingress', INGRESS],
  ['api.port', 'nothing', {}],
  ['webserver.web_server_port', 'nothing', AIRFLOW_2],
  ['api.secret_key', 'credentials: Credentials.existing({ apiSecretKey: … })', {}],
  ['webserver.secret_key', 'credentials: Credentials.existing({ apiSecretKey: … })', AIRFLOW_2],
  ['api_auth.jwt_secret', 'credentials: Credentials.existing({ jwtSecret: … })', {}],
  ['celery.broker_url', 'the props executor and credentials', {}],
  ['celery.worker_concurrency', 'the prop executor, with workers.concurrency', {}],
  ['dag_processor.dag_bundle_config_list', 'the props dags and dagBundles', { dags: [{ url: `${GIT}/etl.git` }] }],
  ['logging.base_log_folder', 'nothing', {}],
  ['logging.worker_log_server_port', 'nothing', {}],
  ['logging.trigger_log_server_port', 'nothing', {}],
  ['scheduler.enable_health_check', 'nothing', {}],
  ['scheduler.scheduler_health_check_server_port', 'nothing', {}],
  ['scheduler.standalone_dag_processor', 'nothing', AIRFLOW_2],
])('%s can’t be set: use %s', (option, instead, props) => {
  const [section, key] = option.split('.');

  expect(officialErrors({ ...props, config: { [section]: { [key]: 'x' } } })).toEqual([
    expect.stringContaining(`config.${option}: the library sets this option; use ${instead}`),
  ]);
});
