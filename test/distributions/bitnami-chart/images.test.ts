import type { Json } from '../../../lib/kubernetes/json';
import { propsAt } from '../../support/props-at';
import { AIRFLOW_2, bitnamiErrors, bitnamiRelease, bitnamiValues } from './release';

const DIGEST = `sha256:${'0'.repeat(64)}`;

test('the images are those of the chart, and it looks whether they are', () => {
  // WHEN
  const { image, postgresql, redis, global } = bitnamiValues();

  // THEN
  expect([image, postgresql.image, redis.image]).toEqual([{ pullSecrets: [] }, {}, {}]);
  expect(global).toBeUndefined();
});

test.each([
  ['docker.io/bitnami/airflow', { registry: 'docker.io', repository: 'bitnami/airflow' }],
  ['registry.example.com:5000/team/airflow', { registry: 'registry.example.com:5000', repository: 'team/airflow' }],
  ['localhost/airflow', { registry: 'localhost', repository: 'airflow' }],
  ['bitnamilegacy/airflow', { repository: 'bitnamilegacy/airflow' }],
])('%s is a registry and a repository to the chart, which is told that it is meant', (repository, expected) => {
  // WHEN
  const { image, global } = bitnamiValues({ allComponents: { image: { repository } } });

  // THEN
  expect(image).toEqual({ ...expected, pullSecrets: [] });
  expect(global.security.allowInsecureImages).toBe(true);
});

test('tag, digest, pull policy and pull secrets go with it, those of git-sync included', () => {
  // GIVEN
  const image = { tag: '3.0.5-mine', digest: DIGEST, pullPolicy: 'Always', pullSecrets: ['mine'] };
  const dags = [{ url: 'https://gitlab.example.com/team/etl.git' }];

  // WHEN
  const values = bitnamiValues({ allComponents: { image }, dags, gitSync: { image: { pullSecrets: ['git'] } } });

  // THEN
  expect(values.image).toEqual({ ...image, pullSecrets: ['mine', 'git'] });
  expect(values.global).toBeUndefined();
});

test('legacyImages moves every image of the chart, with the tags of the chart', () => {
  // WHEN
  const values = bitnamiValues({}, { legacyImages: true });

  // THEN
  const repositories = repositoriesIn(values);
  expect(repositories).toContain('bitnamilegacy/airflow');
  expect(repositories).toContain('bitnamilegacy/postgresql');
  expect(repositories).toContain('bitnamilegacy/redis');
  expect(repositories.filter((repository) => !repository.startsWith('bitnamilegacy/'))).toEqual([]);
  expect(values.image.tag).toBeUndefined();
  expect(values.global.security.allowInsecureImages).toBe(true);
});

test('an image that the user names is not moved', () => {
  // WHEN
  const values = bitnamiValues({ allComponents: { image: { repository: 'registry.example.com/airflow' } } }, { legacyImages: true });

  // THEN
  expect(values.image).toMatchObject({ registry: 'registry.example.com', repository: 'airflow' });
  expect(values.redis.image.repository).toBe('bitnamilegacy/redis');
});

test.each(['apiServer', 'scheduler', 'dagProcessor', 'triggerer', 'executor.workers'])('%s can not have an image of its own', (prop) => {
  // WHEN
  const errors = bitnamiErrors(propsAt(prop, { image: { tag: '3.0.5' } }));

  // THEN
  expect(errors).toEqual([`[airflow/airflow] ${prop}.image: the Bitnami chart has one image for all components; use allComponents.image`]);
});

test('the version of Airflow is that of the image', () => {
  // WHEN
  const errors = bitnamiErrors({ airflowVersion: '3.1.0' });

  // THEN
  expect(errors).toEqual([
    '[airflow/airflow] airflowVersion: the Bitnami chart has an image of its own for each of its versions; use allComponents.image.tag',
  ]);
});

test.each(['3.1.0', '3', '2.11.0-debian-12-r3'])('the chart reads the version of Airflow from the tag %s', (tag) => {
  // WHEN
  const errors = bitnamiErrors({ allComponents: { image: { tag } } });

  // THEN
  expect(errors).toEqual([]);
});

test.each(['mine', 'v3.1.0', '4.0.0', '31'])('from the tag %s it would not', (tag) => {
  // WHEN
  const errors = bitnamiErrors({ allComponents: { image: { tag } } });

  // THEN
  expect(errors).toEqual([
    `[airflow/airflow] allComponents.image.tag: "${tag}" given; expected one that begins with the version of Airflow, from which the Bitnami chart reads it, as in "3.0.5-debian-12-r0"`,
  ]);
});

test('the chart for Airflow 2 does not look at the tag, but is not for Airflow 3', () => {
  // WHEN
  const [mine, three] = ['mine', '3.1.0'].map((tag) => bitnamiErrors({ allComponents: { image: { tag } } }, AIRFLOW_2));

  // THEN
  expect(mine).toEqual([]);
  expect(three).toEqual([
    '[airflow/airflow] allComponents.image.tag: "3.1.0" given; expected Airflow 2, which this version of the Bitnami chart is for',
  ]);
});

test('with an image of Airflow 2 the newer chart gets what Airflow 2 asks for', () => {
  // WHEN
  const { setupDBJob, web } = bitnamiValues({
    allComponents: { image: { tag: '2.10.5-debian-12-r0' } },
    ingress: { host: 'a.example.com' },
  });

  // THEN
  expect(web.args).toBeUndefined();
  expect(web.customReadinessProbe.httpGet.path).toBe('/health');
  expect(setupDBJob.podLabels).toEqual({});
});

test.each([
  ['none', undefined, 'docker.io/library/python:3.13.12-slim-bookworm'],
  ['a tag', { tag: '3.0.5' }, 'docker.io/library/python:3.13.12-slim-bookworm'],
  ['a whole image', { repository: 'registry.example.com/airflow', tag: '3.0.5' }, 'registry.example.com/airflow:3.0.5'],
])('with %s given, the Job that makes Secrets runs in the image that is known', (_what, image, expected) => {
  // WHEN
  const { chart } = bitnamiRelease({ allComponents: { image } });

  // THEN
  const job = chart.airflow.find('Job', 'airflow-credentials').toJson();
  expect(job.spec.template.spec.containers[0].image).toBe(expected);
});

function repositoriesIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => (key === 'repository' ? [`${field}`] : repositoriesIn(field)));
}
