import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { deployments } from './deployments';
import { helmCharts } from './helm-charts';
import { importTime } from './import-time';
import { manyCharts } from './many-charts';
import { ROOT } from './run';
import { synthTime } from './synth-time';

const PAGE = join(ROOT, 'bench/README.md');
const HEAD = `# Benchmarks

\`npm run bench\` writes this page, and \`npm run bench synth deployments\` these parts of it.

`;

/** In the order of the page. */
const PARTS = Object.entries<() => string | Promise<string>>({
  synth: synthTime,
  import: importTime,
  'many-charts': manyCharts,
  helm: helmCharts,
  deployments,
});

async function main(wanted: readonly string[]): Promise<void> {
  const names = PARTS.map(([name]) => name);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}; there is: ${names.join(', ')}`);
  for (const [index, [name, measure]] of PARTS.entries()) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const part = `${await measure()}\nMeasured on ${when()}.\n\n`;
    process.stdout.write(part);
    const [, ...parts] = readFileSync(PAGE, 'utf8').split(/^(?=## )/m);
    parts[index] = part;
    writeFileSync(PAGE, `${HEAD}${parts.join('')}`.trimEnd().concat('\n'));
  }
}

function when(): string {
  const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`;
  return `${new Date().toISOString().slice(0, 10)}, on ${machine}`;
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
