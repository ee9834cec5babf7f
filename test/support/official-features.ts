/** Values with which the official chart does since 1.22 what no prop stands for, and an object that comes of them. */
export interface OfficialFeature {
  readonly values: { readonly [key: string]: unknown };
  readonly object: string;
  /** What has to be in the cluster for it. */
  readonly definition?: string;
}

const DATABASE = { metadataSecretName: 'airflow-database-url' };

export const OFFICIAL_FEATURES: { readonly [name: string]: OfficialFeature } = {
  'sets of workers': {
    values: { workers: { celery: { sets: [{ name: 'heavy', queue: 'heavy', replicas: 1 }] } } },
    object: 'Deployment/airflow-worker-heavy',
  },
  KEDA: {
    values: { data: DATABASE, workers: { celery: { keda: { enabled: true } } } },
    object: 'ScaledObject/airflow-worker',
    definition: 'scaledobjects.keda.sh',
  },
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

/** Whether a chart, by its name as `official-1.22.0`, has them. */
export function hasOfficialFeatures(chart: string): boolean {
  return chart.startsWith('official-1.22.');
}
