import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  type AirflowChartProps,
  Autoscaling,
  Broker,
  Credentials,
  Database,
  Executor,
  GitCredentials,
  NetworkDestination,
  Requirements,
} from '../../../lib';
import type { ChartOptions } from '../../../lib/distributions/shared-by-charts/chart-options';
import { HelmChart } from '../../../lib/helm/chart/helm-chart';
import { checkValues } from '../../../lib/helm/values/strict-values';
import { testWithChart } from '../../support/chart-values';
import { officialErrors, officialRelease, officialValues } from './release';

const AIRFLOW_2: AirflowChartProps = { airflowVersion: '2.11.0' };
const INGRESS = { host: 'airflow.example.com', path: '/data/airflow' };

const COMPONENT = {
  resources: { requests: { cpu: '300m' }, limits: { memory: '4Gi' } },
  annotations: { 'example.com/note': 'any text' },
  env: { TZ: kplus.EnvValue.fromValue('UTC') },
  placement: {
    nodeSelector: { disk: 'ssd' },
    priorityClassName: 'high',
    tolerations: [{ key: 'batch', operator: 'Exists' }],
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
  },
};
const LABELLED = { ...COMPONENT, labels: { team: 'data' } };

/** As many props as go together, each of them set. */
const EVERYTHING: AirflowChartProps = {
  config: { core: { parallelism: '64' }, smtp: { smtp_host: 'mail.example.com' } },
  allComponents: { ...COMPONENT, image: { repository: 'registry.example.com/airflow', tag: '3.3.2', pullSecrets: ['registry'] } },
  apiServer: { ...LABELLED, replicas: 2 },
  scheduler: { ...LABELLED, replicas: 2 },
  dagProcessor: { ...COMPONENT, replicas: 2 },
  triggerer: { ...LABELLED, replicas: 2 },
  executor: Executor.celery({
    workers: { ...LABELLED, replicas: 2, concurrency: 8, gracePeriod: Duration.minutes(1) },
    broker: Broker.builtIn({ image: { tag: '7.2' }, storageSize: '2Gi', storageClassName: 'fast', placement: COMPONENT.placement }),
  }),
  database: Database.builtIn({ storageSize: '20Gi', placement: COMPONENT.placement }),
  admin: { username: 'root' },
  networkPolicies: { taskEgress: [NetworkDestination.anywhere([443])] },
  dags: [{ url: 'https://gitlab.example.com/team/etl.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) }],
  requirements: Requirements.fromList(['pandas'], { netrc: { secretName: 'netrc' } }),
  ingress: INGRESS,
  credentials: Credentials.existing({ fernetKey: { secretName: 'mine', key: 'f' }, broker: { secretName: 'mine', key: 'b' } }),
};

const SETS: readonly [string, AirflowChartProps, ChartOptions['values']][] = [
  ['without props', {}, {}],
  ['under LocalExecutor', { executor: Executor.local() }, {}],
  ['with autoscaling', { executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 3 }) } }) }, {}],
  ['with all props', EVERYTHING, {}],
  ['with Airflow 2', { ...EVERYTHING, ...AIRFLOW_2 }, {}],
  ['with logs on a volume', {}, { logs: { persistence: { enabled: true } } }],
  ['with PgBouncer', {}, { data: { metadataSecretName: 'mine' }, pgbouncer: { enabled: true, configSecretName: 'mine' } }],
  ['with a broker of the user’s', {}, { redis: { enabled: false }, data: { brokerUrlSecretName: 'mine' } }],
];

describe.each(['1.18.0', '1.20.0'])('chart %s', (version) => {
  test.each(SETS)('%s synth finds nothing wrong', (_name, props, values) => {
    expect(officialErrors(props, { version, values })).toEqual([]);
  });

  for (const [name, props, values] of SETS) {
    testWithChart(`${name} it knows every value`, `official-${version}`, (chart) => {
      expect(checkValues(officialValues(props, { version, values }), chart)).toEqual([]);
    });
  }
});

testWithChart('chart 1.20.0 knows labels of the DAG processor', 'official-1.20.0', (chart) => {
  expect(checkValues(officialValues({ allComponents: LABELLED }), chart)).toEqual([]);
});

test('the chart comes from where its makers publish it, unless told otherwise', () => {
  // GIVEN
  const chart = HelmChart.folder('charts/airflow');

  // THEN
  expect(officialRelease().release.chart._source).toEqual({
    kind: 'repository',
    url: 'https://airflow.apache.org',
    name: 'airflow',
    version: '1.20.0',
  });
  expect(officialRelease({}, { chart }).release.chart).toBe(chart);
});

test('the release has the name and the namespace of the deployment', () => {
  // WHEN
  const { release } = officialRelease({ name: 'team', namespace: 'data' }, { kubeVersion: '1.33.0' });

  // THEN
  expect(release).toMatchObject({ releaseName: 'team', namespace: 'data', kubeVersion: '1.33.0' });
  expect(release.values).toMatchObject({
    fernetKeySecretName: 'team-fernet-key',
    config: { core: { execution_api_server_url: 'http://team-api-server:8080/execution/' } },
    scheduler: { serviceAccount: { name: 'team' } },
  });
});

test('the Ingress leads to the Service of the web interface', () => {
  // WHEN
  const [rule] = officialRelease({ ingress: INGRESS }).objects.one('Ingress', 'airflow-api-server').spec.rules;

  // THEN
  expect(rule.http.paths[0]).toMatchObject({
    path: '/data/airflow',
    backend: { service: { name: 'airflow-api-server', port: { number: 8080 } } },
  });
});

test.each([
  ['2.10.5', 'expected 2.11.0 or later: the official chart deploys no earlier one'],
  ['3.3', 'expected a version of Airflow, as in "3.3.2" or "3.3.2rc1"'],
  ['latest', 'expected a version of Airflow, as in "3.3.2" or "3.3.2rc1"'],
])('Airflow %s is an error', (airflowVersion, expected) => {
  expect(officialErrors({ airflowVersion }).join()).toContain(`airflowVersion: "${airflowVersion}" given; ${expected}`);
});

test('the user’s values are joined with those that the props come to', () => {
  // GIVEN
  const sidecar = { name: 'vector', image: 'timberio/vector:0.50.0' };

  // WHEN
  const values = officialValues(
    { dags: EVERYTHING.dags },
    { values: { scheduler: { terminationGracePeriodSeconds: 30 }, workers: { extraContainers: [sidecar] }, statsd: { enabled: false } } },
  );

  // THEN
  expect(values.scheduler).toMatchObject({ replicas: 1, terminationGracePeriodSeconds: 30 });
  expect(values.workers.extraContainers.map(({ name }: { name: string }) => name)).toEqual(['git-sync-etl', 'vector']);
  expect(values.statsd.enabled).toBe(false);
});

test('the same props come to the same values', () => {
  const [first, second] = [1, 2].map(() => JSON.stringify(officialRelease(EVERYTHING).values));

  expect(first).toBe(second);
});
