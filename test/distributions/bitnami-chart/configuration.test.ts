import { type AirflowChartProps, Executor, IngressTls } from '../../../lib';
import { AIRFLOW_2, bitnamiErrors, bitnamiValues, type Options, variables } from './release';

const DAGS = [{ name: 'etl', url: 'https://gitlab.example.com/team/etl.git', branch: 'main', path: 'dags' }];

/** The options that a component has. */
function options(props: AirflowChartProps, chart: Options = {}, component = 'scheduler') {
  const values = bitnamiValues(props, chart);
  return variables([...values.extraEnvVars, ...values[component].extraEnvVars]);
}

test('an option is a variable of every component', () => {
  // GIVEN
  const props = { config: { core: { parallelism: '64' }, 'Smtp.Extra': { Host: 'mail' } } };

  for (const component of ['web', 'scheduler', 'dagProcessor', 'triggerer', 'worker']) {
    // WHEN
    const env = options(props, {}, component);

    // THEN
    expect(env).toMatchObject({ AIRFLOW__CORE__PARALLELISM: '64', AIRFLOW__SMTP_EXTRA__HOST: 'mail' });
  }
});

test.each([
  ['a reference of configparser', '%(asctime)s', '%(asctime)s'],
  ['what Kubernetes would expand', '$(HOME) $$ $x', '$$(HOME) $$$$ $$x'],
  ['a template', 'dag_id={{ ti.dag_id }}', 'dag_id={{`{{`}} ti.dag_id }}'],
  ['several lines', '{\n  "a": 1\n}', '{\n  "a": 1\n}'],
  ['nothing', '', ''],
])('%s comes out as it was', (_what, value, expected) => {
  // WHEN
  const env = options({ config: { logging: { log_format: value } } });

  // THEN
  expect(env.AIRFLOW__LOGGING__LOG_FORMAT).toBe(expected);
});

test('there are no examples and no colours, unless they are asked for', () => {
  // WHEN
  const [before, after] = [{}, { config: { core: { load_examples: 'True' } } }].map((props) => options(props));

  // THEN
  expect(before).toMatchObject({ AIRFLOW__CORE__LOAD_EXAMPLES: 'False', AIRFLOW__LOGGING__COLORED_CONSOLE_LOG: 'False' });
  expect(after.AIRFLOW__CORE__LOAD_EXAMPLES).toBe('True');
});

test('the DAGs are bundles in Airflow 3, and the one folder in Airflow 2', () => {
  // WHEN
  const three = options({ dags: DAGS }, {}, 'worker');
  const two = options({ dags: DAGS }, AIRFLOW_2, 'worker');

  // THEN
  expect(JSON.parse(three.AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST)).toEqual([
    expect.objectContaining({ name: 'etl', kwargs: { path: '/opt/airflow/dags/etl/current/dags', refresh_interval: 10 } }),
  ]);
  expect(three.AIRFLOW__CORE__DAGS_FOLDER).toBeUndefined();
  expect(two.AIRFLOW__CORE__DAGS_FOLDER).toBe('/opt/airflow/dags/etl/current/dags');
  expect(two.AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST).toBeUndefined();
});

test('an Ingress tells the address, in the places of Airflow 3 and of Airflow 2', () => {
  // GIVEN
  const props = { ingress: { host: 'airflow.example.com', path: '/air', tls: IngressTls.secret('tls') } };

  // WHEN
  const [none, three, two] = [options({}), options(props), options(props, AIRFLOW_2)];

  // THEN
  expect(none).toMatchObject({ AIRFLOW__CORE__EXECUTION_API_SERVER_URL: 'http://airflow-web:8080/execution/' });
  expect(none.AIRFLOW__API__BASE_URL).toBeUndefined();
  expect(three).toMatchObject({
    AIRFLOW__API__BASE_URL: 'https://airflow.example.com/air',
    AIRFLOW__FAB__ENABLE_PROXY_FIX: 'True',
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: 'http://airflow-web:8080/air/execution/',
  });
  expect(two).toMatchObject({
    AIRFLOW__WEBSERVER__BASE_URL: 'https://airflow.example.com/air',
    AIRFLOW__WEBSERVER__ENABLE_PROXY_FIX: 'True',
  });
  expect(two.AIRFLOW__CORE__EXECUTION_API_SERVER_URL).toBeUndefined();
});

test('the concurrency of workers is an option, and none under LocalExecutor', () => {
  // WHEN
  const executors = [Executor.celery(), Executor.celery({ workers: { concurrency: 8 } }), Executor.local()];
  const [byDefault, given, local] = executors.map((executor) => options({ executor }));

  // THEN
  expect(byDefault.AIRFLOW__CELERY__WORKER_CONCURRENCY).toBe('4');
  expect(given.AIRFLOW__CELERY__WORKER_CONCURRENCY).toBe('8');
  expect(local.AIRFLOW__CELERY__WORKER_CONCURRENCY).toBeUndefined();
});

test.each<[string, string, string, Options]>([
  ['core', 'executor', 'the prop executor', {}],
  ['core', 'fernet_key', 'credentials: Credentials.existing({ fernetKey: … })', {}],
  ['core', 'FERNET_KEY_CMD', 'credentials: Credentials.existing({ fernetKey: … })', {}],
  ['core', 'auth_manager', 'nothing: the deployment rests on it', {}],
  ['core', 'execution_api_server_url', 'the prop ingress', {}],
  ['core', 'sql_alchemy_conn', 'the props database and credentials', {}],
  ['database', 'sql_alchemy_conn_cmd', 'the props database and credentials', {}],
  ['celery', 'broker_url', 'the props executor and credentials', {}],
  ['celery', 'worker_concurrency', 'the prop executor, with workers.concurrency', {}],
  ['api', 'secret_key', 'credentials: Credentials.existing({ apiSecretKey: … })', {}],
  ['webserver', 'secret_key', 'credentials: Credentials.existing({ apiSecretKey: … })', AIRFLOW_2],
  ['api_auth', 'jwt_secret', 'credentials: Credentials.existing({ jwtSecret: … })', {}],
  ['api', 'port', 'nothing: the deployment rests on it', {}],
  ['webserver', 'web_server_port', 'nothing: the deployment rests on it', AIRFLOW_2],
  ['scheduler', 'standalone_dag_processor', 'nothing: the deployment rests on it', AIRFLOW_2],
  ['logging', 'base_log_folder', 'nothing: the deployment rests on it', {}],
])('[%s] %s is an error that tells to use %s', (section, key, instead, chart) => {
  // WHEN
  const errors = bitnamiErrors({ config: { [section]: { [key]: 'x' } } }, chart);

  // THEN
  expect(errors).toEqual([`[airflow/airflow] config.${section}.${key}: the library sets this option; use ${instead}`]);
});

test('what the chart sets itself is no variable', () => {
  // WHEN
  const names = Object.keys(options({ ingress: { host: 'airflow.example.com' }, dags: DAGS }));

  // THEN
  expect(names.filter((name) => /EXECUTOR|FERNET|SECRET|SQL_ALCHEMY|BROKER_URL|AUTH_MANAGER|_PORT$/.test(name))).toEqual([
    'AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT',
    'AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT',
    'AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT',
  ]);
});

test('an option that can be no variable is an error that tells another way', () => {
  // WHEN
  const errors = bitnamiErrors({ config: { 'my-section': { 'my-key': 'x' } } });

  // THEN
  expect(errors).toEqual([
    '[airflow/airflow] config.my-section.my-key: the Bitnami chart gets options as environment variables, and none can have this name; use values: { overrideConfiguration: { … } }',
  ]);
});

test.each(['configuration', 'overrideConfiguration'])('an option in values.%s that a variable would win over is an error', (value) => {
  // GIVEN
  const values = { [value]: { core: { load_examples: 'True', dag_file_processor_timeout: '100' }, webserver: { rbac: 'True' } } };

  // WHEN
  const errors = bitnamiErrors({}, { values });

  // THEN
  expect(errors).toEqual([
    `[airflow/airflow] distribution.values.${value}.core.load_examples: the library sets this option as an environment variable, which wins; use the prop config`,
  ]);
  expect(bitnamiErrors({}, { values: { [value]: { core: { load_examples: false } } } })).toEqual([]);
});
