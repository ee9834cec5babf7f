import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ChartError } from '../chart-error';
import { nameBeforeHash } from '../plain/job-names';
import type { PlainObject } from '../plain/plain-objects';
import type { Difference } from '../plain/random-values';
import { dumpYaml, readDumpedYaml } from './plain-yaml';
import { type LockedInputs, lockedInputs, type RenderInputs } from './render-inputs';
import { writeAtomically } from './write-atomically';

/** What a chart was rendered from, and what came of it. */
export interface LockFile {
  readonly inputs: LockedInputs;
  readonly objects: readonly PlainObject[];
}

const TITLE = '# The objects of a Helm chart, as cdk8s-airflow has rendered them. Commit this file, and let synth alone change it.\n';
const DIGEST = /^digest: "([0-9a-f]{64})"\n/;
const DOCUMENT_START = /^---\n/m;
const SOURCE = /^# Source: (.*)\n/;

/** The lock in a file, or undefined if there is none. */
export function readLock(path: string): LockFile | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  // Git may have given it the line ends of Windows; in a text of several lines there are none.
  const written = text.replaceAll('\r\n', '\n').replace(TITLE, '');
  const [firstLine, digest] = DIGEST.exec(written) ?? [''];
  const content = written.slice(firstLine.length);
  if (digest !== digestOf(content)) {
    throw new ChartError(
      `${path}: something else than synth has changed it, or cut it short; expected it as it was written. Delete it to have it made anew`,
    );
  }
  const [head, ...documents] = content.split(DOCUMENT_START);
  return { inputs: readDumpedYaml(head).inputs, objects: documents.map(readObject) };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ChartError(`${path}: the lock can't be read: ${(error as Error).message}`);
  }
}

function readObject(document: string): PlainObject {
  const [comment, source] = SOURCE.exec(document) ?? ['', ''];
  const manifest = readDumpedYaml(document.slice(comment.length));
  return { manifest, baseName: nameBeforeHash(manifest), source };
}

/**
 * Write a lock. A file that has the same bytes already is left alone.
 * @param differences in what two renders of the inputs differ: none may be in a Secret, since its value would be in git.
 */
export function writeLock(path: string, inputs: RenderInputs, objects: readonly PlainObject[], differences: readonly Difference[]): void {
  const secret = differences.find(({ isSecret }) => isSecret);
  if (secret)
    throw new Error(`${path}: ${secret.kind}/${secret.name} has a random value of a Secret, which may not get into a render lock`);
  const documents = objects.map(({ manifest, source }) => `---\n# Source: ${source}\n${dumpYaml(manifest)}`);
  const content = dumpYaml({ inputs: lockedInputs(inputs) }) + documents.join('');
  const text = `${TITLE}digest: "${digestOf(content)}"\n${content}`;
  if (text !== readIfThere(path)) writeAtomically(path, text, 0o666);
}

function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
