import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App } from 'cdk8s';
import { parse } from 'yaml';
import { runOrThrow } from './process';

export const ROOT = resolve(__dirname, '../..');

const folders: string[] = [];

/** A new folder, which `removeTemporaryFolders` removes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-airflow-'));
  folders.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Run the program of a folder as `cdk8s synth` does, by the command in its cdk8s.yaml; the folder with the manifests. */
export async function synthFolder(folder: string): Promise<string> {
  const outdir = join(temporaryFolder(), 'dist');
  const { app } = parse(readFileSync(join(folder, 'cdk8s.yaml'), 'utf8'));
  await runOrThrow('sh', ['-c', app], { cwd: folder, env: { CDK8S_OUTDIR: outdir } });
  return outdir;
}

/** Synthesise main.ts, word for word, with other requirements beside it. */
export async function synthMain(requirements: string): Promise<string> {
  const copy = temporaryFolder();
  for (const name of ['main.ts', 'cdk8s.yaml', 'package.json', 'tsconfig.json']) cpSync(join(ROOT, name), join(copy, name));
  for (const name of ['lib', 'imports', 'node_modules']) {
    if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(copy, name));
  }
  writeFileSync(join(copy, 'requirements.txt'), requirements);
  return synthFolder(copy);
}

/** Synthesise what a test builds itself. */
export function synthApp(build: (app: App) => void): string {
  const outdir = join(temporaryFolder(), 'dist');
  mkdirSync(outdir);
  const app = new App({ outdir });
  build(app);
  app.synth();
  return outdir;
}
