import { checkImages } from '../../lib/checks/images';
import { deployment, problemsOf, safeContainer } from './support';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  'docker.io/apache/airflow:3.3.2',
  'redis:7.4.9-bookworm',
  'docker.io/library/postgres:15.18',
  'registry.example.com/airflow:42',
  'apache/airflow:3',
  'localhost:5000/airflow:3.3.2',
  'registry.example.com:5000/team/sub/airflow_x:v1-2.3',
  `redis@${DIGEST}`,
  `localhost:5000/redis@${DIGEST}`,
  `redis:latest@${DIGEST}`,
  'redis:latest1',
])('%s is pinned', (image) => {
  // WHEN
  const problems = problemsOf(checkImages, [deployment({}, { image })]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  ['redis:latest', 'whose tag stands for another image each time'],
  ['apache/airflow:slim-latest', 'whose tag stands for another image each time'],
  ['apache/airflow:latest-python3.12', 'whose tag stands for another image each time'],
  ['redis:7', 'whose tag moves to each new version'],
  ['docker.io/library/postgres:15-bookworm', 'whose tag moves to each new version'],
  ['docker.io/python:3-slim', 'whose tag moves to each new version'],
  ['redis', 'without a tag'],
  ['localhost:5000/redis', 'without a tag'],
  ['', 'is not the reference'],
  ['Redis:7', 'is not the reference'],
  ['redis:7:8', 'is not the reference'],
  ['redis@sha256:abc', 'is not the reference'],
  ['https://example.com/redis:7', 'is not the reference'],
  [undefined, 'has no image'],
])('%s is not', (image, expected) => {
  // WHEN
  const problems = problemsOf(checkImages, [deployment({}, { image })]);
  // THEN
  expect(problems).toEqual([expect.stringContaining(expected)]);
});

test('init containers and image volumes are looked at too', () => {
  // GIVEN
  const pod = {
    initContainers: [{ ...safeContainer('init'), image: 'a' }],
    volumes: [{ name: 'models', image: { reference: 'b:latest' } }],
  };
  // WHEN
  const problems = problemsOf(checkImages, [deployment(pod)]);
  // THEN
  expect(problems).toEqual([
    expect.stringContaining('container "init" has the image "a" without a tag'),
    expect.stringContaining('volume "models" has the image "b:latest"'),
  ]);
});
