import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Write a file that readers see whole or not at all, whoever else writes it at the same time. Its folder is made where it is missing. */
export function writeAtomically(path: string, text: string, mode: number): void {
  const folder = dirname(path);
  // What only the user may read is in a folder that is the user's alone.
  mkdirSync(folder, { recursive: true, mode: mode === 0o600 ? 0o700 : 0o777 });
  const own = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(own, text, { mode, flag: 'wx' });
    renameSync(own, path);
  } catch (error) {
    rmSync(own, { force: true });
    throw error;
  }
}
