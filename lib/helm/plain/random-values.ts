import type { Json } from '../../kubernetes/json';
import { differingPaths, type Path, pathText, valueAt } from '../../kubernetes/object-path';
import { isJob } from './job-names';
import { objectsById } from './object-id';
import type { PlainObject } from './plain-objects';
import { repeatsSecret } from './repeated-secrets';

/** A value that the chart makes anew in each render. The value itself is not in here. */
export interface Difference {
  readonly kind: string;
  /** The name of the object, of a Job that without the hash. */
  readonly name: string;
  readonly path: Path;
  /** The template that makes the object. */
  readonly source: string;
  /** Whether it is in a Secret, or repeats what is in one. */
  readonly isSecret: boolean;
  /** Whether it is a checksum, which only follows from other values. */
  readonly isConsequence: boolean;
}

const NAME = 'metadata.name';

/**
 * Where two renders with the same inputs differ: first what is in Secrets, last what follows from the rest.
 * @param secrets what the chart makes anew in all of its Secrets, those too that are not among the objects.
 */
export function findDifferences(first: readonly PlainObject[], second: readonly PlainObject[], secrets: readonly string[]): Difference[] {
  const [ofFirst, ofSecond] = [objectsById(first), objectsById(second)];
  const differences = [
    ...[...ofFirst].flatMap(([id, object]) => differencesOf(object, ofSecond.get(id), secrets)),
    ...[...ofSecond].flatMap(([id, object]) => (ofFirst.has(id) ? [] : differencesOf(object, undefined, secrets))),
  ];
  return differences.sort((a, b) => rank(a) - rank(b));
}

function differencesOf(
  { manifest, baseName, source }: PlainObject,
  counterpart: PlainObject | undefined,
  secrets: readonly string[],
): Difference[] {
  const paths = counterpart ? differingPaths(manifest, counterpart.manifest) : [NAME.split('.')];
  return (
    paths
      // The hash in the name of a Job follows from what differs in the Job.
      .filter((path) => !(counterpart && isJob(manifest) && pathText(path) === NAME))
      .map((path) => {
        const repeats = repeatsSecret(valueAt(manifest, path), valueAt(counterpart?.manifest, path), secrets);
        const isSecret = manifest.kind === 'Secret' || repeats;
        return { kind: manifest.kind, name: baseName, path, source, isSecret, isConsequence: !isSecret && isChecksum(manifest, path) };
      })
  );
}

/** A checksum of a Secret that is left out may be kept: nobody can compute the value from it, which is not in the cluster either. */
function isChecksum(manifest: Json, path: Path): boolean {
  const [parent, key] = path.slice(-2);
  return parent === 'annotations' && /checksum|digest|hash|sha/i.test(`${key}`) && /^[0-9a-f]{32,}$/.test(valueAt(manifest, path));
}

function rank({ isSecret, isConsequence }: Difference): number {
  return isSecret ? 0 : isConsequence ? 2 : 1;
}

/**
 * What remains if the first values of some objects (`Kind/name`) are kept. What is in a Secret can't be, nor an object whose name is new
 * each time. Where nothing remains but what follows from kept values, that is kept with them.
 */
export function notKept(differences: readonly Difference[], keep: readonly string[]): Difference[] {
  const open = differences.filter((each) => !isKeepable(each) || !keep.includes(`${each.kind}/${each.name}`));
  return open.every(({ isConsequence }) => isConsequence) ? [] : open;
}

function isKeepable({ isSecret, path }: Difference): boolean {
  return !isSecret && pathText(path) !== NAME;
}

/** What differs, where the chart makes it, and what would do. No value is shown. */
export function describeDifferences(differences: readonly Difference[]): string {
  const origins = differences.filter(({ isConsequence }) => !isConsequence);
  const consequences = differences.filter(({ isConsequence }) => isConsequence);
  const remedies = [
    'give the values that pin them, such as the name of a Secret that is there',
    `leave the objects out by exclude: ${entries(origins)}`,
    ...(origins.some(isKeepable)
      ? [`keep the first values in the render lock by keepFirstValueOf: ${entries(origins.filter(isKeepable))}`]
      : []),
  ];
  return [
    'the chart makes some values anew in each render, so that each synth would change them in the cluster:',
    ...lines(origins),
    ...(consequences.length > 0 ? ['and, following from them:', ...lines(consequences)] : []),
    `expected one of these: ${remedies.join('; or ')}`,
  ].join('\n');
}

function lines(differences: readonly Difference[]): string[] {
  const paths = new Map<string, string[]>();
  for (const { kind, name, path, source, isSecret } of differences) {
    const object = `${kind}/${name} (${source})`;
    const field = isSecret && kind !== 'Secret' ? `${pathText(path)} (as in a Secret)` : pathText(path);
    paths.set(object, [...(paths.get(object) ?? []), field]);
  }
  return [...paths].map(([object, texts]) => `  ${object}: ${texts.join(', ')}`);
}

function entries(differences: readonly Difference[]): string {
  const names = new Set(differences.map(({ kind, name }) => `'${kind}/${name}'`));
  return `[${[...names].join(', ')}]`;
}
