import { App, Chart } from 'cdk8s';
import { EnvValue, Secret } from 'cdk8s-plus-27';
import { type AirflowChartProps, Executor } from '../../lib';
import { airflowErrors } from '../support/synth-objects';

let warnings: jest.SpyInstance;

beforeEach(() => {
  warnings = jest.spyOn(console, 'warn').mockImplementation();
});

afterEach(() => {
  warnings.mockRestore();
});

test.each([
  [
    { cor: { parallelism: '32' } },
    `config.cor: Airflow has no such section; one of a provider's or of your own counts; did you mean "core"?`,
  ],
  [
    { core: { load_exmples: 'True' } },
    'config.core.load_exmples: Airflow 3 has no such option, and pays no heed to it; did you mean "load_examples"?',
  ],
  [{ webserver: { base_url: 'http://a' } }, 'config.webserver.base_url: Airflow 3 has no such option, and pays no heed to it'],
])('%j is told, and no error', (config, text) => {
  // THEN
  expect(airflowErrors({ config })).toEqual([]);
  expect(warnings.mock.calls.flat().join('\n')).toContain(text);
});

test.each<NonNullable<AirflowChartProps['config']>>([
  { core: { parallelism: '64', load_examples: 'true' }, scheduler: { use_row_level_locking: 'f' } },
  { Core: { PARALLELISM: ' 64 ' } },
  { logging: { logging_level: 'DEBUG', celery_logging_level: '', uvicorn_logging_level: ' WARNING ' } },
  { sentry: { sentry_dsn_cmd: 'cat /x' } },
  { celery: { worker_prefetch_multiplier: '1' }, openlineage: { transport: '{}' } },
])('%j is right', (config) => {
  // THEN
  expect(airflowErrors({ config })).toEqual([]);
  expect(warnings).not.toHaveBeenCalled();
});

test.each([
  [{ core: { parallelism: 'many' } }, 'config.core.parallelism: "many" given; expected a whole number, as in "32"'],
  [{ scheduler: { use_row_level_locking: 'yes' } }, 'config.scheduler.use_row_level_locking: "yes" given; expected "True" or "False"'],
  [
    { scheduler: { scheduler_heartbeat_sec: '1.5' } },
    'config.scheduler.scheduler_heartbeat_sec: "1.5" given; expected a whole number, as in "32"',
  ],
  [
    { logging: { logging_level: 'info' } },
    'config.logging.logging_level: "info" given; expected one of CRITICAL, FATAL, ERROR, WARN, WARNING, INFO, DEBUG; did you mean "INFO"?',
  ],
  [
    { core: { dag_ignore_file_syntax: 'regex' } },
    'config.core.dag_ignore_file_syntax: "regex" given; expected one of regexp, glob; did you mean "regexp"?',
  ],
])('%j is an error', (config, message) => {
  // THEN
  expect(airflowErrors({ config })).toEqual([`[airflow/airflow] ${message}`]);
});

test.each([
  ['AIRFLOW__COR__PARALLELISM', '32', 'Airflow has no such section; one of a provider\'s or of your own counts; did you mean "core"?'],
  ['AIRFLOW__CORE__PARALELISM', '32', 'Airflow 3 has no such option, and pays no heed to it; did you mean "parallelism"?'],
  [
    'AIRFLOW__CORE__MP_START_METHODS_CMD',
    'cat /x',
    'Airflow 3 has no such option, and pays no heed to it; did you mean "mp_start_method"?',
  ],
])('the variable %s=%s is told, and no error', (name, value, text) => {
  // GIVEN
  const env = { [name]: EnvValue.fromValue(value) };

  // THEN
  expect(airflowErrors({ scheduler: { env } })).toEqual([]);
  expect(warnings.mock.calls.flat().join('\n')).toContain(`scheduler.env["${name}"]: ${text}`);
});

test.each([
  ['AIRFLOW__CORE__PARALLELISM', '64'],
  ['AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH', 's3://a'],
  ['AIRFLOW__SECRETS__BACKEND_KWARG__URL', 'https://vault.example.com'],
  ['AIRFLOW__SENTRY__SENTRY_DSN_CMD', 'cat /x'],
  ['AIRFLOW__TEAM_A___CORE__PARALLELISM', '64'],
  ['AIRFLOW_CONN_PARALELISM', 'http://a'],
])('the variable %s=%s is right', (name, value) => {
  // THEN
  expect(airflowErrors({ allComponents: { env: { [name]: EnvValue.fromValue(value) } } })).toEqual([]);
  expect(warnings).not.toHaveBeenCalled();
});

test('a variable of a wrong kind is an error where it is given, and one out of a Secret is not looked at', () => {
  // GIVEN
  const name = 'AIRFLOW__CORE__PARALLELISM';
  const secret = EnvValue.fromSecretValue({ secret: Secret.fromSecretName(new Chart(new App(), 'other'), 'secret', 'own'), key: 'key' });
  const many = { [name]: EnvValue.fromValue('many') };

  // THEN
  const expected = `["${name}"]: "many" given; expected a whole number, as in "32"`;
  expect(airflowErrors({ allComponents: { env: many } })).toEqual([`[airflow/airflow] allComponents.env${expected}`]);
  const workers = { env: many };
  expect(airflowErrors({ executor: Executor.celery({ workers }) })).toEqual([`[airflow/airflow] executor.workers.env${expected}`]);
  expect(airflowErrors({ allComponents: { env: { [name]: secret } } }).join()).not.toContain('given');
});
