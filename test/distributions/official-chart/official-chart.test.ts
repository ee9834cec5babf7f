import { HelmChart } from '../../../lib/helm/chart/helm-chart';
import { EVERYTHING, INGRESS, SETS } from './props';
import { officialErrors, officialRelease, officialValues } from './release';

describe.each(['1.18.0', '1.20.0', '1.22.0'])('chart %s', (version) => {
  test.each(SETS)('%s synth finds nothing wrong', (_name, props, values) => {
    expect(officialErrors(props, { version, values })).toEqual([]);
  });
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
