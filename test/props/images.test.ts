import { Construct } from 'constructs';
import { Images, type ImagesProps } from '../../lib/props/images';
import { PropValidator } from '../../lib/validation/prop-validator';
import { airflowErrors, synthAirflow, synthErrors } from '../support/synth-objects';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const AIRFLOW = { repository: 'docker.io/apache/airflow', tag: '3.3.2' };
const DAGS = [{ url: 'https://gitlab.example.com/team/dags.git' }];

function withImages<Result>(props: ImagesProps, ask: (images: Images) => Result): Result {
  let result: Result | undefined;
  const errors = synthErrors((app) => {
    result = ask(new Images(new PropValidator(new Construct(app, 'images')), props));
  });
  expect(errors).toEqual([]);
  return result as Result;
}

test.each([
  ['docker.io/apache/airflow', 'registry.example.com/mirror/apache/airflow'],
  ['docker.io/library/postgres', 'registry.example.com/mirror/library/postgres'],
  ['registry.k8s.io/git-sync/git-sync', 'registry.example.com/mirror/git-sync/git-sync'],
  ['localhost:5000/airflow', 'registry.example.com/mirror/airflow'],
])('%s is %s in a registry of one’s own', (repository, expected) => {
  // WHEN
  const image = withImages({ registry: 'registry.example.com/mirror' }, (images) => images.of({ repository, tag: '1.2' }, { tag: '1.3' }));

  // THEN
  expect(image).toMatchObject({ repository: expected, tag: '1.3' });
});

test('an image that the user names stays where it is', () => {
  // GIVEN
  const given = { repository: 'docker.io/team/airflow', tag: '1.2' };

  // WHEN
  const [image, ofChart] = withImages({ registry: 'localhost:5000' }, (images) => [
    images.of(AIRFLOW, given, { tag: '1.3' }),
    images.ofChart('docker.io/bitnami/airflow', given),
  ]);

  // THEN
  expect(image).toEqual({ repository: 'docker.io/team/airflow', tag: '1.3' });
  expect(ofChart).toEqual(given);
});

test('a pin is the digest of one image, whatever registry it comes from', () => {
  // GIVEN
  const props = { registry: 'registry.example.com', pins: { 'docker.io/apache/airflow:3.3.2': DIGEST } };

  // WHEN
  const [pinned, other] = withImages(props, (images) => [images.of(AIRFLOW), images.of(AIRFLOW, { tag: '3.3.1' })]);

  // THEN
  expect(pinned).toEqual({ repository: 'registry.example.com/apache/airflow', tag: '3.3.2', digest: DIGEST });
  expect(other.digest).toBeUndefined();
});

test('of an image of a chart a pin says the tag too, unless the user says another', () => {
  // GIVEN
  const repository = 'docker.io/bitnami/airflow';
  const props = { pins: { [`${repository}:3.0.5-debian-12-r0`]: DIGEST } };

  // WHEN
  const [pinned, same, other] = withImages(props, (images) => [
    images.ofChart(repository),
    images.ofChart(repository, { tag: '3.0.5-debian-12-r0' }),
    images.ofChart(repository, { tag: '3.0.4' }),
  ]);

  // THEN
  expect(pinned).toEqual({ tag: '3.0.5-debian-12-r0', digest: DIGEST });
  expect(same).toEqual(pinned);
  expect(other).toEqual({ tag: '3.0.4' });
});

test('all pods of a deployment have the registry, the pins and the Secrets, Jobs included', () => {
  // GIVEN
  const registry = 'registry.example.com/mirror';
  const pins = { 'docker.io/library/redis:7.4.9-bookworm': DIGEST };

  // WHEN
  const objects = synthAirflow({ dags: DAGS, images: { registry, pins, pullSecrets: ['login'] } });

  // THEN
  const pods = Object.values(objects.podTemplates());
  const images: string[] = pods.flatMap(({ spec }) => [...(spec.initContainers ?? []), ...spec.containers]).map(({ image }) => image);
  expect(images.filter((image) => !image.startsWith(`${registry}/`))).toEqual([]);
  expect(images).toContain(`${registry}/library/redis:7.4.9-bookworm@${DIGEST}`);
  expect(images).toContain(`${registry}/git-sync/git-sync:v4.7.1`);
  expect(pods.map(({ spec }) => spec.imagePullSecrets)).toEqual(pods.map(() => [{ name: 'login' }]));
});

test.each(['https://registry.example.com', 'registry.example.com/', 'mirror', 'harbor/mirror', 'Registry example'])(
  'the registry %s is an error',
  (registry) => {
    // WHEN
    const errors = airflowErrors({ dags: DAGS, images: { registry } });

    // THEN
    expect(errors).toEqual([
      `[airflow/airflow] images.registry: "${registry}" given; expected a registry, and a path if there is one, as in "registry.example.com/mirror"`,
    ]);
  },
);

test('a pin of an image that there is not, and one that is no digest, are errors', () => {
  // WHEN
  const errors = airflowErrors({ images: { pins: { 'docker.io/apache/airflow:3.3.1': DIGEST, 'docker.io/apache/airflow:3.3.2': '3' } } });

  // THEN
  expect(errors).toEqual([
    '[airflow/airflow] images.pins["docker.io/apache/airflow:3.3.2"]: "3" given; expected "sha256:" and 64 hexadecimal digits',
    expect.stringContaining(
      'images.pins["docker.io/apache/airflow:3.3.1"]: "docker.io/apache/airflow:3.3.1" given; there is no such image; there is: docker.io/apache/airflow:3.3.2, ',
    ),
  ]);
});

test('a Secret that can’t be one is told once', () => {
  // WHEN
  const errors = airflowErrors({ dags: DAGS, images: { pullSecrets: ['A B'] } });

  // THEN
  expect(errors).toEqual([expect.stringContaining('images.pullSecrets[0]: "A B" given; expected a DNS name')]);
});
