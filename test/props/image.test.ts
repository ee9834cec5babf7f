import { Construct } from 'constructs';
import { imageReference, validateImage } from '../../lib/props/image';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  [{ repository: 'docker.io/apache/airflow', tag: '3.3.2' }, 'docker.io/apache/airflow:3.3.2'],
  [{ repository: 'registry.example.com:5000/airflow', tag: '1' }, 'registry.example.com:5000/airflow:1'],
  [{ repository: 'apache/airflow', tag: '3.3.2', digest: DIGEST }, `apache/airflow:3.3.2@${DIGEST}`],
])('%j is %s', (image, reference) => {
  // THEN
  expect(imageReference(image)).toBe(reference);
});

test.each([
  undefined,
  {},
  { repository: 'localhost:5000/team/airflow', tag: '3.3.2-python3.12', digest: DIGEST, pullPolicy: 'Never', pullSecrets: ['registry'] },
  { tag: 'latest', digest: DIGEST },
])('%j is right', (image) => {
  // THEN
  expect(errorsOf(image)).toEqual([]);
});

test.each([
  [{ repository: '' }, 'repository: "" given; expected registry and repository, as in "docker.io/apache/airflow"'],
  [{ repository: 'https:// x' }, 'repository: "https:// x" given; expected registry and repository, as in "docker.io/apache/airflow"'],
  [{ repository: 'airflow/' }, 'repository: "airflow/" given; expected registry and repository, as in "docker.io/apache/airflow"'],
  [{ tag: 'latest' }, 'tag: "latest" given; expected a tag that pins the image, as in "3.3.2"'],
  [{ tag: '' }, 'tag: "" given; expected a tag that pins the image, as in "3.3.2"'],
  [{ tag: '3.3.2@sha256:0' }, 'tag: "3.3.2@sha256:0" given; expected a tag that pins the image, as in "3.3.2"'],
  [{ digest: 'sha256:123' }, 'digest: "sha256:123" given; expected "sha256:" and 64 hexadecimal digits'],
  [{ pullPolicy: 'always' }, 'pullPolicy: "always" given; expected one of Always, IfNotPresent, Never; did you mean "Always"?'],
  [
    { pullSecrets: ['right', 'My Secret'] },
    'pullSecrets[1]: "My Secret" given; expected a DNS name: lower-case letters, digits, hyphens and dots, as in "airflow.example.com"',
  ],
])('%j is an error', (image, message) => {
  // THEN
  expect(errorsOf(image)).toEqual([`[test] image.${message}`]);
});

test('a tag within the repository is an error that names the prop', () => {
  // GIVEN
  const image = { repository: 'docker.io/apache/airflow:3.3.2' };

  // THEN
  expect(errorsOf(image)).toEqual([expect.stringContaining('[test] image.repository: "docker.io/apache/airflow:3.3.2" given; expected ')]);
});

function errorsOf(image: Parameters<typeof validateImage>[2]): string[] {
  return synthErrors((app) => validateImage(new PropValidator(new Construct(app, 'test')), 'image', image));
}
