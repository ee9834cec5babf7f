import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App } from 'cdk8s';
import { AirflowChart, Distribution } from '../lib';
import { VARIANTS, variantsOf } from '../test/support/airflow-variants';
import { examples, prepareExample } from '../test/support/examples';
import { NO_CHARTS, realCharts, useHelmIn } from '../test/support/real-charts';
import { ROOT, synthFolder } from '../test/support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../test/support/temporary-folder';

// Writes the manifests of main.ts, of the examples and of every variant on every distribution into a folder. That of another version of the
// library beside it (`diff --recursive`) shows what a change of the code changes for users.

async function main(folder: string): Promise<void> {
  const charts = realCharts().map(({ name, distribution }) => ({ name, distribution: distribution() }));
  if (NO_CHARTS) process.stderr.write(`NOT WRITTEN: ${NO_CHARTS}\n`);
  for (const program of [{ name: 'main', folder: ROOT }, ...examples()]) {
    await prepareExample(program.folder);
    cpSync(await synthFolder(program.folder), join(folder, program.name), { recursive: true });
  }
  const working = temporaryFolder();
  useHelmIn(working);
  process.chdir(working);
  for (const { name, distribution } of [{ name: 'built-in', distribution: Distribution.builtIn() }, ...charts]) {
    for (const variant of name === 'built-in' ? Object.keys(VARIANTS) : variantsOf(name)) {
      const outdir = join(folder, name, variant);
      mkdirSync(outdir, { recursive: true });
      const app = new App({ outdir });
      new AirflowChart(app, 'airflow', { ...VARIANTS[variant], distribution });
      app.synth();
    }
  }
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('expected a folder to write to: npx tsx scripts/synth-variants.ts FOLDER');
main(resolve(folder)).finally(() => {
  process.chdir(ROOT);
  removeTemporaryFolders();
});
