import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ChartError } from '../chart-error';
import type { FileBudget } from './file-budget';

/**
 * The files of a chart in a folder by their path. Links are followed, but not out of the folder.
 * @param name what the folder is, for errors.
 */
export function readFolder(path: string, name: string, budget: FileBudget): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const root = realpathSync(path);

  const readAll = (folder: string, pathInChart: string, parents: readonly string[]) => {
    for (const entry of readdirSync(folder)) {
      if (entry === '.git') continue; // it changes with each commit
      read(join(folder, entry), `${pathInChart}${entry}`, [...parents, folder]);
    }
  };
  const read = (link: string, pathInChart: string, parents: readonly string[]) => {
    budget.takeFile();
    const file = lstatSync(link).isSymbolicLink() ? followed(link, pathInChart) : link;
    const stat = statSync(file);
    if (stat.isDirectory()) {
      if (parents.includes(file)) throw new ChartError(`${name}: the link ${pathInChart} leads in a circle`);
      readAll(file, `${pathInChart}/`, parents);
    } else if (stat.isFile()) {
      budget.takeBytes(stat.size);
      files.set(pathInChart, readFileSync(file));
    } else throw new ChartError(`${name}: ${pathInChart} is neither a file nor a folder`);
  };
  const followed = (link: string, pathInChart: string) => {
    const target = realpathSync(link);
    if (`${target}${sep}`.startsWith(`${root}${sep}`)) return target;
    throw new ChartError(`${name}: the link ${pathInChart} leads out of the chart's folder`);
  };

  readAll(root, '', []);
  return files;
}
