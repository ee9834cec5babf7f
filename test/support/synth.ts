import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App } from 'cdk8s';
import { parse } from 'yaml';
import { runOrThrow } from './process';
import { temporaryFolder } from './temporary-folder';

export const ROOT = resolve(__dirname, '../..');

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
