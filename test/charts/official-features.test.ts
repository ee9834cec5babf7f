import { AirflowChart, type AirflowChartProps } from '../../lib';
import { type Manifest, readManifests } from '../support/manifests';
import { inAFolderOfItsOwn, neededCharts } from '../support/real-charts';
import { synthApp } from '../support/synth';

// What the official chart can do since 1.22 and no prop stands for, by its values: all checks of a synth pass, Pod Security among them.

jest.setTimeout(300_000);

const DATABASE = { metadataSecretName: 'airflow-database-url' };

/** Values, and an object that comes of them. */
const FEATURES: { readonly [name: string]: { readonly values: object; readonly object: string } } = {
  'sets of workers': {
    values: { workers: { celery: { sets: [{ name: 'heavy', queue: 'heavy', replicas: 1 }] } } },
    object: 'Deployment/airflow-worker-heavy',
  },
  KEDA: { values: { data: DATABASE, workers: { celery: { keda: { enabled: true } } } }, object: 'ScaledObject/airflow-worker' },
  PgBouncer: {
    values: {
      data: DATABASE,
      pgbouncer: { enabled: true, configSecretName: 'pgbouncer', metricsExporterSidecar: { statsSecretName: 'pgbouncer-stats' } },
    },
    object: 'Deployment/airflow-pgbouncer',
  },
  'a database that is cleaned up': { values: { databaseCleanup: { enabled: true } }, object: 'CronJob/airflow-database-cleanup' },
  'an OpenTelemetry collector': {
    values: { otelCollector: { tracesEnabled: true, metricsEnabled: true } },
    object: 'Deployment/airflow-otel-collector',
  },
};

const chart = neededCharts().find(({ name }) => name.startsWith('official-1.22.'));
inAFolderOfItsOwn();

if (!chart) {
  console.warn('NOT TRIED: features of the official chart 1.22, as it is not in AIRFLOW_CHARTS');
  test.skip('official chart 1.22', () => {});
}

for (const [name, { values, object }] of chart ? Object.entries(FEATURES) : []) {
  test(`${name}, by values of ${chart?.name}`, () => {
    // GIVEN
    const props: AirflowChartProps = { namespace: 'airflow', distribution: chart?.distribution(values as { [key: string]: unknown }) };

    // WHEN
    const manifests = readManifests(synthApp((app) => new AirflowChart(app, 'airflow', props)));

    // THEN
    expect(manifests.map(({ kind, metadata }: Manifest) => `${kind}/${metadata.name}`)).toContain(object);
  });
}
