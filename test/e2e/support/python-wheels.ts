import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../support/process';
import { temporaryFolder } from '../../support/temporary-folder';
import type { Wheel } from './wheel';

/** Wheels of Python packages from where this machine's pip finds them. */
export async function downloadWheels(packages: readonly string[]): Promise<Wheel[]> {
  const folder = temporaryFolder();
  const download = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', folder];
  const { code, stderr } = await run('python3', [...download, ...packages]);
  if (code !== 0) throw new Error(`${packages.join(', ')} can't be fetched: ${stderr}`);
  return readdirSync(folder).map((fileName) => ({ fileName, content: readFileSync(join(folder, fileName)) }));
}
