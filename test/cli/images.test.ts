import { images } from '../../cli/images';
import { AirflowChart, type AirflowChartProps, Database, Executor } from '../../lib';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

function dist(props: AirflowChartProps): string {
  return synthApp((app) => new AirflowChart(app, 'airflow', props));
}

test('images are listed one a line, sorted, each once', () => {
  // GIVEN
  const folder = dist({ dags: [{ url: 'https://git.example.com/dags.git' }], gitSync: { image: { tag: 'v4.6.0' } } });

  // THEN
  const lines = images(folder, {}).split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^docker\.io\/apache\/airflow:/),
    expect.stringMatching(/^docker\.io\/library\/postgres:/),
    expect.stringMatching(/^docker\.io\/library\/redis:/),
    'registry.k8s.io/git-sync/git-sync:v4.6.0',
  ]);
  expect(JSON.parse(images(folder, { json: true }))).toEqual(lines);
});

test('the library says of a program what the command says of its manifests', () => {
  // GIVEN
  let named: string[] = [];
  const folder = synthApp((app) => {
    const { airflow } = new AirflowChart(app, 'airflow', { images: { registry: 'registry.example.com' }, databaseCleanup: {} });
    named = airflow.images;
  });

  // THEN
  expect(images(folder, {}).split('\n')).toEqual(named);
});

test('pods of tasks, CronJobs and clusters of CloudNativePG have images too', () => {
  // GIVEN
  const folder = dist({
    executor: Executor.kubernetes({ tasks: { image: { repository: 'registry.example.com/tasks', tag: '1' } } }),
    databaseCleanup: {},
    database: Database.cloudNativePgCluster({ name: 'db', image: { repository: 'registry.example.com/cnpg', tag: '17.5' } }),
  });

  // THEN
  expect(images(folder, {}).split('\n')).toEqual(
    expect.arrayContaining(['registry.example.com/tasks:1', 'registry.example.com/cnpg:17.5']),
  );
});

test('a folder that is not there, or has none, is told', () => {
  expect(() => images('/nowhere/dist', {})).toThrow('there is no /nowhere/dist: run `cdk8s synth`, or name the folder that it wrote');
});
