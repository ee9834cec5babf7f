import { parse } from 'yaml';
import { type AirflowChartProps, Executor, IpFamily, Metrics, SecurityContext, ServiceAccount } from '../../lib';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

const METRICS: AirflowChartProps = { metrics: Metrics.statsd() };

test('it listens where Airflow sends to, and is asked where Prometheus reads', () => {
  // WHEN
  const objects = synthAirflow(METRICS);
  const { args, ports, readinessProbe, livenessProbe, image } = objects.container('statsd');

  // THEN
  expect(image).toBe('quay.io/prometheus/statsd-exporter:v0.28.0');
  expect(args).toEqual(expect.arrayContaining(['--statsd.listen-udp=:9125', '--web.listen-address=:9102']));
  expect(ports).toEqual([
    { name: 'statsd', containerPort: 9125, protocol: 'UDP' },
    { name: 'metrics', containerPort: 9102, protocol: 'TCP' },
  ]);
  expect([readinessProbe, livenessProbe].map(({ httpGet }) => httpGet)).toEqual([
    { path: '/-/ready', port: 'metrics' },
    { path: '/-/healthy', port: 'metrics' },
  ]);
  expect(objects.one('Service', 'airflow-statsd').spec.ports).toEqual([
    { name: 'statsd', port: 9125, targetPort: 'statsd', protocol: 'UDP' },
    { name: 'metrics', port: 9102, targetPort: 'metrics', protocol: 'TCP' },
  ]);
  expect(objects.airflowConfig.metrics).toEqual({
    legacy_names_on: 'False',
    statsd_datadog_enabled: 'False',
    statsd_host: 'airflow-statsd',
    statsd_influxdb_enabled: 'True',
    statsd_on: 'True',
    statsd_port: '9125',
    statsd_prefix: 'airflow',
  });
});

test('it reads the rules from a file, and starts anew with others', () => {
  // GIVEN
  const pods = ['airflow', 'other'].map((name) => {
    const objects = synthAirflow({ ...METRICS, name });
    const rules = parse(objects.one('ConfigMap', `${name}-statsd`).data['mapping.yml']).mappings;
    return { rules, checksum: objects.pod('statsd').metadata.annotations['cdk8s-airflow/mapping-checksum'], pod: objects.pod('statsd') };
  });

  // THEN
  expect(pods.map(({ rules }) => rules[1].labels)).toEqual([{ deployment: 'airflow/airflow' }, { deployment: 'airflow/other' }]);
  expect(pods[0].checksum).toMatch(/^[0-9a-f]{64}$/);
  expect(pods[0].checksum).not.toBe(pods[1].checksum);
  expect(pods[0].pod.spec.containers[0].args).toContain('--statsd.mapping-config=/etc/statsd-exporter/mapping.yml');
  expect(pods[0].pod.spec.containers[0].volumeMounts).toEqual([{ name: 'mapping', mountPath: '/etc/statsd-exporter', readOnly: true }]);
});

test('it runs as nobody, or as the platform says', () => {
  // GIVEN
  const securityContext = SecurityContext.assignedByPlatform();

  // WHEN
  const [own, assigned] = [METRICS, { ...METRICS, allComponents: { securityContext } }].map((props) =>
    synthAirflow(props).container('statsd'),
  );

  // THEN
  expect(own.securityContext).toMatchObject({ runAsUser: 65534, runAsGroup: 65534, readOnlyRootFilesystem: true });
  expect(assigned.securityContext.runAsUser).toBeUndefined();
});

test('image, resources and placement are the user’s to say', () => {
  // WHEN
  const { spec } = synthAirflow({
    metrics: Metrics.statsd({
      image: { tag: 'v0.29.0' },
      resources: { limits: { memory: '1Gi' } },
      placement: { nodeSelector: { disk: 'ssd' } },
    }),
  }).pod('statsd');

  // THEN
  expect(spec.nodeSelector).toEqual({ disk: 'ssd' });
  expect(spec.containers[0]).toMatchObject({
    image: 'quay.io/prometheus/statsd-exporter:v0.29.0',
    resources: { limits: { memory: '1Gi' } },
  });
});

test('labels, annotations and the user that it runs as are the user’s to say, beside what the library needs', () => {
  // WHEN
  const { metadata, spec } = synthAirflow({
    metrics: Metrics.statsd({
      labels: { team: 'data' },
      annotations: { 'example.com/team': 'data', 'prometheus.io/path': '/proxy/metrics' },
      securityContext: SecurityContext.withIds({ runAsUser: 1234 }),
    }),
  }).pod('statsd');

  // THEN
  expect(metadata.labels).toMatchObject({ team: 'data', 'app.kubernetes.io/component': 'statsd' });
  expect(metadata.annotations).toEqual({
    'example.com/team': 'data',
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9102',
    'prometheus.io/path': '/proxy/metrics',
    'cdk8s-airflow/mapping-checksum': expect.any(String),
  });
  expect(spec.containers[0].securityContext.runAsUser).toBe(1234);
});

test('a ServiceAccount that the user calls as the deployment is not its own', () => {
  // GIVEN
  const scheduler = { serviceAccount: ServiceAccount.create({ name: 'airflow' }) };

  // THEN
  expect(synthAirflow({ ...METRICS, scheduler }).pod('statsd').spec.serviceAccountName).toBe('airflow-plain');
  expect(synthAirflow(METRICS).pod('statsd').spec.serviceAccountName).toBe('airflow');
});

test.each([
  [{ labels: { 'app.kubernetes.io/component': 'x' } }, 'labels["app.kubernetes.io/component"]: "x" given; pods are selected by this label'],
  [{ annotations: { 'cdk8s-airflow/x': 'y' } }, 'annotations["cdk8s-airflow/x"]: the library sets such annotations'],
  [{ securityContext: SecurityContext.withIds({ runAsUser: -1 }) }, 'securityContext.runAsUser: -1 given'],
])('%j is an error', (props, message) => {
  expect(airflowErrors({ metrics: Metrics.statsd(props) })).toEqual([expect.stringContaining(`] metrics.${message}`)]);
});

/** The components that a port of the exporter lets in, by the labels of their pods. */
function whoReaches(port: number, props: AirflowChartProps): unknown[] {
  const { spec } = synthAirflow(props).one('NetworkPolicy', 'airflow-statsd');
  const rule = spec.ingress.find(({ ports }: { ports: { port: number }[] }) => ports[0].port === port);
  return rule.from?.map((peer: { podSelector?: { matchLabels: { [name: string]: string } } }) => {
    return peer.podSelector?.matchLabels['app.kubernetes.io/component'] ?? peer;
  });
}

test.each<[string, AirflowChartProps, string[]]>([
  ['Celery', {}, ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker']],
  ['Kubernetes', { executor: Executor.kubernetes() }, ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'task']],
])('under %s it is reached by all that send metrics', (_name, props, expected) => {
  expect(whoReaches(9125, { ...METRICS, ...props })).toEqual(expected);
});

test('it is read by whoever asks, or by the namespace of Prometheus alone', () => {
  expect(whoReaches(9102, METRICS)).toBeUndefined();
  expect(whoReaches(9102, { metrics: Metrics.statsd({ prometheusNamespace: 'monitoring' }) })).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
  ]);
});

test('with IPv6 alone Airflow looks for such an address', () => {
  expect(synthAirflow({ ...METRICS, ipFamily: IpFamily.IPV6 }).airflowConfig.metrics.statsd_ipv6).toBe('True');
});
