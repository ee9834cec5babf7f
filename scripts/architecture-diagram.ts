import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { readDeployment } from '../cli/graph/deployment';
import { toDot } from '../cli/graph/dot';
import { readManifests } from '../test/support/manifests';

// Draws what is in dist: to docs/architecture.svg, or to the file that is named.

const ROOT = resolve(__dirname, '..');

async function main(file = join(ROOT, 'docs/architecture.svg')): Promise<void> {
  const graphviz = await Graphviz.load();
  const dot = toDot(readDeployment(readManifests(join(ROOT, 'dist'))));
  writeFileSync(file, graphviz.layout(dot, 'svg', 'dot'));
}

main(process.argv[2]).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
