import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_CHARTS, putIntoCache, type RealChart, realCharts, useHelmIn } from './real-charts';
import { ROOT } from './synth';
import { temporaryFolder } from './temporary-folder';

const FOLDER = join(ROOT, 'examples');
const CHART = /Distribution\.(official|bitnami)Chart\(\{\s*version: '([\d.]+)'/;

export interface Example {
  /** As `examples/quickstart`. */
  readonly name: string;
  readonly folder: string;
}

/** The examples in TypeScript that can be synthesised here. Why another one can't is told. */
export function examples(): Example[] {
  return readdirSync(FOLDER)
    .sort()
    .map((name) => ({ name: `examples/${name}`, folder: join(FOLDER, name) }))
    .filter(({ folder }) => existsSync(join(folder, 'main.ts')))
    .filter(({ name, folder }) => {
      const chart = chartOf(folder);
      if (!chart || findChart(chart)) return true;
      process.stderr.write(`\nNOT TRIED: ${name}: ${NO_CHARTS ?? `there is no ${chart} in AIRFLOW_CHARTS`}\n`);
      return false;
    });
}

/** Put the chart of an example, if it has one, to where synth finds it without the network. */
export async function prepareExample(folder: string): Promise<void> {
  const chart = chartOf(folder);
  if (!chart) return;
  useHelmIn(temporaryFolder());
  await putIntoCache(findChart(chart) as RealChart);
}

/** As `official-1.20.0`. */
function chartOf(folder: string): string | undefined {
  const program = join(folder, 'main.ts');
  const [, maker, version] = (existsSync(program) && CHART.exec(readFileSync(program, 'utf8'))) || [];
  return maker && `${maker}-${version}`;
}

function findChart(name: string): RealChart | undefined {
  return realCharts().find((chart) => chart.name === name);
}
