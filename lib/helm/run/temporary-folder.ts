import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ChartError } from '../chart-error';

/** How the names of folders of programs begin. What a killed program has left is removed by the next. */
export const FOLDER_PREFIX = join(tmpdir(), 'cdk8s-airflow-helm-');

let folder: string | undefined;

/** A folder of the program's own, which nobody else can read. It is removed when the program ends. */
export function temporaryFolder(): string {
  // Another program may have taken it for one that was left.
  if (folder && existsSync(folder)) return folder;
  const made = newFolder();
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}

function newFolder(): string {
  try {
    return mkdtempSync(FOLDER_PREFIX);
  } catch (error) {
    throw new ChartError(
      `${dirname(FOLDER_PREFIX)} can't be written: ${(error as Error).message}; TMPDIR names another folder for temporary files`,
    );
  }
}
