import { type AirflowChartProps, Executor } from '../../../lib';
import { leadsAnywhere } from '../../support/anywhere';
import type { Manifest } from '../../support/manifests';
import { type Options, officialRelease } from './release';

/** What the NetworkPolicies say, by their names without `airflow-`. */
function policies(props: AirflowChartProps = {}, options: Options = {}): { readonly [name: string]: Manifest } {
  const entries = officialRelease(props, options).objects.ofKind('NetworkPolicy');
  return Object.fromEntries(entries.map(({ metadata, spec }) => [metadata.name.replace('airflow-', ''), spec]));
}

const reachesAnywhere = ({ egress }: Manifest, port?: number) => egress.some((rule: Manifest) => leadsAnywhere(rule, port));

const labels = (component: string) => ({ tier: 'airflow', component, release: 'airflow' });

test('every pod has a policy, by the labels that the chart gives it', () => {
  // WHEN
  const selectors = Object.entries(policies()).map(([name, { podSelector }]) => [name, podSelector.matchLabels.component]);

  // THEN
  expect(Object.fromEntries(selectors)).toEqual({
    'api-server': 'api-server',
    scheduler: 'scheduler',
    'dag-processor': 'dag-processor',
    triggerer: 'triggerer',
    worker: 'worker',
    redis: 'redis',
    statsd: 'statsd',
    migrate: 'run-airflow-migrations',
    'create-user': 'create-user-job',
    postgresql: undefined,
    credentials: undefined,
  });
  expect(policies().scheduler.podSelector.matchLabels).toEqual(labels('scheduler'));
  expect(policies().postgresql.podSelector.matchLabels).toMatchObject({ 'app.kubernetes.io/component': 'postgresql' });
});

test.each<[string, string[], AirflowChartProps, Options]>([
  ['under LocalExecutor', ['worker', 'redis'], { executor: Executor.local() }, {}],
  ['with a database of the user’s', ['postgresql'], {}, { values: { data: { metadataSecretName: 'mine' } } }],
  ['with a broker of the user’s', ['redis'], {}, { values: { redis: { enabled: false }, data: { brokerUrlSecretName: 'mine' } } }],
  ['without StatsD', ['statsd'], {}, { values: { statsd: { enabled: false } } }],
  ['without the triggerer', ['triggerer'], {}, { values: { triggerer: { enabled: false } } }],
  ['without users', ['create-user'], { admin: { enabled: false } }, {}],
])('%s there is no policy for %j', (_name, missing, props, options) => {
  const all = Object.keys(policies());

  expect(Object.keys(policies(props, options))).toEqual(all.filter((name) => !missing.includes(name)));
});

test.each(['2.11.0', '3.2.2'])(
  'of Airflow %s workers reach the database, which their init container waits for, and which has results',
  (airflowVersion) => {
    const ports = policies({ airflowVersion }).worker.egress.flatMap(({ ports: each = [] }: Manifest) =>
      each.map(({ port }: Manifest) => port),
    );

    expect(ports).toContain(5432);
    expect(JSON.stringify(policies({ airflowVersion }).postgresql.ingress)).toContain('"component":"worker"');
  },
);

test('in Airflow 2 the web interface is the webserver', () => {
  // WHEN
  const { chart, objects } = officialRelease({ airflowVersion: '2.11.0', ingress: { host: 'airflow.example.com' } });

  // THEN
  expect(objects.one('NetworkPolicy', 'airflow-api-server').spec.podSelector.matchLabels).toEqual(labels('webserver'));
  expect(chart.airflow.webServiceName).toBe('airflow-webserver');
  expect(chart.airflow.webServicePort).toBe(8080);
});

test('metrics can be sent by Airflow, and read by anybody', () => {
  // WHEN
  const { statsd } = policies();

  // THEN
  expect(statsd.ingress).toContainEqual({ ports: [{ port: 9102, protocol: 'TCP' }] });
  const [sent] = statsd.ingress.filter(({ from }: { from?: object }) => from);
  expect(sent.from).toContainEqual({ podSelector: { matchLabels: labels('worker') } });
  expect(sent.ports).toEqual([{ port: 9125, protocol: 'UDP' }]);
});

test.each([
  ['a Secret names', { data: { metadataSecretName: 'mine' } }, [undefined]],
  ['the values name', { data: { metadataConnection: { port: 6432 } } }, [6432]],
  ['the values name behind PgBouncer', { data: { metadataConnection: {} }, pgbouncer: { enabled: true } }, [5432, 6543]],
  ['the chart makes', { postgresql: { enabled: true } }, [5432]],
])('a database that %s can be reached', (_name, values, ports) => {
  const all = policies({}, { values });

  for (const component of ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker', 'migrate', 'create-user']) {
    for (const port of ports) expect([component, reachesAnywhere(all[component], port)]).toEqual([component, true]);
  }
  expect(JSON.stringify(all.statsd.egress ?? [])).not.toContain('5432');
});

test('a broker of the user’s can be reached by those who use it', () => {
  // WHEN
  const all = policies({}, { values: { redis: { enabled: false }, data: { brokerUrlSecretName: 'mine' } } });

  // THEN
  expect(['scheduler', 'worker', 'triggerer'].filter((component) => reachesAnywhere(all[component]))).toEqual(['scheduler', 'worker']);
});

test.each(['LoadBalancer', 'NodePort'])('a Service of the type %s lets anybody in', (type) => {
  // GIVEN
  const rule = { ports: [{ port: 8080, protocol: 'TCP' }] };

  // THEN
  expect(policies({}, { values: { apiServer: { service: { type } } } })['api-server'].ingress).toContainEqual(rule);
  expect(policies({ airflowVersion: '2.11.0' }, { values: { webserver: { service: { type } } } })['api-server'].ingress).toContainEqual(
    rule,
  );
  expect(policies()['api-server'].ingress).not.toContainEqual(rule);
});

test('all that runs Airflow reaches the collector of OpenTelemetry', () => {
  // GIVEN
  const options = { version: '1.22.0', values: { otelCollector: { tracesEnabled: true } } };
  const peer = { podSelector: { matchLabels: labels('otel-collector') } };

  // THEN
  for (const component of ['api-server', 'scheduler', 'worker', 'migrate']) {
    const peers = policies({}, options)[component].egress.flatMap(({ to = [] }: { to?: object[] }) => to);
    expect(peers).toContainEqual(peer);
  }
  expect(JSON.stringify(policies())).not.toContain('otel-collector');
});

test('Flower reaches the broker, and the cleanup the database', () => {
  // WHEN
  const all = policies({}, { values: { flower: { enabled: true }, databaseCleanup: { enabled: true } } });

  // THEN
  const from = (ingress: { from: object[] }[]) => ingress.flatMap((rule) => rule.from);
  expect(from(all.redis.ingress)).toContainEqual({ podSelector: { matchLabels: labels('flower') } });
  expect(from(all.postgresql.ingress)).toContainEqual({ podSelector: { matchLabels: labels('database-cleanup') } });
  expect(from(policies().redis.ingress)).not.toContainEqual({ podSelector: { matchLabels: labels('flower') } });
});
