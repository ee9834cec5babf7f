import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ChartError } from '../chart-error';
import type { FileBudget } from './file-budget';
import { helmIgnore } from './helm-ignore';

/**
 * The files of a chart in a folder by their path, without those that helm leaves out. Links are followed, out of the folder too, as helm does.
 * @param name what the folder is, for errors.
 */
export function readFolder(path: string, name: string, budget: FileBudget): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const root = realpathSync(path);
  const isIgnored = helmIgnore(ignoreFileOf(root));

  const readAll = (folder: string, pathInChart: string, parents: readonly string[]) => {
    for (const entry of readdirSync(folder)) {
      if (entry === '.git') continue; // it changes with each commit
      read(join(folder, entry), `${pathInChart}${entry}`, [...parents, folder]);
    }
  };
  const read = (link: string, pathInChart: string, parents: readonly string[]) => {
    const isLink = lstatSync(link).isSymbolicLink();
    if (isLink && isIgnored(pathInChart, false)) return; // it may lead nowhere, as those that editors make
    const file = isLink ? followed(link, pathInChart) : link;
    const stat = statSync(file);
    if (isIgnored(pathInChart, stat.isDirectory())) return;
    budget.takeFile();
    if (stat.isDirectory()) {
      if (parents.includes(file)) throw new ChartError(`${name}: the link ${pathInChart} leads in a circle`);
      readAll(file, `${pathInChart}/`, parents);
    } else if (stat.isFile()) {
      budget.takeBytes(stat.size);
      files.set(pathInChart, readFileSync(file));
    } else throw new ChartError(`${name}: ${pathInChart} is neither a file nor a folder`);
  };
  const followed = (link: string, pathInChart: string) => {
    try {
      return realpathSync(link);
    } catch (error) {
      throw new ChartError(
        `${name}: the link ${pathInChart} leads nowhere (${(error as NodeJS.ErrnoException).code}); expected it to lead to a file, or a line of .helmignore that leaves it out`,
      );
    }
  };

  readAll(root, '', []);
  return files;
}

function ignoreFileOf(folder: string): string {
  try {
    return readFileSync(join(folder, '.helmignore'), 'utf8');
  } catch {
    return '';
  }
}
