import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type * as Tar from 'tar';
import { ChartError } from '../chart-error';
import type { FileBudget } from './file-budget';

interface Entry {
  readonly path: string;
  /** Where a link leads. */
  readonly target?: string;
  readonly chunks: Buffer[];
}

/**
 * The files of a packed chart by their path below the chart's own folder, as helm reads them. Nothing is written anywhere.
 * @param name what the archive is, for errors.
 */
export function readArchive(bytes: Buffer, name: string, budget: FileBudget): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const { path, target, chunks } of readTar(unzip(bytes, name, budget), name, budget)) {
    const inChart = pathInChart(path);
    if (inChart === undefined) throw new ChartError(`${name}: the entry ${JSON.stringify(path)} lies outside of the chart's folder`);
    if (target !== undefined && pathInChart(target) === undefined) {
      throw new ChartError(`${name}: the link ${JSON.stringify(path)} leads out of the chart's folder`);
    }
    if (files.has(inChart)) throw new ChartError(`${name}: the entry ${JSON.stringify(path)} is in it twice`);
    // As helm does, a link is taken for an empty file: it is not followed.
    files.set(inChart, Buffer.concat(chunks));
  }
  return files;
}

function unzip(bytes: Buffer, name: string, budget: FileBudget): Buffer {
  let unzipped: Buffer | undefined;
  try {
    unzipped = gunzipSync(bytes, { maxOutputLength: budget.archiveBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') budget.tooLarge();
  }
  // Without the mark of a tar file in its place, tar would look for other compressions.
  if (unzipped?.toString('latin1', 257, 262) !== 'ustar') throw new ChartError(`${name}: no whole .tgz file, as \`helm package\` makes it`);
  return unzipped;
}

function readTar(bytes: Buffer, name: string, budget: FileBudget): Entry[] {
  const { list }: typeof Tar = require('tar'); // loaded when it is first needed
  const entries: Entry[] = [];
  const onReadEntry = (entry: Tar.ReadEntry) => {
    budget.takeFile();
    if (entry.type === 'Directory') return;
    const chunks: Buffer[] = [];
    entries.push({ path: entry.path, target: targetOf(entry), chunks });
    entry.on('data', (chunk) => {
      budget.takeBytes(chunk.length);
      chunks.push(chunk);
    });
  };
  try {
    list({ sync: true, strict: true, onReadEntry }).end(bytes);
  } catch (error) {
    if (error instanceof ChartError) throw error;
    throw new ChartError(`${name}: no whole tar file: ${(error as Error).message}`);
  }
  return entries;
}

function targetOf({ type, path, linkpath = '' }: Tar.ReadEntry): string | undefined {
  if (type === 'Link') return linkpath;
  if (type !== 'SymbolicLink') return undefined;
  return posix.isAbsolute(linkpath) ? linkpath : posix.join(posix.dirname(path), linkpath);
}

/** The path below the chart's folder, which is the first part; undefined if it lies outside. */
function pathInChart(path: string): string | undefined {
  const [folder, ...parts] = path.replaceAll('\\', '/').split('/');
  const inChart = parts.filter((part) => part !== '' && part !== '.');
  if (folder === '' || folder.includes(':') || [folder, ...parts].includes('..') || inChart.length === 0) return undefined;
  return inChart.join('/');
}
