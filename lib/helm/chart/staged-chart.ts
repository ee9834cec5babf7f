import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '../../kubernetes/hash';
import { ChartError, throwAll } from '../chart-error';
import { temporaryFolder } from '../run/temporary-folder';
import type { ChartFiles } from './chart-files';
import { packChart } from './pack-chart';
import type { Probe } from './probe';

const MAX_FILE_BYTES = 5 * 1024 ** 2;

/**
 * The path of an archive with the files of a chart and some more, for helm to read: what helm renders is what was read and what the lock's
 * digest stands for, whatever becomes of the chart meanwhile. The same is written once in a program.
 * @param added texts by their path in the chart.
 * @param probe how the templates are to be changed.
 */
export function stagedChart(chart: ChartFiles, added: { readonly [path: string]: string } = {}, probe?: Probe): string {
  const archive = join(temporaryFolder(), `chart-${hashOf([chart.digest, added, probe?.name ?? ''])}.tgz`);
  if (existsSync(archive)) return archive;
  const files = probe ? chart.changed(probe.change, probe.name !== 'proof') : chart.all;
  throwAll([...files].flatMap(([path, content]) => refused(path, content)));
  const texts = Object.entries({ ...probe?.files, ...added });
  try {
    writeFileSync(archive, packChart(new Map([...files, ...texts.map(([path, text]): [string, Buffer] => [path, Buffer.from(text)])])));
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
