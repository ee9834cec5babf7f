import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Distribution, HelmChart } from '../../lib';
import { readChart } from '../../lib/helm/chart/chart-files';
import { cacheFolder } from '../../lib/helm/run/cache-folder';
import { hashOf } from '../../lib/kubernetes/hash';
import { restoreEnvironment, setEnvironment } from './environment';
import { testHelm } from './helm';
import { runOrThrow } from './process';
import { removeTemporaryFolders, temporaryFolder } from './temporary-folder';

/** A real chart that Airflow can be deployed from. They are not in this repository: $AIRFLOW_CHARTS names a folder with some. */
export interface RealChart {
  /** As `official-1.20.0`. */
  readonly name: string;
  readonly path: string;
  readonly version: string;
  /** Airflow from this chart. */
  distribution(values?: { readonly [key: string]: unknown }): Distribution;
  /** Where its makers publish it. */
  readonly published: HelmChart;
}

/** Why tests with real charts do not run, or undefined if there are some. */
export const NO_CHARTS = process.env.AIRFLOW_CHARTS
  ? undefined
  : 'tests with real charts, as AIRFLOW_CHARTS names no folder with airflow-<version>.tgz (official) or bitnami-<version>/';

/** The charts in $AIRFLOW_CHARTS; if it is set there has to be one. */
export function realCharts(): RealChart[] {
  if (NO_CHARTS) return [];
  const folder = resolve(process.env.AIRFLOW_CHARTS ?? '');
  const charts = readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (/^airflow-\d.*\.tgz$/.test(name)) return [official(path)];
      return /^bitnami-\d/.test(name) ? [bitnami(path)] : [];
    });
  if (charts.length === 0)
    throw new Error(`there is no airflow-<version>.tgz and no bitnami-<version>/ in ${folder}, which AIRFLOW_CHARTS names`);
  return charts;
}

/** The charts in $AIRFLOW_CHARTS, which has to be set. */
export function neededCharts(): RealChart[] {
  if (NO_CHARTS) throw new Error(`asked for ${NO_CHARTS}`);
  return realCharts();
}

function official(path: string): RealChart {
  const { version } = readChart(path).metadata;
  return {
    name: `official-${version}`,
    path,
    version,
    distribution: (values) => Distribution.officialChart({ version, chart: HelmChart.archive(path), values }),
    published: HelmChart.repository({ url: 'https://airflow.apache.org', name: 'airflow', version }),
  };
}

function bitnami(path: string): RealChart {
  const { version } = readChart(path).metadata;
  return {
    name: `bitnami-${version}`,
    path,
    version,
    distribution: (values) => Distribution.bitnamiChart({ version, chart: HelmChart.folder(path), legacyImages: true, values }),
    published: HelmChart.oci('oci://registry-1.docker.io/bitnamicharts/airflow', version),
  };
}

/** Let synths of this process and of those that it starts find helm, and keep what they make in a folder of the test. */
export function useHelmIn(folder: string): void {
  setEnvironment({ XDG_CACHE_HOME: join(folder, 'cache'), HELM_BIN: testHelm(), CI: undefined });
}

/** Put a chart into the cache, as if it had been fetched from where it is published: tests have no network. */
export async function putIntoCache({ path, published }: RealChart): Promise<void> {
  const folder = join(cacheFolder(), 'charts', hashOf(published._describe()));
  mkdirSync(folder, { recursive: true });
  if (path.endsWith('.tgz')) await runOrThrow('cp', [path, folder]);
  else await runOrThrow(testHelm(), ['package', `--destination=${folder}`, path]);
}

/** Each test of the file in a temporary folder, with a cache of helm's of its own. */
export function inAFolderOfItsOwn(): void {
  const workingFolder = process.cwd();
  beforeEach(() => {
    const folder = temporaryFolder();
    process.chdir(folder);
    useHelmIn(folder);
  });
  afterEach(() => {
    process.chdir(workingFolder);
    restoreEnvironment();
    removeTemporaryFolders();
  });
}
