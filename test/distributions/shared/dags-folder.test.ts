import { Chart, Testing } from 'cdk8s';
import { DagGitSync } from '../../../lib';
import { dagsFolder } from '../../../lib/distributions/shared/dags-folder';

function dagsOf(...repositories: { name: string; path?: string }[]): DagGitSync {
  const urls = repositories.map((repository) => ({ ...repository, url: `https://gitlab.example.com/team/${repository.name}.git` }));
  return new DagGitSync(new Chart(Testing.app(), 'test'), 'dags', { repositories: urls });
}

test('the folder of one repository is that of its DAGs', () => {
  expect(dagsFolder(dagsOf({ name: 'etl' }))).toBe('/opt/airflow/dags/etl/current');
  expect(dagsFolder(dagsOf({ name: 'etl', path: 'src/dags' }))).toBe('/opt/airflow/dags/etl/current/src/dags');
});

test('the folder of several repositories is the one above them', () => {
  expect(dagsFolder(dagsOf({ name: 'one' }, { name: 'two' }))).toBe('/opt/airflow/dags');
});
