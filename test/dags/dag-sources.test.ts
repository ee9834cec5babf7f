import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { DagBundle, DagGitSync, GitCredentials, type GitRepository } from '../../lib';
import { DagSources } from '../../lib/dags/dag-sources';
import { existingObjects } from '../../lib/kubernetes/existing-objects';
import { PropValidator } from '../../lib/validation/prop-validator';
import type { Manifest } from '../support/manifests';
import { synthErrors } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

const URL = 'https://gitlab.example.com/team/dags.git';
const TOKEN = GitCredentials.token({ secretName: 'gitlab-dags' });

afterAll(removeTemporaryFolders);

test('all bundles are in one list, those of git-sync first', () => {
  // WHEN
  const { bundles, destinations, areFetched } = make(
    [{ url: URL }],
    DagBundle.image({ path: '/opt/baked' }),
    DagBundle.s3({ bucket: 'etl' }),
  );

  // THEN
  expect(bundles.map(({ name }) => name)).toEqual(['dags', 'baked', 'etl']);
  expect(bundles[1]).toEqual({ name: 'baked', classpath: expect.any(String), kwargs: { path: '/opt/baked' } });
  // A bucket without a connection: the store, and the cloud that tells who the pods are.
  expect(destinations.map(({ bundle, reason }) => [bundle, reason])).toEqual([
    ['dags', 'git repository'],
    ['etl', 'DAG bundle'],
    ['etl', 'DAG bundle'],
  ]);
  expect(areFetched).toBe(true);
});

test('what git-sync does not bring and Airflow does not fetch needs no folder to write to', () => {
  // WHEN
  const { podPart, areFetched } = make(undefined, DagBundle.image({ path: '/opt/baked' }));

  // THEN
  expect(areFetched).toBe(false);
  expect(podPart).toMatchObject({ volumes: [], volumeMounts: [], env: [], initContainers: [], containers: [] });
});

test('what Airflow fetches goes to a folder that can be written to', () => {
  // WHEN
  const { podPart } = make(undefined, DagBundle.s3({ bucket: 'etl' }));

  // THEN
  expect(podPart.volumes).toEqual([{ name: 'dag-bundles', emptyDir: { sizeLimit: '10Gi' } }]);
  expect(podPart.volumeMounts).toEqual([{ name: 'dag-bundles', mountPath: '/opt/airflow/dag-bundles' }]);
});

test('objects of the user are not looked for', () => {
  // GIVEN
  const chart = new Chart(new App(), 'chart');
  const bundles = [DagBundle.git({ url: URL, credentials: TOKEN }), DagBundle.volume({ claimName: 'shared' })];

  // WHEN
  new DagSources(chart, new PropValidator(chart), undefined, bundles);

  // THEN
  expect([...existingObjects(chart)]).toEqual(['Secret/gitlab-dags', 'PersistentVolumeClaim/shared']);
});

test('git is given user and token by the files of the most special address', () => {
  // GIVEN
  const host = 'https://gitlab.example.com';
  const bundles = ['one', 'two'].map((name) =>
    DagBundle.git({ url: `${host}/team/${name}.git`, credentials: GitCredentials.token({ secretName: name }), submodules: name === 'two' }),
  );
  const folder = temporaryFolder();
  for (const name of ['one', 'two']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'username'), `user of ${name}\n`);
    writeFileSync(join(folder, name, 'token'), `$(token) "of" ${name}`);
  }

  // WHEN
  const env = make(undefined, ...bundles).podPart.env?.filter(({ name }: Manifest) => name.startsWith('GIT_')) ?? [];

  // THEN
  const variables = env.map(({ name, value }: Manifest) => [name, value.replaceAll('/etc/airflow-dag-bundles', folder)]);
  expect(Object.fromEntries(variables).GIT_CONFIG_COUNT).toBe('3');
  const login = (url: string) => fillCredential(url, Object.fromEntries(variables));
  expect(login(`${host}/team/one.git`)).toEqual(['username=user of one', 'password=$(token) "of" one']);
  expect(login(`${host}/team/two.git`)).toEqual(['username=user of two', 'password=$(token) "of" two']);
  expect(login(`${host}/elsewhere/submodule.git`)).toEqual(['username=user of two', 'password=$(token) "of" two']);
  expect(login('https://other.example.com/team/one.git')).toEqual([]);
});

test('no variable has anything that Kubernetes or helm would put a value in for', () => {
  // WHEN
  const { podPart } = make(undefined, DagBundle.git({ url: URL, credentials: TOKEN, submodules: true }));

  // THEN
  expect(JSON.stringify(podPart.env)).not.toMatch(/\$\(|\{\{/);
});

test.each<[GitRepository[] | undefined, DagBundle[], string]>([
  [undefined, [], 'dagBundles: [] given; expected one bundle or more'],
  [
    [{ url: URL }],
    [DagBundle.git({ url: URL })],
    'dagBundles[0].name: "dags" given; expected another name: a bundle before it has this one',
  ],
  [
    undefined,
    [DagBundle.s3({ bucket: 'etl' }), DagBundle.image({ path: '/etl' })],
    'dagBundles[1].name: "etl" given; expected another name: a bundle before it has this one',
  ],
  [
    [{ url: URL, name: 'team' }],
    [DagBundle.image({ path: '/opt/airflow/dags' })],
    'dagBundles[0].path: "/opt/airflow/dags" given; the DAGs of "team" are in it, and would be there twice; expected a folder beside them',
  ],
  [
    undefined,
    [DagBundle.image({ path: '/opt/a' }), DagBundle.image({ path: '/opt/' })],
    'dagBundles[1].path: "/opt" given; the DAGs of "a" are in it, and would be there twice; expected a folder beside them',
  ],
  [
    undefined,
    [DagBundle.image({ path: 'dags' })],
    'dagBundles[0].path: "dags" given; expected an absolute path without a colon, as in "/opt/airflow/dags"',
  ],
  [
    undefined,
    [DagBundle.volume({ claimName: 'Shared' })],
    'dagBundles[0].claimName: "Shared" given; expected a DNS name: lower-case letters, digits, hyphens and dots, as in "airflow.example.com"',
  ],
  [
    undefined,
    [DagBundle.volume({ claimName: 'shared', path: '../etc' })],
    'dagBundles[0].path: "../etc" given; expected a folder inside the repository, as in "dags"',
  ],
  [
    undefined,
    [DagBundle.s3({ bucket: 's3://etl', name: 'etl' })],
    'dagBundles[0].bucket: "s3://etl" given; expected the name of a bucket, as in "example-dags"',
  ],
  [
    undefined,
    [DagBundle.gcs({ bucket: 'etl', connectionId: 'a b' })],
    'dagBundles[0].connectionId: "a b" given; expected the id of a connection of Airflow, as in "dags"',
  ],
  [
    undefined,
    [DagBundle.git({ url: URL, credentials: TOKEN, connectionId: 'gitlab' })],
    'dagBundles[0].connectionId: expected either this or credentials',
  ],
  [
    undefined,
    [DagBundle.git({ url: 'git@gitlab.example.com:team/dags.git' })],
    'dagBundles[0].credentials: the address is one of SSH; expected GitCredentials.sshKey({ … })',
  ],
  [
    undefined,
    [DagBundle.git({ url: URL, refreshInterval: Duration.millis(1) })],
    'dagBundles[0].refreshInterval: "1 millis" given; expected one second or more, in whole seconds',
  ],
  [
    undefined,
    [DagBundle.git({ url: URL, name: 'a'.repeat(41) })],
    `dagBundles[0].name: "${'a'.repeat(41)}" given; expected at most 40 characters`,
  ],
])('%j with %j is an error', (repositories, bundles, message) => {
  // WHEN
  const errors = synthErrors((app) => {
    const chart = new Chart(app, 'chart');
    const gitSync = repositories && new DagGitSync(chart, 'git-sync', { repositories });
    new DagSources(chart, new PropValidator(chart), gitSync, bundles);
  });

  // THEN
  expect(errors).toEqual([`[chart] ${message}`]);
});

test('with a connection an address of SSH needs no key', () => {
  // GIVEN
  const bundle = DagBundle.git({ url: 'git@gitlab.example.com:team/dags.git', connectionId: 'gitlab' });

  // THEN
  expect(
    synthErrors((app) => {
      const chart = new Chart(app, 'chart');
      new DagSources(chart, new PropValidator(chart), undefined, [bundle]);
    }),
  ).toEqual([]);
});

function make(repositories?: GitRepository[], ...bundles: DagBundle[]): DagSources {
  const chart = new Chart(new App(), 'chart');
  const gitSync = repositories && new DagGitSync(chart, 'git-sync', { repositories });
  return new DagSources(chart, new PropValidator(chart), gitSync, bundles);
}

/** What git itself finds by these variables. */
function fillCredential(url: string, variables: { readonly [name: string]: string }): string[] {
  const { PATH = '' } = process.env;
  const env = { PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0', ...variables };
  try {
    const output = execFileSync('git', ['credential', 'fill'], {
      input: `url=${url}\n`,
      env,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return output.split('\n').filter((line) => /^(username|password)=/.test(line));
  } catch {
    return [];
  }
}
