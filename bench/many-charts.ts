import type { Measurement } from './programs/measure';
import { inCopy, median, run } from './run';

const COUNTS = [1, 10, 200];
const ROUNDS = 3;

/** 1, 10 and 200 AirflowCharts in one app, beside the same objects given to cdk8s as they are. */
export function manyCharts(): string {
  const rows = inCopy(
    { bench: 'bench', lib: 'lib', dist: 'dist', 'tsconfig.json': 'tsconfig.json', 'package.json': 'package.json' },
    (folder) => {
      const program = (name: string, count: number) => {
        const { stdout } = run('node', ['--import', 'tsx', `bench/programs/${name}.ts`, `${count}`, 'dist'], folder);
        return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measurement;
      };
      return COUNTS.map((count) => {
        const rounds = Array.from({ length: ROUNDS }, () => [program('many-charts', count), program('many-plain-charts', count)]);
        return [0, 1].map((index) => ({
          milliseconds: median(rounds.map((round) => round[index].milliseconds)),
          residentBytes: median(rounds.map((round) => round[index].residentBytes)),
        }));
      });
    },
  );
  const [[oneOurs, onePlain]] = rows;
  const line = ([ours, plain]: Measurement[], index: number) => {
    const count = COUNTS[index];
    const each = (all: Measurement, one: Measurement) =>
      count > 1 ? (all.milliseconds - one.milliseconds) / (count - 1) : all.milliseconds;
    const [a, b] = [each(ours, oneOurs), each(plain, onePlain)];
    const cells = [count, a.toFixed(1), b.toFixed(1), (a / b).toFixed(2), megabytes(ours), megabytes(plain)];
    return `| ${cells.join(' | ')} |`;
  };
  return `## Many charts in one app

Build and synth, median of ${ROUNDS} processes each. Beside it the same objects, given to cdk8s as they are: what cdk8s takes to write them.
From 10 charts on the time is that of each chart after the first, whose process is still cold.

| charts | ms each | ms each, plain cdk8s | ratio | memory, MB | memory, plain cdk8s, MB |
| ---: | ---: | ---: | ---: | ---: | ---: |
${rows.map(line).join('\n')}

Goal: 10 ms each after the first, memory linear.
`;
}

function megabytes({ residentBytes }: Measurement): string {
  return (residentBytes / 1e6).toFixed(0);
}
