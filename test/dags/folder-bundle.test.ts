import { Duration } from 'cdk8s';
import { DagBundle } from '../../lib';

const LOCAL = 'airflow.dag_processing.bundles.local.LocalDagBundle';

test('DAGs of the image are where they are', () => {
  // WHEN
  const { name, classpath, kwargs, part, isFetched, destinations } = DagBundle.image({
    path: '/opt/airflow/Baked DAGs/',
    refreshInterval: Duration.hours(1),
  })._plan;

  // THEN
  expect({ name, classpath, kwargs }).toEqual({
    name: 'baked-dags',
    classpath: LOCAL,
    kwargs: { path: '/opt/airflow/Baked DAGs', refresh_interval: 3600 },
  });
  expect({ part, isFetched, destinations }).toEqual({ part: {}, isFetched: false, destinations: [] });
});

test('a volume is mounted, and can not be written to', () => {
  // WHEN
  const { name, classpath, kwargs, part, existing } = DagBundle.volume({ claimName: 'shared-dags', path: 'etl/dags/' })._plan;

  // THEN
  expect({ name, classpath, kwargs }).toEqual({
    name: 'shared-dags',
    classpath: LOCAL,
    kwargs: { path: '/opt/airflow/dag-volumes/shared-dags/etl/dags' },
  });
  expect(part).toEqual({
    volumes: [{ name: 'bundle-shared-dags', persistentVolumeClaim: { claimName: 'shared-dags', readOnly: true } }],
    volumeMounts: [{ name: 'bundle-shared-dags', mountPath: '/opt/airflow/dag-volumes/shared-dags', readOnly: true }],
  });
  expect(existing).toEqual([{ kind: 'PersistentVolumeClaim', name: 'shared-dags' }]);
});
