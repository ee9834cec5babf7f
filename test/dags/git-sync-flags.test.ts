import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { DagGitSync, type DagGitSyncProps, GitCredentials, type GitRepository } from '../../lib';
import type { Manifest } from '../support/manifests';
import { synthErrors } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

const URL = 'https://gitlab.example.com/team/dags.git';

afterAll(removeTemporaryFolders);

test.each<[Partial<GitRepository>, string[]]>([
  [{ timeout: Duration.minutes(10) }, ['--sync-timeout=600s']],
  [{ filter: 'blob:none' }, ['--filter=blob:none']],
  [{ sparseCheckout: ['/dags/'] }, ['--sparse-checkout-file=/tmp/sparse-checkout']],
  [
    { credentials: GitCredentials.githubApp({ secretName: 'app', appId: 12, installationId: 34 }) },
    ['--github-app-private-key-file=/etc/git-secret/private-key.pem', '--github-app-application-id=12', '--github-app-installation-id=34'],
  ],
])('%j reaches git-sync as flags, before the pod starts and from then on', (props, flags) => {
  // WHEN
  const containers = containersOf({ repositories: [{ url: URL, ...props }] });

  // THEN
  expect(containers).toHaveLength(2);
  for (const { args } of containers) expect(args).toEqual(expect.arrayContaining(flags));
});

test('flags of the user come after those of the library; how often it may fail is for what follows the repository', () => {
  // WHEN
  const [first, sidecar] = containersOf({ repositories: [{ url: URL }], maxFailures: 3, args: ['--git-gc=off', '--verbose=5'] });

  // THEN
  expect(first.args.slice(-3)).toEqual(['--git-gc=off', '--verbose=5', '--one-time']);
  expect(sidecar.args.slice(-5)).toEqual(['--git-gc=off', '--verbose=5', '--period=10s', '--max-failures=3', '--http-bind=:9630']);
});

test('the shell writes the lines of the sparse checkout as they are, and starts git-sync with the user name', () => {
  // GIVEN
  const lines = ['/dags/', '!/dags/it\'s "old"/', '/$(HOME)/*', '\\#x %s'];
  const credentials = GitCredentials.token({ secretName: 'gitlab-dags' });
  const [container] = containersOf({ repositories: [{ url: URL, credentials, sparseCheckout: lines }] });
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'username'), 'ada\n');
  writeFileSync(join(folder, 'git-sync'), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(join(folder, 'git-sync'), 0o755);

  // WHEN
  const [shell, flag, script, ...rest] = container.command;
  const here = script
    .replace('/tmp/sparse-checkout', `${folder}/sparse-checkout`)
    .replace('/git-sync ', `${folder}/git-sync `)
    .replace('/etc/git-secret/', `${folder}/`);
  const [{ name, value }] = container.env;
  const env = { ...process.env, [name]: value.replaceAll('$$', '$') };
  const output = execFileSync(shell, [flag, here, ...rest, ...container.args], { env, encoding: 'utf8' });

  // THEN
  expect(execFileSync('cat', [join(folder, 'sparse-checkout')], { encoding: 'utf8' })).toBe(`${lines.join('\n')}\n`);
  expect(output.trim().split('\n')).toEqual(['--username=ada', ...container.args]);
});

test.each<[string, string]>([
  ['verbose', 'expected a flag with two hyphens, and its value behind a "=", as in "--verbose=5"'],
  ['-v=5', 'expected a flag with two hyphens, and its value behind a "=", as in "--verbose=5"'],
  ['--ref=main', 'the library sets --ref; use branch or ref of the repository'],
  ['--sync-timeout=5m', 'the library sets --sync-timeout; use timeout of the repository'],
  ['--max-failures=3', 'the library sets --max-failures; use maxFailures'],
  ['--one-time', 'the library sets --one-time; leave it out: the pods rest on it'],
  ['--lfs', 'git-sync has no flag --lfs'],
  ['--verbos=5', 'git-sync has no flag --verbos; did you mean "--verbose"?'],
  ['--password=s3cret', '--password given; use credentials of the repository'],
  ['--credential={"password":"s3cret"}', '--credential given; use credentials of the repository'],
  ['--ssh-key-file=/x', '--ssh-key-file given; use credentials of the repository'],
  ['--git-config=http.extraHeader:Authorization: s3cret', 'there is a login in --git-config; use credentials of the repository'],
])('the flag %j is an error, of which nothing secret is shown', (flag, reason) => {
  // THEN
  expect(errorsOf({ repositories: [{ url: URL }], args: ['--git-gc=off', flag] })).toEqual([`[chart/dags] args[1]: ${reason}`]);
});

test('a later git-sync may have flags that are not known', () => {
  expect(errorsOf({ repositories: [{ url: URL }], args: ['--lfs'], image: { tag: 'v4.9.0' } })).toEqual([]);
});

test.each(['v4.7.0', 'v4.7.1', '4.8.0-rc1'])('git-sync %s has partial clones', (tag) => {
  // THEN
  expect(errorsOf({ repositories: [{ url: URL, filter: 'blob:none' }], image: { tag } })).toEqual([]);
});

test('an earlier one has none', () => {
  // THEN
  expect(errorsOf({ repositories: [{ url: URL }, { url: URL, name: 'b', filter: 'tree:0' }], image: { tag: 'v4.4.2' } })).toEqual([
    '[chart/dags] repositories[1].filter: "tree:0" given; git-sync v4.4.2 has none; expected image.tag v4.7.0 or later',
  ]);
});

function containersOf(props: DagGitSyncProps): Manifest[] {
  const { initContainers = [], containers = [] } = new DagGitSync(new Chart(new App(), 'chart'), 'dags', props).podPart;
  return [...initContainers, ...containers];
}

function errorsOf(props: DagGitSyncProps): string[] {
  return synthErrors((app) => new DagGitSync(new Chart(app, 'chart'), 'dags', props));
}
