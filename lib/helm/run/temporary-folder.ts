import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the names of folders of programs begin. What a killed program has left is removed by the next. */
export const FOLDER_PREFIX = join(tmpdir(), 'cdk8s-airflow-helm-');

let folder: string | undefined;

/** A folder of the program's own, which nobody else can read. It is removed when the program ends. */
export function temporaryFolder(): string {
  // Another program may have taken it for one that was left.
  if (folder && existsSync(folder)) return folder;
  const made = mkdtempSync(FOLDER_PREFIX);
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}
