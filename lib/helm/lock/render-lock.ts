import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Json } from '../../kubernetes/json';
import { ChartError } from '../chart-error';
import { nameBeforeHash } from '../plain/job-names';
import type { PlainObject } from '../plain/plain-objects';
import type { Difference } from '../plain/random-values';
import { writeAtomically } from '../run/write-atomically';
import { type LockedInputs, lockedInputs, type RenderInputs } from './render-inputs';

/** What a chart was rendered from, and what came of it. */
export interface LockFile {
  readonly inputs: LockedInputs;
  readonly objects: readonly PlainObject[];
}

const TITLE = 'The objects of a Helm chart, as cdk8s-airflow has rendered them. Commit this file, and let synth alone change it.';

/** The lock in a file, or undefined if there is none. */
export function readLock(path: string): LockFile | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const { digest, ...content } = parse(text);
  if (digest !== digestOf(content)) {
    throw new ChartError(
      `${path}: something else than synth has changed it, or cut it short; expected it as it was written. Delete it to have it made anew`,
    );
  }
  const objects = content.objects.map(({ source, manifest }: Json) => ({ manifest, baseName: nameBeforeHash(manifest), source }));
  return { inputs: content.inputs, objects };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ChartError(`${path}: the lock can't be read: ${(error as Error).message}`);
  }
}

/** What is no JSON is no lock. */
function parse(text: string): Json {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/**
 * Write a lock. A file that has the same bytes already is left alone.
 * @param differences in what two renders of the inputs differ: none may be in a Secret, since its value would be in git.
 */
export function writeLock(path: string, inputs: RenderInputs, objects: readonly PlainObject[], differences: readonly Difference[]): void {
  const secret = differences.find(({ isSecret }) => isSecret);
  if (secret)
    throw new Error(`${path}: ${secret.kind}/${secret.name} has a random value of a Secret, which may not get into a render lock`);
  const kept = objects.map(({ source, manifest }) => ({ source, manifest }));
  const content = { title: TITLE, inputs: lockedInputs(inputs), objects: kept };
  const text = `${JSON.stringify({ ...content, digest: digestOf(content) }, undefined, 2)}\n`;
  if (text !== readIfThere(path)) writeAtomically(path, text, 0o666);
}

/** Of what is said, not of how it is set: git may have given the file the line ends of Windows. */
function digestOf(content: Json): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
