import type { Json } from '../../kubernetes/json';
import { differingPaths, type Path, pathText, valueAt } from '../../kubernetes/object-path';
import { isReferredTo, type NamedObject, referenceTo } from '../../kubernetes/object-reference';
import { isSecretName } from '../../validation/secret-words';
import { isJob } from './job-names';
import { objectId, objectsById } from './object-id';
import type { PlainObject } from './plain-objects';
import { repeatsSecret } from './repeated-secrets';

/** A value that the chart makes anew in each render. The value itself is not in here. */
export interface Difference {
  /** What tells the object from all others. */
  readonly id: string;
  /** How props call the object. */
  readonly reference: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  /** The name of the object, of a Job that without the hash. */
  readonly name: string;
  readonly path: Path;
  /** The template that makes the object. */
  readonly source: string;
  /** Why it may be in no lock: it is in a Secret, repeats what is in one, or has the name of a secret. */
  readonly secrecy?: 'Secret' | 'repeated' | 'named';
  /** Whether it looks like a checksum, which only follows from other values. */
  readonly isChecksum: boolean;
}

const NAME = 'metadata.name';
/** `checksum/secret` is of a secret, and none. */
const CHECKSUM = /checksum|digest|hash|sha(?:1|256|512)/i;

/**
 * Where two renders with the same inputs differ: first what is in Secrets, last what follows from the rest.
 * @param secrets what the chart makes anew in all of its Secrets, those too that are not among the objects.
 */
export function findDifferences(first: readonly PlainObject[], second: readonly PlainObject[], secrets: readonly string[]): Difference[] {
  const [ofFirst, ofSecond] = [objectsById(first), objectsById(second)];
  const named = [...new Map([...ofFirst, ...ofSecond]).values()].map(({ manifest, baseName }) => ({ manifest, name: baseName }));
  const differences = [
    ...[...ofFirst].flatMap(([id, object]) => differencesOf(object, ofSecond.get(id), secrets, named)),
    ...[...ofSecond].flatMap(([id, object]) => (ofFirst.has(id) ? [] : differencesOf(object, undefined, secrets, named))),
  ];
  return differences.sort((a, b) => rank(a) - rank(b));
}

function differencesOf(
  { manifest, baseName, source }: PlainObject,
  counterpart: PlainObject | undefined,
  secrets: readonly string[],
  named: readonly NamedObject[],
): Difference[] {
  const paths = counterpart ? differingPaths(manifest, counterpart.manifest) : [NAME.split('.')];
  return (
    paths
      // The hash in the name of a Job follows from what differs in the Job.
      .filter((path) => !(counterpart && isJob(manifest) && pathText(path) === NAME))
      .map((path) => {
        const secrecy = secrecyOf(manifest, counterpart?.manifest, path, secrets);
        const isChecksum = secrecy === undefined && isDigest(manifest, path);
        const { apiVersion, kind, metadata } = manifest;
        const [id, reference] = [objectId(manifest, baseName), referenceTo({ manifest, name: baseName }, named)];
        return { id, reference, apiVersion, kind, namespace: metadata.namespace, name: baseName, path, source, secrecy, isChecksum };
      })
  );
}

function secrecyOf(manifest: Json, counterpart: Json, path: Path, secrets: readonly string[]): Difference['secrecy'] {
  if (manifest.kind === 'Secret') return 'Secret';
  const [value, other] = [valueAt(manifest, path), valueAt(counterpart, path)];
  if (repeatsSecret(value, other, secrets)) return 'repeated';
  if (isDigest(manifest, path) && CHECKSUM.test(`${path.at(-1)}`)) return undefined;
  return namesOf(manifest, value, other, path).some(isSecretName) ? 'named' : undefined;
}

/** By what somebody calls a value: its key, the name of the variable, or what stands before it in the lines of a text. */
function namesOf(manifest: Json, value: Json, counterpart: Json, path: Path): string[] {
  const key = path.at(-1) === 'value' ? valueAt(manifest, [...path.slice(0, -1), 'name']) : path.at(-1);
  const others = new Set(`${counterpart}`.split('\n'));
  const lines = typeof value === 'string' ? value.split('\n').filter((line) => !others.has(line)) : [];
  const inLines = lines.flatMap((line) => [...line.matchAll(/([A-Za-z][\w.-]*)["']?\s*[:=]/g)].map(([, name]) => name));
  return typeof key === 'string' ? [key, ...inLines] : inLines;
}

/** An annotation with nothing but the digest of a hash function in it. */
function isDigest(manifest: Json, path: Path): boolean {
  const value = valueAt(manifest, path);
  return path.at(-2) === 'annotations' && typeof value === 'string' && /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}

function rank({ secrecy, isChecksum }: Difference): number {
  return secrecy ? 0 : isChecksum ? 2 : 1;
}

/**
 * What remains if the first values of some objects (`Kind/name`, or with more, as for `isReferredTo`) are kept. What is secret can't be, nor an object whose name is new each
 * time. Checksums follow from what is kept, or left out; where nothing is, they are what the chart makes anew.
 * @param fromOthers whether something that is left out differs too.
 */
export function notKept(differences: readonly Difference[], keep: readonly string[], fromOthers: boolean): Difference[] {
  const open = differences.filter((each) => !isKeepable(each) || !keep.some((entry) => isOf(entry, each)));
  const canFollow = fromOthers || open.length < differences.length;
  return canFollow && open.every(({ isChecksum }) => isChecksum) ? [] : open;
}

function isOf(entry: string, { apiVersion, kind, namespace, name }: Difference): boolean {
  return isReferredTo(entry, { apiVersion, kind, metadata: { namespace } }, name);
}

function isKeepable({ secrecy, path }: Difference): boolean {
  return !secrecy && pathText(path) !== NAME;
}

/** What differs, where the chart makes it, and what would do. No value is shown. */
export function describeDifferences(differences: readonly Difference[]): string {
  const hasOthers = differences.some(({ isChecksum }) => !isChecksum);
  const origins = hasOthers ? differences.filter(({ isChecksum }) => !isChecksum) : differences;
  const consequences = hasOthers ? differences.filter(({ isChecksum }) => isChecksum) : [];
  // What is secret in an object is open, whatever else of it is kept.
  const unkept = origins.filter((each) => !isKeepable(each)).map(({ reference }) => reference);
  const keepable = origins.filter(({ reference }) => !unkept.includes(reference));
  const remedies = [
    'give the values that pin them, such as the name of a Secret that is there',
    `leave the objects out by exclude: ${entries(origins)}`,
    ...(keepable.length > 0 ? [`keep the first values in the render lock by keepFirstValueOf: ${entries(keepable)}`] : []),
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
  for (const { reference, path, source, secrecy } of differences) {
    const object = `${reference} (${source})`;
    const note = { Secret: '', repeated: ' (as in a Secret)', named: ' (a secret by its name)' };
    const field = pathText(path) + (secrecy ? note[secrecy] : '');
    paths.set(object, [...(paths.get(object) ?? []), field]);
  }
  return [...paths].map(([object, texts]) => `  ${object}: ${texts.join(', ')}`);
}

function entries(differences: readonly Difference[]): string {
  const references = new Set(differences.map(({ reference }) => `'${reference}'`));
  return `[${[...references].join(', ')}]`;
}
