import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { type AirflowChartProps, Executor, Metrics, NetworkDestination } from '../../lib';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

const ENDPOINT = 'http://collector.monitoring:4318';
const METRICS: AirflowChartProps = { metrics: Metrics.openTelemetry({ endpoint: ENDPOINT }) };

test('options turn it on, and variables of all pods say where', () => {
  // WHEN
  const objects = synthAirflow(METRICS);

  // THEN
  expect(objects.airflowConfig).toMatchObject({ metrics: { otel_on: 'True', statsd_on: 'False' }, traces: { otel_on: 'False' } });
  for (const component of ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker', 'migrate']) {
    expect(objects.env(component)).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_SERVICE_NAME: 'airflow',
    });
  }
  expect(objects.env('worker')).not.toHaveProperty('OTEL_METRIC_EXPORT_INTERVAL');
  expect(objects.names('Deployment')).not.toContain('airflow-statsd');
});

test('pods of tasks have the variables too', () => {
  const objects = synthAirflow({ ...METRICS, executor: Executor.kubernetes() });
  expect(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']).toContain(ENDPOINT);
});

test('traces are sent on request, by the same protocol', () => {
  // WHEN
  const objects = synthAirflow({
    metrics: Metrics.openTelemetry({ endpoint: ENDPOINT, traces: true, interval: Duration.seconds(30) }),
  });

  // THEN
  expect(objects.airflowConfig.traces.otel_on).toBe('True');
  expect(objects.env('scheduler')).toMatchObject({ OTEL_TRACES_EXPORTER: 'otlp_proto_http', OTEL_METRIC_EXPORT_INTERVAL: '30000' });
});

test('the variables of the user count before those', () => {
  // WHEN
  const objects = synthAirflow({ ...METRICS, allComponents: { env: { OTEL_SERVICE_NAME: EnvValue.fromValue('etl') } } });

  // THEN
  expect(objects.env('worker').OTEL_SERVICE_NAME).toBe('etl');
});

test.each<[string, AirflowChartProps['metrics'], object]>([
  ['the endpoint', METRICS.metrics, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
  [
    'the destination',
    Metrics.openTelemetry({ endpoint: 'https://otlp.example.com', destination: NetworkDestination.cidr('192.0.2.0/24', [443]) }),
    { ipBlock: { cidr: '192.0.2.0/24' } },
  ],
])('all that send reach %s, and no server does', (_what, metrics, peer) => {
  // GIVEN
  const policies = synthAirflow({ metrics }).ofKind('NetworkPolicy');

  // WHEN
  const reaching = policies.filter(({ spec }) => JSON.stringify(spec.egress ?? []).includes(JSON.stringify(peer).slice(1, -1)));

  // THEN
  expect(reaching.map(({ metadata }) => metadata.name.replace('airflow-', '')).sort()).toEqual([
    'api-server',
    'create-user',
    'dag-processor',
    'migrate',
    'scheduler',
    'triggerer',
    'worker',
  ]);
});

test.each(['collector:4318', 'http://collector:4318/v1/metrics', 'grpc://collector:4317', 'http://a:b@collector:4318'])(
  'the endpoint %s is an error',
  (endpoint) => {
    // WHEN
    const errors = airflowErrors({ metrics: Metrics.openTelemetry({ endpoint }) });

    // THEN
    expect(errors).toEqual([expect.stringMatching(/\] metrics\.endpoint: ".*" given; expected the address of a collector/)]);
    expect(errors[0]).not.toContain('a:b@');
  },
);

test.each([{ metrics: { otel_host: 'other' } }, { metrics: { statsd_on: 'True' } }, { traces: { otel_on: 'True' } }] as NonNullable<
  AirflowChartProps['config']
>[])('%j is an error in config', (config) => {
  expect(airflowErrors({ ...METRICS, config })).toEqual([expect.stringContaining('use the prop metrics')]);
});
