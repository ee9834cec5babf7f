import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Json } from '../../kubernetes/json';
import { ChartError } from '../chart-error';
import { nameBeforeHash } from '../plain/job-names';
import type { PlainObject } from '../plain/plain-objects';
import type { Difference } from '../plain/random-values';
import { writeAtomically } from '../run/write-atomically';
import { sidesOfConflict } from './merge-conflict';
import { type LockedInputs, lockedInputs, type RenderInputs } from './render-inputs';

/** What a chart was rendered from, and what came of it. */
export interface LockFile {
  readonly inputs: LockedInputs;
  readonly objects: readonly PlainObject[];
  /** What a user should know of them. */
  readonly warnings: readonly string[];
}

const TITLE = 'The objects of a Helm chart, as cdk8s-airflow has rendered them. Commit this file, and let synth alone change it.';

/** One side of a conflict that git has left in a lock. */
export interface LockSide extends LockFile {
  readonly text: string;
  /** Whether it is as synth has written it: git may have put changes of the other side between. */
  readonly isWhole: boolean;
}

/**
 * The lock in a file, or undefined if there is none.
 * @param resolve chooses one of two between which git has left a conflict.
 */
export function readLock(path: string, resolve: (sides: readonly LockSide[]) => LockFile): LockFile | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const sides = sidesOfConflict(text)?.map(parseSide);
  if (sides) {
    const known = sides.filter((side) => side !== undefined);
    if (known.length === 2) return resolve(known);
    throw new ChartError(
      `${path}: git has left a conflict in it; take one side (\`git checkout --ours -- ${path}\`, or --theirs), and synth writes what is right`,
    );
  }
  const lock = parseSide(text);
  if (lock?.isWhole) return { inputs: lock.inputs, objects: lock.objects, warnings: lock.warnings };
  throw new ChartError(
    `${path}: something else than synth has changed it, or cut it short; expected it as it was written: ` +
      `\`git checkout -- ${path}\` brings it back. Without it synth makes it anew, and new values in the place of those that it keeps (keepFirstValueOf)`,
  );
}

function parseSide(text: string): LockSide | undefined {
  try {
    // Some editors put a mark of the encoding before it.
    const { digest, ...content } = JSON.parse(text.replace(/^\ufeff/, ''));
    const objects = content.objects.map(({ source, manifest }: Json) => ({ manifest, baseName: nameBeforeHash(manifest), source }));
    return { inputs: content.inputs, objects, warnings: content.warnings ?? [], text, isWhole: digest === digestOf(content) };
  } catch {
    return undefined;
  }
}

/** Put the side of a conflict that was chosen in the place of both. */
export function writeSide(path: string, { text }: LockSide): void {
  writeText(path, text);
}

function writeText(path: string, text: string): void {
  try {
    writeAtomically(path, text, 0o666);
  } catch (error) {
    throw new ChartError(
      `${path}: the lock can't be written: ${(error as Error).message}; expected a lockFolder that can be written, or there the lock ` +
        'that synth has written elsewhere',
    );
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ChartError(
      `${path}: the lock can't be read: ${(error as Error).message}; expected a file there, or nothing, in a lockFolder that is one`,
    );
  }
}

/**
 * Write a lock. A file that has the same bytes already is left alone.
 * @param differences in what two renders of the inputs differ: none may be in a Secret, since its value would be in git.
 */
export function writeLock(
  path: string,
  inputs: RenderInputs,
  { objects, warnings }: Pick<LockFile, 'objects' | 'warnings'>,
  differences: readonly Difference[],
): void {
  const secret = differences.find(({ secrecy }) => secrecy !== undefined);
  if (secret)
    throw new Error(`${path}: ${secret.kind}/${secret.name} has a random value of a Secret, which may not get into a render lock`);
  const kept = objects.map(({ source, manifest }) => ({ source, manifest }));
  const content = { title: TITLE, inputs: lockedInputs(inputs), ...(warnings.length > 0 && { warnings }), objects: kept };
  const text = `${JSON.stringify({ ...content, digest: digestOf(content) }, undefined, 2)}\n`;
  if (text !== readIfThere(path)) writeText(path, text);
}

/** Of what is said, not of how it is set: git may have given the file the line ends of Windows. */
function digestOf(content: Json): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
