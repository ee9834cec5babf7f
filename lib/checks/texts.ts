import type { Json } from '../kubernetes/json';
import { type Path, pathText } from '../kubernetes/object-path';
import type { Finding } from './finding';
import type { Manifests } from './manifests';

/** Half of a surrogate pair, which UTF-8 has no form for. */
const HALF = /\p{Cs}/u;

/** Every text, and every key, is such that a file can hold it. */
export function checkTexts(manifests: Manifests): Finding[] {
  return manifests.checked
    .filter(({ manifest }) => hasHalf(manifest))
    .flatMap((object) =>
      halvesIn(object.manifest, []).map((path) => ({
        object,
        problem: `the text at ${pathText(path)} has half of a surrogate pair in it, which is no character`,
        remedy: 'expected whole characters',
      })),
    );
}

function hasHalf(value: Json): boolean {
  if (typeof value === 'string') return HALF.test(value);
  if (Array.isArray(value)) return value.some(hasHalf);
  return typeof value === 'object' && value !== null && Object.keys(value).some((key) => HALF.test(key) || hasHalf(value[key]));
}

function halvesIn(value: Json, path: Path): Path[] {
  if (typeof value === 'string') return HALF.test(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    return HALF.test(key) ? [place] : halvesIn(item, place);
  });
}
