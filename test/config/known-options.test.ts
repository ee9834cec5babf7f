import type { AirflowChartProps } from '../../lib';
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
])('%j is an error', (config, message) => {
  // THEN
  expect(airflowErrors({ config })).toEqual([`[airflow/airflow] ${message}`]);
});
