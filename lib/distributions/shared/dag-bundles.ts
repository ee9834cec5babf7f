import type { DagBundle } from '../../dags/dag-git-sync';

/** The option [dag_processor] dag_bundle_config_list. git-sync brings the files, so to Airflow they are folders of its own. */
export function bundleList(bundles: readonly DagBundle[]): string {
  return JSON.stringify(
    bundles.map(({ name, path, refreshInterval }) => ({
      name,
      classpath: 'airflow.dag_processing.bundles.local.LocalDagBundle',
      kwargs: { path, refresh_interval: refreshInterval },
    })),
  );
}
