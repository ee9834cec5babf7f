import { type AirflowChartProps, Content, Executor, Files, Requirements } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const ALL = ['api-server', 'create-user', 'dag-processor', 'migrate', 'scheduler', 'triggerer', 'worker'];
const text = Content.fromText('x = 1\n');

/** The components in whose main container something is mounted at a path. */
function having(props: AirflowChartProps, path: string): string[] {
  const pods = Object.entries(synthAirflow(props).podTemplates());
  return pods
    .filter(([, pod]) => pod.spec.containers[0].volumeMounts?.some(({ mountPath }: Manifest) => mountPath === path))
    .map(([component]) => component)
    .sort();
}

test('plugins and local settings are in all pods of Airflow, those of tasks included', () => {
  // GIVEN
  const props = { plugins: Files.fromMap({ 'a.py': text }), localSettings: text };

  // THEN
  expect(having(props, '/opt/airflow/plugins')).toEqual(ALL);
  expect(having(props, '/opt/airflow/config/airflow_local_settings.py')).toEqual(ALL);
  const tasks = synthAirflow({ ...props, executor: Executor.kubernetes() }).one('ConfigMap', 'airflow-task');
  expect(JSON.stringify(tasks.data)).toContain('/opt/airflow/plugins');
});

test('webserver_config.py, and what it reads, is where it is read', () => {
  // GIVEN
  const secret = Content.fromSecret({ secretName: 'login', key: 'client-secret' });
  const props = { webserverConfig: text, apiServer: { files: { '/etc/login/client-secret': secret } } };

  // THEN
  expect(having(props, '/opt/airflow/webserver_config.py')).toEqual(['api-server', 'create-user']);
  expect(having(props, '/etc/login/client-secret')).toEqual(['api-server', 'create-user']);
});

test('files for all are in all pods of Airflow, those for one in its pods', () => {
  expect(having({ allComponents: { files: { '/etc/a': text } } }, '/etc/a')).toEqual(ALL);
  expect(having({ triggerer: { files: { '/etc/a': text } } }, '/etc/a')).toEqual(['triggerer']);
});

test('a change rolls the pods, and runs no Job again', () => {
  // WHEN
  const [one, other] = ['1', '2'].map((value) => synthAirflow({ localSettings: Content.fromText(value) }));

  // THEN
  expect(one.pod('scheduler')).not.toEqual(other.pod('scheduler'));
  expect(one.names('Job')).toEqual(other.names('Job'));
});

test('Jobs have the packages, and the wait for the tables sees them too', () => {
  // WHEN
  const objects = synthAirflow({ requirements: Requirements.fromList(['our-settings']), config: { core: { xcom_backend: 'our.XCom' } } });

  // THEN
  for (const component of ['migrate', 'create-user', 'scheduler']) {
    const wait = objects.initContainers(component)[component === 'migrate' ? 'wait-for-database' : 'wait-for-migration'];
    expect(Object.keys(objects.initContainers(component))[0]).toBe('install-requirements');
    expect(objects.env(component).PYTHONPATH).toBe('/opt/airflow/python-packages');
    expect(wait.env).toContainEqual({ name: 'PYTHONPATH', value: '/opt/airflow/python-packages' });
    expect(wait.volumeMounts.map(({ name }: Manifest) => name)).toContain('python-packages');
  }
  const policy = JSON.stringify(objects.one('NetworkPolicy', 'airflow-migrate').spec.egress);
  expect(policy).toContain('443');
});

test.each<[string, string]>([
  ['etc/a', '"etc/a" given; expected the absolute path of a file'],
  ['/etc/../a', '"/etc/../a" given; expected the absolute path of a file'],
  ['/etc/a/', '"/etc/a/" given; expected the absolute path of a file'],
  ['/etc/airflow/a', '"/etc/airflow/a" given; expected a path outside of /etc/airflow'],
  ['/opt/airflow/dags/etl/current/a.py', 'expected a path outside of /opt/airflow/dags'],
  ['/opt/airflow/plugins/b.py', 'expected a path outside of /opt/airflow/plugins'],
  ['/opt/airflow/webserver_config.py', 'the library knows this file; use the prop webserverConfig'],
])('a file can not be at %s', (path, error) => {
  const dags = [{ url: 'https://gitlab.example.com/team/etl.git', name: 'etl' }];
  expect(airflowErrors({ dags, plugins: Files.fromMap({ 'a.py': text }), scheduler: { files: { [path]: text } } })).toEqual([
    expect.stringContaining(`[airflow/airflow] scheduler.files["${path}"]: `) && expect.stringContaining(error),
  ]);
});
