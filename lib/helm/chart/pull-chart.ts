import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '../../kubernetes/hash';
import { ChartError } from '../chart-error';
import { cacheFolder } from '../run/cache-folder';
import { startHelm } from '../run/helm-runner';
import type { ChartSource, HelmChart } from './helm-chart';

const TIMEOUT_MS = 120_000;
const MAX_BYTES = 1024 * 1024;

/** Fetch a chart from a repository or a registry into the user's cache, unless it is there; the path of the .tgz file. */
export function pullChart(helm: string, chart: HelmChart): string {
  const source = chart._describe();
  const charts = join(cacheFolder(), 'charts');
  const folder = join(charts, hashOf(source));
  const kept = archiveIn(folder);
  if (kept) return kept;

  const own = newFolderIn(charts);
  try {
    run(helm, ['pull', `--destination=${own}`, ...pullArgs(helm, source)]);
    moveUnlessThere(own, folder);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  const pulled = archiveIn(folder);
  if (!pulled) throw new ChartError(`helm pull has left no .tgz file of ${JSON.stringify(source)}`);
  return pulled;
}

/** What to pull. A repository that the user has added to helm is called by its name there: helm has its login and certificates. */
function pullArgs(helm: string, source: ChartSource): string[] {
  if (source.kind === 'oci') return [`--version=${source.version}`, '--', source.reference];
  if (source.kind !== 'repository') throw new Error(`a ${source.kind} is not pulled`);
  const repository = addedRepositories(helm).find(({ url }) => sameUrl(url, source.url));
  if (!repository) return [`--version=${source.version}`, `--repo=${source.url}`, '--', source.name];
  run(helm, ['repo', 'update', '--', repository.name]);
  return [`--version=${source.version}`, '--', `${repository.name}/${source.name}`];
}

function addedRepositories(helm: string): { readonly name: string; readonly url: string }[] {
  try {
    return JSON.parse(run(helm, ['repo', 'list', '--output=json']));
  } catch {
    return []; // helm 3 ends with an error where there is none
  }
}

function sameUrl(one: string, other: string): boolean {
  return one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
}

function run(helm: string, args: readonly string[]): string {
  return startHelm({ helm, args, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }).wait();
}

function archiveIn(folder: string): string | undefined {
  try {
    const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    return file && join(folder, file);
  } catch {
    return undefined;
  }
}

function newFolderIn(charts: string): string {
  try {
    mkdirSync(charts, { recursive: true, mode: 0o700 });
    return mkdtempSync(join(charts, '.pull-'));
  } catch (error) {
    throw new ChartError(`${charts} can't be written: ${(error as Error).message}; XDG_CACHE_HOME names another folder for caches`);
  }
}

/** Somebody else may have pulled the same at the same time. */
function moveUnlessThere(own: string, folder: string): void {
  try {
    renameSync(own, folder);
  } catch (error) {
    if (!archiveIn(folder)) throw error;
  }
}
