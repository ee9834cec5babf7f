import * as kplus from 'cdk8s-plus-27';
import { type AirflowChartProps, Executor } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

test('airflow.cfg has what the objects rest on, and the scripts of the pods are beside it', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.airflowConfig.core).toEqual({
    auth_manager: 'airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager',
    execution_api_server_url: 'http://airflow-api-server:8080/execution/',
    executor: 'CeleryExecutor',
    hostname_callable: 'airflow.utils.net.get_host_ip_address',
    load_examples: 'False',
  });
  expect(objects.airflowConfig.logging.base_log_folder).toBe('/opt/airflow/logs');
  expect(Object.keys(objects.one('ConfigMap', 'airflow-config').data)).toEqual([
    'airflow.cfg',
    'check_celery.py',
    'check_heartbeat.py',
    'connection_url.py',
    'create_user.py',
    'database.py',
    'wait_for_database.py',
  ]);
});

test('all pods of Airflow read it, where they are told that it is', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  for (const component of ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker', 'migrate', 'create-user']) {
    expect(objects.env(component).AIRFLOW_CONFIG).toBe('/etc/airflow/airflow.cfg');
    expect(objects.container(component).volumeMounts).toContainEqual({ name: 'config', mountPath: '/etc/airflow', readOnly: true });
    expect(objects.pod(component).spec.volumes).toContainEqual({ name: 'config', configMap: { name: 'airflow-config' } });
  }
});

test.each([
  ['3.0.0', 'webserver', 'api'],
  ['3.0.1', 'webserver', 'api'],
  ['3.0.2', 'api', 'webserver'],
  ['3.3.2', 'api', 'webserver'],
])('Airflow %s has its secret key in [%s]', (airflowVersion, section, other) => {
  // WHEN
  const env = synthAirflow({ airflowVersion }).env('api-server');

  // THEN
  expect(env[`AIRFLOW__${section.toUpperCase()}__SECRET_KEY_CMD`]).toBe('cat /etc/airflow-secrets/apiSecretKey');
  expect(env).not.toHaveProperty(`AIRFLOW__${other.toUpperCase()}__SECRET_KEY_CMD`);
});

test('PostgreSQL and Redis are connected to by their Services', () => {
  // WHEN
  const objects = synthAirflow({ name: 'team' });

  // THEN
  expect(objects.env('scheduler').AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toBe(
    "python -I /etc/airflow/connection_url.py /etc/airflow-secrets 'postgresql://airflow:{database}@team-postgresql:5432/airflow'",
  );
  expect(objects.env('scheduler').AIRFLOW__CELERY__BROKER_URL_CMD).toBe(
    "python -I /etc/airflow/connection_url.py /etc/airflow-secrets 'redis://:{broker}@team-redis:6379/0'",
  );
  expect(objects.names('Service')).toEqual(expect.arrayContaining(['team-postgresql', 'team-redis']));
});

test('under LocalExecutor there is no option of Celery', () => {
  // WHEN
  const { airflowConfig } = synthAirflow({ executor: Executor.local() });

  // THEN
  expect(airflowConfig.core.executor).toBe('LocalExecutor');
  expect(airflowConfig).not.toHaveProperty('celery');
});

test('any other option is the user’s', () => {
  // WHEN
  const { airflowConfig } = synthAirflow({
    config: {
      core: { parallelism: '64', load_examples: 'True' },
      smtp: { smtp_mail_from: 'airflow@example.com' },
      celery: { task_acks_late: 'False' },
    },
  });

  // THEN
  expect(airflowConfig.core).toMatchObject({ parallelism: '64', load_examples: 'True', executor: 'CeleryExecutor' });
  expect(airflowConfig.smtp).toEqual({ smtp_mail_from: 'airflow@example.com' });
  expect(airflowConfig.celery).toMatchObject({ task_acks_late: 'False', worker_concurrency: '4' });
});

test('DAGs of Airflow’s own are shown on demand, though a variable of the image hides them', () => {
  // GIVEN
  const variable = 'AIRFLOW__CORE__LOAD_EXAMPLES';
  const config = { core: { load_examples: 'True' } };
  const components = ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker', 'migrate', 'create-user'];
  const variables = (props: AirflowChartProps) => {
    const objects = synthAirflow(props);
    return components.map((component) => objects.container(component).env.filter(({ name }: { name: string }) => name === variable));
  };

  // THEN
  expect(variables({})).toEqual(components.map(() => []));
  expect(variables({ config })).toEqual(components.map(() => [{ name: variable, value: 'True' }]));
  expect(variables({ config, allComponents: { env: { [variable]: kplus.EnvValue.fromValue('False') } } })).toEqual(
    components.map(() => [{ name: variable, value: 'False' }]),
  );
});

test.each<[string, string, string, AirflowChartProps]>([
  ['core', 'executor', 'the prop executor', {}],
  ['core', 'hostname_callable', 'nothing: the deployment rests on it', {}],
  ['core', 'execution_api_server_url', 'the prop ingress', {}],
  ['core', 'fernet_key', 'credentials: Credentials.existing({ fernetKey: … })', {}],
  ['api', 'secret_key', 'credentials: Credentials.existing({ apiSecretKey: … })', {}],
  ['webserver', 'secret_key', 'credentials: Credentials.existing({ apiSecretKey: … })', { airflowVersion: '3.0.1' }],
  ['api_auth', 'jwt_secret', 'credentials: Credentials.existing({ jwtSecret: … })', {}],
  ['database', 'sql_alchemy_conn', 'the props database and credentials', {}],
  ['database', 'sql_alchemy_schema', 'nothing: the deployment rests on it', {}],
  ['api', 'port', 'nothing: the deployment rests on it', {}],
  ['api', 'ssl_cert', 'the prop ingress, with tls', {}],
  ['logging', 'worker_log_server_port', 'nothing: the deployment rests on it', {}],
  ['webserver', 'base_url', 'the prop ingress', { ingress: { host: 'airflow.example.com' } }],
  ['api', 'base_url', 'the prop ingress', { ingress: { host: 'airflow.example.com' } }],
  [
    'dag_processor',
    'dag_bundle_config_list',
    'the props dags and dagBundles',
    { dags: [{ url: 'https://gitlab.example.com/team/dags.git' }] },
  ],
  ['celery', 'broker_url', 'the props executor and credentials', {}],
  ['celery', 'worker_concurrency', 'the prop executor, with workers.concurrency', {}],
])('[%s] %s is not the user’s: use %s', (section, key, instead, props) => {
  // GIVEN
  const variable = `AIRFLOW__${section}__${key}`.toUpperCase();

  // WHEN
  const byConfig = airflowErrors({ ...props, config: { [section]: { [key]: 's3cret' } } });
  const byVariable = airflowErrors({ ...props, triggerer: { env: { [variable]: kplus.EnvValue.fromValue('x') } } });

  // THEN
  expect(byConfig).toContain(`[airflow/airflow] config.${section}.${key}: the library sets this option; use ${instead}`);
  expect(byConfig.join()).not.toContain('s3cret');
  expect(byVariable).toContain(`[airflow/airflow] triggerer.env["${variable}"]: the library sets this option; use ${instead}`);
});

test.each([
  ['webserver', 'secret_key', 'credentials: Credentials.existing({ apiSecretKey: … })'],
  ['webserver', 'web_server_port', 'nothing: the deployment rests on it'],
  ['core', 'sql_alchemy_conn', 'the props database and credentials'],
  ['workers', 'execution_api_server_url', 'the prop ingress'],
])('the old name [%s] %s, which Airflow reads too, is no way around', (section, key, instead) => {
  // GIVEN
  const variable = `AIRFLOW__${section}__${key}`.toUpperCase();

  // WHEN
  const byConfig = airflowErrors({ config: { [section]: { [key]: '1' } } });
  const byVariable = airflowErrors({ triggerer: { env: { [variable]: kplus.EnvValue.fromValue('1') } } });

  // THEN
  expect(byConfig).toContain(`[airflow/airflow] config.${section}.${key}: the library sets this option; use ${instead}`);
  expect(byVariable).toContain(`[airflow/airflow] triggerer.env["${variable}"]: the library sets this option; use ${instead}`);
});

test('without an Ingress the address of the web interface is the user’s', () => {
  // WHEN
  const { airflowConfig } = synthAirflow({ config: { api: { base_url: 'https://airflow.example.com' } } });

  // THEN
  expect(airflowConfig.api.base_url).toBe('https://airflow.example.com');
});
