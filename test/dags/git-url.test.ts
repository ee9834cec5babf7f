import { Construct } from 'constructs';
import { isSsh, parseGitUrl, validateGitUrl } from '../../lib/dags/git-url';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

test.each([
  ['https://gitlab.example.com/team/dags.git', 'https://gitlab.example.com/team/dags.git', false],
  ['http://gitlab-webservice.gitlab.svc:8181/airflow/airflow.git', 'http://gitlab-webservice.gitlab.svc:8181/airflow/airflow.git', false],
  ['ssh://git@gitlab.example.com:2222/team/dags.git', 'ssh://git@gitlab.example.com:2222/team/dags.git', true],
  ['git@gitlab.example.com:team/dags.git', 'ssh://git@gitlab.example.com/team/dags.git', true],
  ['git@gitlab.example.com:/srv/dags.git', 'ssh://git@gitlab.example.com//srv/dags.git', true],
  ['gitlab.example.com:team/dags.git', 'ssh://gitlab.example.com/team/dags.git', true],
])('%s is an address', (text, href, ssh) => {
  // WHEN
  const url = parseGitUrl(text);

  // THEN
  expect(url?.href).toBe(href);
  expect(url && isSsh(url)).toBe(ssh);
  expect(errorsOf(text)).toEqual([]);
});

test.each([
  '',
  'dags',
  'gitlab.example.com/team/dags.git',
  '/srv/git/dags.git',
  'file:///srv/git/dags.git',
  'git://gitlab.example.com/team/dags.git',
  'ftp://gitlab.example.com/dags.git',
  'https://',
  'https:///team/dags.git',
  'https://gitlab.example.com',
  'https://gitlab.example.com/',
  'https://gitlab.example.com/team/dags.git#main',
  'https://gitlab.example.com/team/my dags.git',
  'https://gitlab example.com/dags.git',
  'git@gitlab.example.com: team/dags.git',
])('%j is none', (text) => {
  // THEN
  expect(parseGitUrl(text)).toBeUndefined();
  expect(errorsOf(text)).toEqual([
    '[test] url: not the address of a git repository; expected one as "https://gitlab.example.com/team/dags.git" or ' +
      '"git@gitlab.example.com:team/dags.git"',
  ]);
});

test.each([
  [
    'git@gitlab.example.com:2222/team/dags.git',
    `"2222" is a folder to git, not a port; expected url: 'ssh://git@gitlab.example.com:2222/team/dags.git', or if it is a folder, ` +
      `'ssh://git@gitlab.example.com/2222/team/dags.git'`,
  ],
  [
    'codecommit::eu-west-1://dags',
    'images have no remote helper "git-remote-codecommit"; expected an address of https or SSH, as in ' +
      '"https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/dags"',
  ],
  ['ext::sh -c id', 'images have no remote helper "git-remote-ext"; expected an address of https or SSH'],
])('%s is another than it seems', (text, reason) => {
  // THEN
  expect(errorsOf(text)).toEqual([`[test] url: ${reason}`]);
});

test.each([
  ['https://ada:s3cret@gitlab.example.com/team/dags.git', "url: 'https://gitlab.example.com/team/dags.git'", 'GitCredentials.token'],
  ['https://s3cret@gitlab.example.com/team/dags.git', "url: 'https://gitlab.example.com/team/dags.git'", 'GitCredentials.token'],
  ['https://:s3cret@gitlab.example.com:8443/dags.git', "url: 'https://gitlab.example.com:8443/dags.git'", 'GitCredentials.token'],
  ['ssh://git:s3cret@gitlab.example.com/team/dags.git', "url: 'ssh://git@gitlab.example.com/team/dags.git'", 'GitCredentials.sshKey'],
])('%s has a secret in it: an error that tells the way without it', (text, url, credentials) => {
  // WHEN
  const errors = errorsOf(text);

  // THEN
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/^\[test\] url: there is a user or a token in the address, /);
  expect(errors[0]).toContain(`expected ${url}, credentials: ${credentials}(`);
  expect(errors[0]).not.toContain('s3cret');
});

test.each([
  ['a parameter', 'https://gitlab.example.com/team/dags.git?private_token=s3cret'],
  ['a user and a token, without a scheme', 'ada:s3cret@gitlab.example.com/team/dags.git'],
])('a secret as %s is an error too, and is not shown', (_what, text) => {
  // WHEN
  const errors = errorsOf(text);

  // THEN
  expect(errors).toEqual([expect.stringMatching(/^\[test\] url: /)]);
  expect(errors[0]).not.toContain('s3cret');
});

test.each(['https://ada:s3/cret@gitlab.example.com/dags.git', 'HTTPS://ada:s3cret@gitlab.example.com/dags.git', 'https://ada:s3 cret@x/y'])(
  'of %s, which can not be read, nothing is shown',
  (text) => {
    // WHEN
    const errors = errorsOf(text);

    // THEN
    expect(errors).toHaveLength(1);
    expect(errors[0]).not.toMatch(/s3|cret@/);
  },
);

function errorsOf(text: string): string[] {
  return synthErrors((app) => validateGitUrl(new PropValidator(new Construct(app, 'test')), 'url', text));
}
