import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { helmCharts } from './helm-charts';
import { importTime } from './import-time';
import { manyCharts } from './many-charts';
import { ROOT } from './run';
import { synthTime } from './synth-time';
import { timeToFirstDag } from './time-to-first-dag';

async function main(): Promise<void> {
  const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`;
  const parts = [
    '# Benchmarks\n',
    `\`npm run bench\` writes this page. Last run: ${new Date().toISOString().slice(0, 10)}, on ${machine}.\n`,
    synthTime(),
    importTime(),
    manyCharts(),
    helmCharts(),
    await timeToFirstDag(),
  ];
  writeFileSync(join(ROOT, 'bench/README.md'), parts.join('\n'));
  process.stdout.write(`${parts.join('\n')}\n`);
}

main().catch((error) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
