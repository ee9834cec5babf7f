import { Duration } from 'cdk8s';
import { DagBundle, GitCredentials, type GitDagBundleProps, NetworkDestination } from '../../lib';

const URL = 'https://gitlab.example.com/team/dags.git';
const SSH_URL = 'git@gitlab.example.com:team/dags.git';
const FOLDER = '/etc/airflow-dag-bundles/dags';

test('Airflow follows the default branch of a repository', () => {
  // WHEN
  const { name, classpath, kwargs, isFetched, part } = planOf({ url: URL });

  // THEN
  expect({ name, classpath, kwargs }).toEqual({
    name: 'dags',
    classpath: 'airflow.providers.git.bundles.git.GitDagBundle',
    kwargs: { repo_url: URL, tracking_ref: 'HEAD', git_conn_id: 'dag_bundle_dags' },
  });
  expect(isFetched).toBe(true);
  expect(part).toEqual({ env: [{ name: 'AIRFLOW_CONN_DAG_BUNDLE_DAGS', value: `{"conn_type":"git","host":"${URL}","extra":{}}` }] });
});

test.each<[Partial<GitDagBundleProps>, object]>([
  [{ branch: 'main' }, { tracking_ref: 'main' }],
  [{ ref: 'v1.2.3' }, { tracking_ref: 'v1.2.3' }],
  [{ path: 'a//b/' }, { subdir: 'a/b' }],
  [{ submodules: true }, { submodules: true }],
  [{ sparseDirectories: ['dags', 'shared'] }, { sparse_dirs: ['dags', 'shared'] }],
  [{ refreshInterval: Duration.minutes(1) }, { refresh_interval: 60 }],
  [{ name: 'team-a' }, { git_conn_id: 'dag_bundle_team_a' }],
])('%j reaches Airflow', (props, kwargs) => {
  // THEN
  expect(planOf({ url: URL, ...props }).kwargs).toMatchObject(kwargs);
});

test('a connection of the user stands for that of the library', () => {
  // WHEN
  const { kwargs, part, existing } = planOf({ url: URL, connectionId: 'gitlab' });

  // THEN
  expect(kwargs.git_conn_id).toBe('gitlab');
  expect(part).toEqual({});
  expect(existing).toEqual([]);
});

test('a token is files of the Secret, and not in the connection', () => {
  // WHEN
  const { part, gitLogin, existing } = planOf({ url: URL, credentials: GitCredentials.token({ secretName: 'gitlab-dags' }) });

  // THEN
  expect(part.volumes).toEqual([
    {
      name: 'bundle-dags-secret',
      secret: {
        secretName: 'gitlab-dags',
        items: [
          { key: 'username', path: 'username' },
          { key: 'token', path: 'token' },
        ],
        defaultMode: 0o444,
      },
    },
  ]);
  expect(part.volumeMounts).toEqual([{ name: 'bundle-dags-secret', mountPath: FOLDER, readOnly: true }]);
  expect(connectionOf(part)).toEqual({ conn_type: 'git', host: URL, extra: {} });
  expect(gitLogin).toEqual({ url: URL, folder: FOLDER, isForHost: false });
  expect(existing).toEqual([{ kind: 'Secret', name: 'gitlab-dags' }]);
});

test.each<[string, GitCredentials, object]>([
  [
    SSH_URL,
    GitCredentials.sshKey({ secretName: 'key', knownHostsKey: 'known_hosts' }),
    { key_file: `${FOLDER}/ssh`, known_hosts_file: `${FOLDER}/known_hosts`, strict_host_key_checking: 'yes' },
  ],
  [
    SSH_URL,
    GitCredentials.sshKey({ secretName: 'key', disableHostKeyChecking: true }),
    { key_file: `${FOLDER}/ssh`, strict_host_key_checking: 'no' },
  ],
  [
    URL,
    GitCredentials.githubApp({ secretName: 'app', appId: 12, installationId: 34 }),
    { github_app_id: '12', github_installation_id: '34', key_file: `${FOLDER}/private-key.pem` },
  ],
])('the connection for %s names files of the Secret', (url, credentials, extra) => {
  // WHEN
  const { part, gitLogin } = planOf({ url, credentials });

  // THEN
  expect(connectionOf(part)).toEqual({ conn_type: 'git', host: url, extra });
  expect(gitLogin).toBeUndefined();
});

test('whom the pods reach follows from the address, or is said', () => {
  // GIVEN
  const egress = [NetworkDestination.namespace('gitlab', [8181])];

  // THEN
  expect(planOf({ url: URL }).destinations.map(String)).toEqual([URL]);
  expect(planOf({ url: URL, egress }).destinations).toEqual([
    { peer: { kind: 'namespace', name: 'gitlab' }, ports: [{ port: 8181, protocol: 'TCP' }] },
  ]);
});

function planOf(props: GitDagBundleProps) {
  return DagBundle.git(props)._plan;
}

function connectionOf({ env }: ReturnType<typeof planOf>['part']): unknown {
  return JSON.parse(env?.[0].value);
}
