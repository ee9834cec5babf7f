import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testHelm } from '../test/support/helm';
import type { Measurement } from './programs/measure';
import { inCopy, median, run } from './run';

const ROUNDS = 5;
const LOCKED = [10, 100, 200];
const PROGRAM = 'bench/programs/helm-charts.ts';

/** HelmChartInclude beside the Helm construct of cdk8s: the same chart, values and helm, in turns. */
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
    const cold = (how: string, count: number): Measurement => {
      rmSync(join(folder, 'helm.lock'), { recursive: true, force: true });
      return measure(how, count);
    };
    const row = (count: number, isLocked: boolean) => {
      const rounds = Array.from({ length: ROUNDS }, () => {
        const peer = measure('cdk8s', count);
        const once = cold('ours-once', count);
        const twice = cold('ours', count);
        return [peer, once, twice, ...(isLocked ? [measure('ours', count)] : [])];
      });
      return rounds[0].map((_, index) => median(rounds.map((round) => round[index].milliseconds)));
    };
    cold('ours', 1); // helm's version is then known
    const [peerOfOne, onceOne, twiceOne, locked] = row(1, true);
    const [peerOfTen, onceTen, twiceTen] = row(10, false);
    const memory = LOCKED.map((count) => {
      measure('ours-once', count); // writes the locks that are missing
      return { count, ...measure('ours-once', count) };
    });
    const line = (what: string, milliseconds: number, peer: number, goal = '') =>
      `| ${what} | ${milliseconds.toFixed(0)} | ${peer.toFixed(0)} | ${(milliseconds / peer).toFixed(2)} | ${goal} |`;
    return `${title}
The official chart (${chart.split('/').at(-1)}), build and synth of an app, median of ${ROUNDS} rounds in turns with the \`Helm\` construct of cdk8s.
"Cold" is without the lock. The second render, which finds what a chart makes anew each time, is made when a lock is written.

| | ms | ms, cdk8s | ratio | goal |
| --- | ---: | ---: | ---: | ---: |
${line('cold, one release', onceOne, peerOfOne, '0.8')}
${line('cold, ten releases', onceTen, peerOfTen, '0.5')}
${line('cold, one release, with the second render', twiceOne, peerOfOne)}
${line('cold, ten releases, with the second render', twiceTen, peerOfTen)}
${line('with the lock, one release', locked, peerOfOne, '0.15')}

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
