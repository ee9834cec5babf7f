import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { GitCredentials, type GitRepository, GitSubmodules, NetworkDestination } from '../../lib';
import { repositoryName, validateRepository } from '../../lib/dags/git-repository';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

const URL = 'https://gitlab.example.com/team/dags.git';
const SSH_URL = 'git@gitlab.example.com:team/dags.git';
const TOKEN = GitCredentials.token({ secretName: 'gitlab' });
const SSH_KEY = GitCredentials.sshKey({ secretName: 'gitlab', knownHostsKey: 'known_hosts' });

const GITHUB_APP = GitCredentials.githubApp({ secretName: 'app', appId: 1, installationId: 2 });

test.each([
  ['https://gitlab.example.com/team/airflow.git', 'airflow'],
  ['https://gitlab.example.com/team/airflow', 'airflow'],
  ['https://gitlab.example.com/team/airflow.git/', 'airflow'],
  ['https://gitlab.example.com/team/My_DAGs.v2.git', 'my-dags-v2'],
  ['git@gitlab.example.com:team/_dags_.git', 'dags'],
  ['git@gitlab.example.com:dags.git', 'dags'],
  ['https://gitlab.example.com/team/My%20DAGs.git', 'my-dags'],
  ['https://gitlab.example.com/team/M%C3%BCller%20Stra%C3%9Fe.git', 'muller-strasse'],
  ['https://gitlab.example.com/team/müller.git', 'muller'],
  ['https://gitlab.example.com/team/100%.git', '100'],
])('without a name, that of %s is %s', (url, name) => {
  // THEN
  expect(repositoryName({ url })).toBe(name);
  expect(repositoryName({ url, name: 'other' })).toBe('other');
});

test.each([`${'a'.repeat(60)}`, `${'a'.repeat(39)}-b`])('a long address gives a name that can be used: %s', (last) => {
  // GIVEN
  const repository = { url: `https://gitlab.example.com/team/${last}.git` };

  // THEN
  expect(repositoryName(repository).length).toBeLessThanOrEqual(40);
  expect(errorsOf(repository)).toEqual([]);
});

test.each<GitRepository>([
  { url: URL },
  { url: URL, branch: 'feature/new-dags', path: 'dags' },
  { url: URL, ref: 'v1.2.3', path: 'a/b/' },
  { url: URL, ref: '0123456789012345678901234567890123456789', period: Duration.seconds(1), depth: 0 },
  { url: URL, name: 'a'.repeat(40), submodules: GitSubmodules.OFF, credentials: TOKEN },
  { url: SSH_URL, credentials: SSH_KEY },
  { url: 'https://github.com/example/dags.git', credentials: GITHUB_APP },
  { url: URL, timeout: Duration.minutes(10), sparseCheckout: ['/dags/', '!/dags/old/'], filter: 'blob:none' },
  { url: URL, ref: '20240115', egress: [NetworkDestination.namespace('gitlab', [8181])] },
  { url: URL, ref: 'refs/merge-requests/7/head' },
  { url: URL, branch: 'deadbee1' },
])('%j is right', (repository) => {
  // THEN
  expect(errorsOf(repository)).toEqual([]);
});

const EXPECTED_REF = 'expected a git ref, as in "main" or "v1.2.3"';
const EXPECTED_PATH = 'expected a folder inside the repository, as in "dags"';
const EXPECTED_LABEL = 'expected a DNS label: at most 63 lower-case letters, digits and hyphens, as in "airflow-1"';

test.each<[Partial<GitRepository>, string]>([
  [{ branch: '' }, `branch: "" given; ${EXPECTED_REF}`],
  [{ branch: 'a b' }, `branch: "a b" given; ${EXPECTED_REF}`],
  [{ branch: '--upload-pack=x' }, `branch: "--upload-pack=x" given; ${EXPECTED_REF}`],
  [{ ref: 'v1:x' }, `ref: "v1:x" given; ${EXPECTED_REF}`],
  [{ ref: 'main~1' }, `ref: "main~1" given; ${EXPECTED_REF}`],
  [{ branch: 'a..b' }, `branch: "a..b" given; ${EXPECTED_REF}`],
  [{ ref: 'x.lock' }, `ref: "x.lock" given; ${EXPECTED_REF}`],
  [{ ref: '@{-1}' }, `ref: "@{-1}" given; ${EXPECTED_REF}`],
  [
    { ref: '0a1b2c3' },
    'ref: "0a1b2c3" given; expected all 40 digits of a commit\'s hash, without which git-sync never finds it; were it a tag, its full name is ' +
      '"refs/tags/0a1b2c3"',
  ],
  [{ timeout: Duration.millis(500) }, 'timeout: "500 millis" given; expected one second or more, in whole seconds'],
  [{ filter: 'everything' }, 'filter: "everything" given; expected a filter of git, as in "blob:none" or "tree:0"'],
  [{ sparseCheckout: [] }, 'sparseCheckout: [] given; nothing would be checked out; expected a pattern or more, as in "/dags/"'],
  [{ sparseCheckout: ['/dags/', ' '] }, 'sparseCheckout[1]: " " given; expected a line of a sparse checkout file, as in "/dags/"'],
  [{ sparseCheckout: ['a\nb'] }, 'sparseCheckout[0]: "a\\nb" given; expected a line of a sparse checkout file, as in "/dags/"'],
  [{ egress: [NetworkDestination.namespace('GitLab')] }, `egress[0]: "GitLab" given; ${EXPECTED_LABEL}`],
  [
    { url: 'http://github.com/example/dags.git', credentials: GITHUB_APP },
    'credentials: a GitHub App is for addresses of https; expected one, or other credentials',
  ],
  [{ url: SSH_URL, credentials: GITHUB_APP }, 'credentials: a GitHub App is for addresses of https; expected one, or other credentials'],
  [{ branch: 'main', ref: 'v1' }, 'ref: "v1" given; expected either a ref or a branch; the branch is "main"'],
  [{ path: '/dags' }, `path: "/dags" given; ${EXPECTED_PATH}`],
  [{ path: 'a/../../b' }, `path: "a/../../b" given; ${EXPECTED_PATH}`],
  [{ name: 'My DAGs' }, `name: "My DAGs" given; ${EXPECTED_LABEL}`],
  [{ name: '' }, `name: "" given; ${EXPECTED_LABEL}`],
  [{ name: 'a'.repeat(41) }, `name: "${'a'.repeat(41)}" given; expected at most 40 characters`],
  [{ depth: -1 }, 'depth: -1 given; expected a whole number of 0 or more'],
  [{ depth: 1.5 }, 'depth: 1.5 given; expected a whole number of 0 or more'],
  [{ period: Duration.seconds(0) }, 'period: "0 seconds" given; expected one second or more'],
  [{ url: 'https://gitlab.example.com/___' }, `name: "" given; ${EXPECTED_LABEL}`],
  [{ url: SSH_URL }, 'credentials: the address is one of SSH; expected GitCredentials.sshKey({ … })'],
  [{ url: SSH_URL, credentials: TOKEN }, 'credentials: the address is one of SSH; expected GitCredentials.sshKey({ … })'],
  [{ credentials: SSH_KEY }, 'credentials: an SSH key is given for an address of http; expected GitCredentials.token({ … })'],
])('%j is an error', (props, message) => {
  // THEN
  expect(errorsOf({ url: URL, ...props })).toEqual([`[test] repository.${message}`]);
});

test('all that is wrong with a repository is shown together', () => {
  // GIVEN
  const credentials = GitCredentials.token({ secretName: 'A', tokenKey: 'a b' });
  const repository = { url: 'nowhere', branch: 'a b', path: '..', name: 'A', depth: -1, credentials };

  // WHEN
  const props = errorsOf(repository).map((line) => line.split(': ')[0]);

  // THEN
  expect(props.sort()).toEqual(
    ['branch', 'credentials.secretName', 'credentials.tokenKey', 'depth', 'name', 'path', 'url'].map((prop) => `[test] repository.${prop}`),
  );
});

test('an address with a remote helper is one error, and none about credentials', () => {
  expect(errorsOf({ url: 'codecommit::eu-west-1://dags' })).toEqual([expect.stringContaining('no remote helper "git-remote-codecommit"')]);
});

function errorsOf(repository: GitRepository): string[] {
  return synthErrors((app) => validateRepository(new PropValidator(new Construct(app, 'test')), 'repository', repository));
}
