import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..');

/** Run a command to its end; what it printed, and the seconds that it took. */
export function run(
  command: string,
  args: readonly string[],
  cwd = ROOT,
  env: NodeJS.ProcessEnv = {},
): { stdout: string; seconds: number } {
  const start = performance.now();
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', ...env } });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${result.stderr}`);
  return { stdout: result.stdout, seconds: (performance.now() - start) / 1000 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Do something in a temporary folder that has the project's files of these names, and its packages. */
export function inCopy<Result>(files: { readonly [name: string]: string }, work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-airflow-bench-'));
  try {
    for (const [name, source] of Object.entries(files)) cpSync(join(ROOT, source), join(folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
