import { dagBundles } from '../../../cli/import/dag-bundles';
import { call } from '../../../cli/import/expression';
import { Values } from '../../../cli/import/values';

const of = (...list: object[]) => Values.of({ list });

test('a bundle of each kind', () => {
  // GIVEN
  const commit = 'a'.repeat(40);
  const values = of(
    {
      name: 'a',
      classpath: 'x.GitDagBundle',
      kwargs: { repo_url: 'https://g/a.git', tracking_ref: commit, submodules: true, sparse_dirs: ['d'] },
    },
    { name: 'b', classpath: 'x.GCSDagBundle', kwargs: { bucket_name: 'dags', gcp_conn_id: 'g' } },
    { name: 'c', classpath: 'x.LocalDagBundle', kwargs: { path: '/dags', refresh_interval: 30 } },
  );

  // THEN
  expect(dagBundles(values, 'list')).toEqual({
    dagBundles: [
      call('DagBundle.git', { name: 'a', url: 'https://g/a.git', ref: commit, submodules: true, sparseDirectories: ['d'] }),
      call('DagBundle.gcs', { name: 'b', bucket: 'dags', connectionId: 'g' }),
      call('DagBundle.image', { name: 'c', path: '/dags', refreshInterval: call('Duration.seconds', 30) }),
    ],
  });
  expect(values.notes()).toEqual([]);
});

test('what no factory says is told', () => {
  // GIVEN
  const values = of(
    { name: 'a', classpath: 'x.GitDagBundle', kwargs: { repo_url: 'https://g/a.git', view_url_template: 'v' }, team_name: 't' },
    { name: 'b', classpath: 'shop.OwnBundle' },
  );

  // WHEN
  dagBundles(values, 'list');

  // THEN
  expect(values.notes().map(({ path }) => path)).toEqual(['list[0].kwargs.view_url_template', 'list[0].team_name', 'list[1]']);
});

test('what is no list is left as if nobody had read it', () => {
  expect(dagBundles(Values.of({ list: 'no JSON' }), 'list')).toBeUndefined();
});
