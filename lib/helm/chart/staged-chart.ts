import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '../../kubernetes/hash';
import type { Json } from '../../kubernetes/json';
import { textsIn } from '../../kubernetes/texts';
import { ChartError, throwAll } from '../chart-error';
import { temporaryFolder } from '../run/temporary-folder';
import type { ChartFiles } from './chart-files';
import { filesRead, isNeeded } from './files-read';
import { packChart } from './pack-chart';
import type { Probe } from './probe';

const MAX_FILE_BYTES = 5 * 1024 ** 2;

/** What is put into a chart, or left out of it, before helm reads it. */
export interface Staging {
  /** Texts by their path in the chart. */
  readonly added?: { readonly [path: string]: string };
  /** How the templates are to be changed. */
  readonly probe?: Probe;
  /** What a user gives the chart: texts in it may be templates too. */
  readonly values?: Json;
}

/**
 * The path of an archive with the files of a chart that helm needs and some more, for helm to read: what helm renders is what was read and what
 * the lock's digest stands for, whatever becomes of the chart meanwhile. The same is written once in a program.
 */
export function stagedChart(chart: ChartFiles, { added = {}, probe, values }: Staging = {}): string {
  const ofValues = filesRead(textsIn(values));
  const read = chart.filesRead && ofValues && [...chart.filesRead, ...ofValues];
  const archive = join(temporaryFolder(), `chart-${hashOf([chart.digest, added, probe?.name ?? '', read ?? 'all'])}.tgz`);
  if (existsSync(archive)) return archive;
  const files = [...(probe ? chart.changed(probe.change, probe.name !== 'proof') : chart.all)];
  throwAll(files.flatMap(([path, content]) => refused(path, content)));
  const needed = files.filter(([path]) => isNeeded(path, read));
  const others = Object.entries({ ...probe?.files, ...added }).map(([path, text]): [string, Buffer] => [path, Buffer.from(text)]);
  try {
    writeFileSync(archive, packChart(new Map([...needed, ...others])));
  } catch (error) {
    throw new ChartError(`the chart can't be written for helm to read it: ${(error as Error).message}`);
  }
  return archive;
}

/** helm says of an archive no more than that it can't load it. */
function refused(path: string, { length }: Buffer): string[] {
  const problems = [
    ...(length > MAX_FILE_BYTES ? [`larger than ${MAX_FILE_BYTES / 1024 ** 2} MiB`] : []),
    ...(/\\|^[a-z]:\//i.test(path) ? ['a name that is another path on Windows'] : []),
  ];
  return problems.map(
    (problem) => `the chart has a file that helm does not take, ${path}: ${problem}; expected a line of .helmignore that leaves it out`,
  );
}
