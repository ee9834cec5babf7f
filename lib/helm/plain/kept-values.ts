import type { Json } from '../../kubernetes/json';
import { differingPaths, pathText, valueAt, withValueAt } from '../../kubernetes/object-path';
import { isJob, repeatableJob } from './job-names';
import { objectId, objectsById } from './object-id';
import type { PlainObject } from './plain-objects';
import type { Difference } from './random-values';

/**
 * The objects of a render, with the values of the lock where the chart makes them anew each time, which a second render shows. In a text it
 * is the lines with such values alone, and they must stand between the same words: what else has changed is not lost.
 */
export function keepFirstValues(
  render: readonly PlainObject[],
  second: readonly PlainObject[],
  locked: readonly PlainObject[],
): PlainObject[] {
  const [inSecond, inLock] = [objectsById(second), objectsById(locked)];
  return [...objectsById(render)].map(([id, object]) => {
    const [other, earlier] = [inSecond.get(id)?.manifest, inLock.get(id)?.manifest];
    if (!other || !earlier || object.manifest.kind === 'Secret') return object;
    const paths = differingPaths(object.manifest, other);
    const keep = (manifest: Json, path: (typeof paths)[number]) =>
      withValueAt(manifest, path, keptValue(valueAt(manifest, path), valueAt(other, path), valueAt(earlier, path)));
    return { ...object, manifest: named(paths.reduce(keep, object.manifest), object.baseName) };
  });
}

function keptValue(first: Json, second: Json, locked: Json): Json {
  if (typeof locked !== typeof first || typeof first === 'object') return first;
  if (typeof first !== 'string') return locked;
  const [lines, otherLines, lockedLines] = [first, second, locked].map((text) => `${text}`.split('\n'));
  if (lines.length !== otherLines.length || lines.length !== lockedLines.length) return first;
  return lines.map((line, index) => keptLine(line, otherLines[index], lockedLines[index])).join('\n');
}

function keptLine(first: string, second: string, locked: string): string {
  if (first === second) return first;
  let [start, end] = [0, 0];
  while (first[start] === second[start]) start++;
  while (end < first.length - start && end < second.length - start && first.at(-1 - end) === second.at(-1 - end)) end++;
  // Whole words: two random ones may well begin with the same letter.
  const before = first.slice(0, start).replace(/[\w+/=]*$/, '');
  const after = first.slice(first.length - end).replace(/^[\w+/=]*/, '');
  const fits = locked.length >= before.length + after.length && locked.startsWith(before) && locked.endsWith(after);
  return fits ? locked : first;
}

/** What stands for a checksum of what is left out, as the chart makes another each time. */
const CHECKSUM = 'of-what-is-left-out';

/** The objects with one text for the checksums that differ: a pod can't follow what is not there. */
export function withoutChecksums(objects: readonly PlainObject[], differences: readonly Difference[]): PlainObject[] {
  const checksums = differences.filter(({ isChecksum }) => isChecksum);
  return objects.map((object) => {
    const own = checksums.filter(({ id }) => id === objectId(object.manifest, object.baseName));
    if (own.length === 0) return object;
    const manifest = own.reduce((changed: Json, { path }) => withValueAt(changed, path, CHECKSUM), object.manifest);
    return { ...object, manifest: named(manifest, object.baseName) };
  });
}

/** That pods are not replaced by such a checksum any more. */
export function checksumWarnings(differences: readonly Difference[]): string[] {
  return differences
    .filter(({ isChecksum }) => isChecksum)
    .map(
      ({ reference, path }) =>
        `${reference}: ${pathText(path)} is a checksum that follows from what is left out, and another in each render of the chart; ` +
        `"${CHECKSUM}" stands there instead, so that pods are not replaced when that changes`,
    );
}

/** What a Job does may have changed, and so its hash. */
function named(manifest: Json, baseName: string): Json {
  return isJob(manifest) ? repeatableJob({ ...manifest, metadata: { ...manifest.metadata, name: baseName } }) : manifest;
}
