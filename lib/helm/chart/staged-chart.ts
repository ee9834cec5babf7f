import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ChartError } from '../chart-error';
import { temporaryFolder } from '../run/temporary-folder';
import type { ChartFiles } from './chart-files';
import type { Probe } from './probe';

const folders = new Map<string, string>();

/**
 * The path of a folder with the files of a chart and some more, for helm to read: what helm renders is what was read and what the lock's
 * digest stands for, whatever becomes of the chart meanwhile. The same is written once in a program.
 * @param added texts by their path in the chart.
 * @param probe how the templates are to be changed.
 */
export function stagedChart(chart: ChartFiles, added: { readonly [path: string]: string } = {}, probe?: Probe): string {
  const key = JSON.stringify([chart.digest, added, probe?.name]);
  const staged = folders.get(key);
  if (staged && existsSync(staged)) return staged;
  const folder = mkdtempSync(join(temporaryFolder(), 'chart-'));
  try {
    const files = probe ? [...chart.changed(probe.change), ...Object.entries(probe.files)] : [...chart.all];
    const all = [...files, ...Object.entries(added)].map(([path, content]) => ({ file: join(folder, path), content }));
    for (const made of new Set(all.map(({ file }) => dirname(file)))) mkdirSync(made, { recursive: true });
    for (const { file, content } of all) writeFileSync(file, content, { flag: 'wx' });
  } catch (error) {
    throw new ChartError(`the chart can't be written for helm to read it: ${(error as Error).message}`);
  }
  folders.set(key, folder);
  return folder;
}
