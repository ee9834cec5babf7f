import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testHelm } from '../test/support/helm';
import type { Measurement } from './programs/measure';
import { inCopy, median, run } from './run';

const ROUNDS = 5;
const LOCKED = [10, 100, 200];
const PROGRAM = 'bench/programs/helm-charts.ts';

/** HelmChartInclude beside helm itself, and beside the Helm construct of cdk8s: the same chart, values and helm, in turns. */
export function helmCharts(): string {
  const title = '## Helm charts\n';
  const chart = officialChart();
  if (!chart) return `${title}\nNot measured: AIRFLOW_CHARTS names no folder with airflow-<version>.tgz, the official chart.\n`;
  const files = { bench: 'bench', lib: 'lib', test: 'test', 'tsconfig.json': 'tsconfig.json', 'package.json': 'package.json' };
  return inCopy(files, (folder) => {
    const measure = (how: string, count: number): Measurement => {
      const { stdout } = run('node', ['--import', 'tsx', PROGRAM, how, `${count}`, chart], folder, {
        HELM_BIN: testHelm(),
        XDG_CACHE_HOME: join(folder, 'cache'),
      });
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    };
    const cold = (count: number): Measurement => {
      rmSync(join(folder, 'helm.lock'), { recursive: true, force: true });
      return measure('ours', count);
    };
    const inTurns = (measures: readonly (() => Measurement)[]) => {
      const rounds = Array.from({ length: ROUNDS }, () => measures.map((each) => each().milliseconds));
      return measures.map((_, index) => median(rounds.map((round) => round[index])));
    };
    cold(1); // helm's version is then known
    const [helm, peerOfOne, one, locked] = inTurns([
      () => measure('helm', 1),
      () => measure('cdk8s', 1),
      () => cold(1),
      () => measure('ours', 1),
    ]);
    const [peerOfTen, ten] = inTurns([() => measure('cdk8s', 10), () => cold(10)]);
    const memory = LOCKED.map((count) => {
      measure('ours', count); // writes the locks that are missing
      return { count, ...measure('ours', count) };
    });
    const line = (what: string, milliseconds: number, peer: string, ofPeer: number, goal: string) =>
      `| ${what} | ${milliseconds.toFixed(0)} | ${peer} | ${ofPeer.toFixed(0)} | ${(milliseconds / ofPeer).toFixed(2)} | ${goal} |`;
    return `${title}
The official chart (${chart.split('/').at(-1)}), build and synth of an app, median of ${ROUNDS} rounds in turns with \`helm template\` and the \`Helm\`
construct of cdk8s. "Cold" is without the lock: the chart is then rendered, and searched for what it makes anew each time.

| | ms | beside it | ms | ratio | goal |
| --- | ---: | --- | ---: | ---: | ---: |
${line('cold, one release', one, '`helm template`', helm, '2')}
${line('with the lock, one release', locked, '`helm template`', helm, '0.5')}
${line('cold, one release', one, '`Helm` of cdk8s', peerOfOne, '0.75')}
${line('cold, ten releases', ten, '`Helm` of cdk8s', peerOfTen, '0.45')}

| releases, locked | ms | memory, MB |
| ---: | ---: | ---: |
${memory.map(({ count, milliseconds, residentBytes }) => `| ${count} | ${milliseconds.toFixed(0)} | ${(residentBytes / 1e6).toFixed(0)} |`).join('\n')}

Goal: memory linear, under 1 GiB with 200 releases.
`;
  });
}

function officialChart(): string | undefined {
  const folder = process.env.AIRFLOW_CHARTS;
  if (!folder || !existsSync(folder)) return undefined;
  const archives = readdirSync(folder).filter((name) => /^airflow-\d.*\.tgz$/.test(name));
  return archives.length > 0 ? join(folder, archives.sort().at(-1) as string) : undefined;
}
