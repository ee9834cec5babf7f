import { type AirflowChartProps, Executor, Logs, Requirements } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const url = 'https://search.example.com:9200';

test.each<[AirflowChartProps, string]>([
  [
    { logs: Logs.elasticsearch({ url }), airflowVersion: '3.0.6' },
    "logs: Airflow 3.0.6 can't do it; expected airflowVersion 3.1.0 or later",
  ],
  [{ jsonLogs: true, airflowVersion: '3.1.8' }, "jsonLogs: Airflow 3.1.8 can't do it; expected airflowVersion 3.2.0 or later"],
])('%# is an error', (props, message) => {
  expect(airflowErrors(props)).toEqual([`[airflow/airflow] ${message}`]);
});

test('JSON is an option of Airflow', () => {
  expect(synthAirflow({ jsonLogs: true }).airflowConfig.logging.json_logs).toBe('True');
  expect(synthAirflow({ jsonLogs: false }).airflowConfig.logging).not.toHaveProperty('json_logs');
});

describe('a provider that the image of the Airflow project does not have', () => {
  const logs = Logs.openSearch({ url });

  test.each<[string, AirflowChartProps]>([
    ['nobody brings it', {}],
    ['others are required', { requirements: Requirements.fromList(['apache-airflow-providers-mongo', 'pandas']) }],
    ['the image comes from a mirror', { images: { registry: 'registry.example.com/mirror' } }],
    ['one component has an image of its own', { triggerer: { image: { repository: 'registry.example.com/airflow' } } }],
  ])('is an error where %s', (_where, props) => {
    expect(airflowErrors({ ...props, logs })).toEqual([
      expect.stringContaining(
        '] logs: the image of the Airflow project has no apache-airflow-providers-opensearch, and no pod would start;',
      ),
    ]);
  });

  test.each<[string, AirflowChartProps]>([
    ['required', { requirements: Requirements.fromList(['apache_airflow_providers_OpenSearch>=1.9']) }],
    ['required as an extra', { requirements: Requirements.fromList(['apache-airflow[opensearch]']) }],
    ['in an image of ones own', { allComponents: { image: { repository: 'registry.example.com/airflow' } } }],
  ])('is right where it is %s', (_where, props) => {
    expect(airflowErrors({ ...props, logs })).toEqual([]);
  });
});

describe('under executors with a pod for each task', () => {
  const KUBERNETES = Executor.kubernetes();

  function warnings(props: AirflowChartProps): string[] {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    synthAirflow(props);
    const lines = warn.mock.calls.map(([line]) => `${line}`);
    warn.mockRestore();
    return lines.filter((line) => line.includes('] logs:'));
  }

  test('it is told that their logs go with the pods', () => {
    expect(warnings({ executor: KUBERNETES })).toEqual([
      expect.stringContaining('logs: under KubernetesExecutor logs are gone with the pods of tasks; expected Logs.s3(…) or another place'),
    ]);
    expect(warnings({ executor: Executor.several(Executor.celery(), KUBERNETES) })).toEqual([
      expect.stringContaining('logs: under CeleryExecutor,KubernetesExecutor logs are gone with the pods of tasks;'),
    ]);
  });

  test.each<[string, AirflowChartProps]>([
    ['elsewhere', { executor: KUBERNETES, logs: Logs.s3({ bucket: 'logs' }) }],
    ['in the pods on purpose', { executor: KUBERNETES, logs: Logs.pods() }],
    ['of workers', {}],
  ])('it is not where they are %s', (_where, props) => {
    expect(warnings(props)).toEqual([]);
  });
});
