import { synthAirflow } from '../../support/synth-objects';

test('it is alive while the database has a sign of life of it', () => {
  // WHEN
  const { args, startupProbe, livenessProbe } = synthAirflow().container('dag-processor');

  // THEN
  expect(args).toEqual(['dag-processor']);
  for (const { exec } of [startupProbe, livenessProbe]) {
    expect(exec.command).toEqual(['python', '/etc/airflow/check_heartbeat.py', 'DagProcessorJob']);
  }
});

test('it reads the folder of each repository, as often as git-sync looks', () => {
  // GIVEN
  const dags = [{ url: 'https://gitlab.example.com/team/dags.git', path: 'daily' }, { url: 'https://gitlab.example.com/team/more.git' }];

  // WHEN
  const objects = synthAirflow({ dags });

  // THEN
  const bundles = JSON.parse(objects.airflowConfig.dag_processor.dag_bundle_config_list);
  const classpath = 'airflow.dag_processing.bundles.local.LocalDagBundle';
  expect(bundles).toEqual([
    { name: 'dags', classpath, kwargs: { path: '/opt/airflow/dags/dags/current/daily', refresh_interval: 10 } },
    { name: 'more', classpath, kwargs: { path: '/opt/airflow/dags/more/current', refresh_interval: 10 } },
  ]);
  for (const reader of ['dag-processor', 'worker']) {
    const mounts: string[] = objects.container(reader).volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
    for (const { kwargs } of bundles) expect(mounts.some((mount) => kwargs.path.startsWith(`${mount}/current`))).toBe(true);
  }
});

test('without repositories Airflow looks where it does by itself', () => {
  // THEN
  expect(synthAirflow().airflowConfig).not.toHaveProperty('dag_processor');
});
