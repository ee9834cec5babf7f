import type { Finding } from './finding';
import type { Manifests } from './manifests';

const REMEDY = 'expected one with a version that stays, as "docker.io/apache/airflow:3.3.2"';
const PATH_PART = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*';
/** `registry:port/path:tag@digest`. A colon before a slash belongs to the registry. */
const REFERENCE = new RegExp(
  `^(?:[a-zA-Z0-9][-a-zA-Z0-9.]*(?::\\d+)?/)?${PATH_PART}(?:/${PATH_PART})*` +
    '(?::(\\w[\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?$',
);
/** Airflow has tags such as `slim-latest` and `latest-python3.12` too. */
const MOVING_TAG = /(^|-)latest($|-)/;

/** Tags of Docker's official images that name a major version alone, as `redis:7`, follow all that come after; of others nobody can tell. */
const OFFICIAL_MAJOR = /^(?:docker\.io\/library\/|docker\.io\/(?=[^/]+$)|(?=[^/]+$))[^/]+:\d+(?:-[a-z]+)*$/;

/** Every image is pinned by a tag or a digest. */
export function checkImages(manifests: Manifests): Finding[] {
  const findings: Finding[] = [];
  for (const { object, spec, containers } of manifests.checkedPods) {
    const images = containers.map(({ name, image }) => ({ place: `container "${name}"`, image }));
    for (const { name, image } of spec.volumes ?? []) if (image) images.push({ place: `volume "${name}"`, image: image.reference });
    for (const { place, image } of images) {
      const problem = whatIsWrong(image);
      if (problem) findings.push({ object, problem: `${place} ${problem}`, remedy: REMEDY });
    }
  }
  return findings;
}

function whatIsWrong(image: unknown): string | undefined {
  if (typeof image !== 'string') return 'has no image';
  const match = REFERENCE.exec(image);
  if (!match) return `has "${image}", which is not the reference of an image`;
  const [, tag, digest] = match;
  if (digest) return undefined;
  if (tag === undefined) return `has the image "${image}" without a tag, which means latest`;
  if (OFFICIAL_MAJOR.test(image)) return `has the image "${image}", whose tag moves to each new version, so that two pods may differ`;
  return MOVING_TAG.test(tag) ? `has the image "${image}", whose tag stands for another image each time` : undefined;
}
