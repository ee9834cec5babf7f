import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '../../kubernetes/hash';
import { ChartError } from '../chart-error';
import { cacheFolder } from '../run/cache-folder';
import { startHelm } from '../run/helm-runner';
import { type Remedies, withRemedy } from '../run/remedy';
import type { ChartSource, HelmChart } from './helm-chart';

const MAX_BYTES = 1024 * 1024;

/** helm that fetches something, or tells where from. */
type Run = (args: readonly string[]) => string;

/**
 * Fetch a chart from a repository or a registry into the user's cache, unless it is there; the path of the .tgz file.
 * @param timeoutMs how long each command may take.
 */
export function pullChart(helm: string, chart: HelmChart, timeoutMs: number): string {
  const source = chart._describe();
  const charts = join(cacheFolder(), 'charts');
  const folder = join(charts, hashOf(source));
  const kept = archiveIn(folder);
  if (kept) return kept;

  const run: Run = (args) => startHelm({ helm, args, timeoutMs, maxBytes: MAX_BYTES }).wait();
  const own = newFolderIn(charts);
  try {
    run(['pull', `--destination=${own}`, ...chart._pullFlags(), ...pullArgs(run, source)]);
    moveUnlessThere(own, folder);
  } catch (error) {
    throw withRemedy(error, remediesOf(source));
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  const pulled = archiveIn(folder);
  if (!pulled) throw new ChartError(`helm pull has left no .tgz file of ${JSON.stringify(source)}`);
  return pulled;
}

/** What to pull. A repository that the user has added to helm is called by its name there: helm has its login and certificates. */
function pullArgs(run: Run, source: ChartSource): string[] {
  if (source.kind === 'oci') return [`--version=${source.version}`, '--', source.reference];
  if (source.kind !== 'repository') throw new Error(`a ${source.kind} is not pulled`);
  const repository = addedRepositories(run).find(({ url }) => sameUrl(url, source.url));
  if (!repository) return [`--version=${source.version}`, `--repo=${source.url}`, '--', source.name];
  run(['repo', 'update', '--', repository.name]);
  return [`--version=${source.version}`, '--', `${repository.name}/${source.name}`];
}

function addedRepositories(run: Run): { readonly name: string; readonly url: string }[] {
  try {
    return JSON.parse(run(['repo', 'list', '--output=json']));
  } catch {
    return []; // helm 3 ends with an error where there is none
  }
}

function sameUrl(one: string, other: string): boolean {
  return one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
}

/** What helm says of a fetch that fails names no way out. */
function remediesOf(source: ChartSource): Remedies {
  return [
    [
      /\b40[13]\b|unauthorized|denied: |credential not found/i,
      source.kind === 'oci'
        ? `expected a login: \`helm registry login ${source.reference.split('/')[2]}\` on the machine that renders`
        : 'expected a login: `helm repo add --username … --password-stdin NAME URL` on the machine that renders',
    ],
    [
      /read-only file system|permission denied/i,
      'expected folders that helm can write: HELM_CACHE_HOME, HELM_CONFIG_HOME and HELM_DATA_HOME name others',
    ],
    [/certificate|x509/i, 'expected the certificate of who has signed it, by caFile of the chart'],
    [/server gave HTTP response to HTTPS client/i, 'expected plainHttp: true, for a registry without TLS'],
    [
      /not found|no chart version|no such host|timeout|refused/i,
      'expected a chart, a version and an address that are there; with the render lock in git, synth needs none of them',
    ],
  ];
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
