import { Construct } from 'constructs';
import { GitCredentials } from '../../lib';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

test.each([
  GitCredentials.token({ secretName: 'gitlab-dags' }),
  GitCredentials.token({ secretName: 'gitlab-dags', usernameKey: 'user', tokenKey: 'access.token' }),
  GitCredentials.sshKey({ secretName: 'gitlab-dags', knownHostsKey: 'known_hosts' }),
  GitCredentials.sshKey({ secretName: 'gitlab-dags', privateKeyKey: 'id_ed25519', disableHostKeyChecking: true }),
  GitCredentials.sshKey({ secretName: 'gitlab-dags', knownHostsKey: 'known_hosts', disableHostKeyChecking: false }),
])('%j are right', (credentials) => {
  // THEN
  expect(errorsOf(credentials)).toEqual([]);
});

const EXPECTED_NAME = 'expected a DNS name: lower-case letters, digits, hyphens and dots, as in "airflow.example.com"';
const EXPECTED_KEY = 'expected a key of a Secret: letters, digits, hyphens, underscores and dots, as in "password"';

test.each([
  [GitCredentials.token({ secretName: '' }), `secretName: "" given; ${EXPECTED_NAME}`],
  [GitCredentials.token({ secretName: 'My_Secret' }), `secretName: "My_Secret" given; ${EXPECTED_NAME}`],
  [GitCredentials.token({ secretName: 'a', usernameKey: 'a b' }), `usernameKey: "a b" given; ${EXPECTED_KEY}`],
  [GitCredentials.token({ secretName: 'a', tokenKey: '' }), `tokenKey: "" given; ${EXPECTED_KEY}`],
  [GitCredentials.sshKey({ secretName: 'A', knownHostsKey: 'a' }), `secretName: "A" given; ${EXPECTED_NAME}`],
  [GitCredentials.sshKey({ secretName: 'a', knownHostsKey: 'a/b' }), `knownHostsKey: "a/b" given; ${EXPECTED_KEY}`],
  [
    GitCredentials.sshKey({ secretName: 'a', privateKeyKey: 'a/b', disableHostKeyChecking: true }),
    `privateKeyKey: "a/b" given; ${EXPECTED_KEY}`,
  ],
  [
    GitCredentials.sshKey({ secretName: 'a', knownHostsKey: 'known_hosts', disableHostKeyChecking: true }),
    'disableHostKeyChecking: true given; expected either this or knownHostsKey',
  ],
])('%j are an error', (credentials, message) => {
  // THEN
  expect(errorsOf(credentials)).toEqual([`[test] credentials.${message}`]);
});

test('an SSH key without the server’s keys is an error that tells both ways out', () => {
  // GIVEN
  const credentials = GitCredentials.sshKey({ secretName: 'gitlab-dags' });

  // WHEN
  const errors = errorsOf(credentials);

  // THEN
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('[test] credentials.knownHostsKey: ');
  expect(errors[0]).toContain('"known_hosts"');
  expect(errors[0]).toContain('`disableHostKeyChecking: true`');
});

function errorsOf(credentials: GitCredentials): string[] {
  return synthErrors((app) => credentials._validate(new PropValidator(new Construct(app, 'test')), 'credentials'));
}
