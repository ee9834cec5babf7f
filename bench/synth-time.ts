import { inCopy, median, run } from './run';

const ROUNDS = 7;
const SHARED = { 'cdk8s.yaml': 'cdk8s.yaml', 'tsconfig.json': 'tsconfig.json', 'package.json': 'package.json' };

/** `npx cdk8s synth` of main.ts, beside the same of an empty cdk8s app; in turns, so that both see the same machine. */
export function synthTime(): string {
  const [ours, empty] = inCopy({ ...SHARED, 'main.ts': 'main.ts', 'requirements.txt': 'requirements.txt', lib: 'lib' }, (main) =>
    inCopy({ ...SHARED, 'main.ts': 'bench/programs/empty.ts' }, (peer) => {
      const seconds: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        for (const [index, folder] of [main, peer].entries()) seconds[index].push(run('npx', ['cdk8s', 'synth'], folder).seconds);
      }
      return seconds.map(median);
    }),
  );
  return `## One synth

\`npx cdk8s synth\`, median of ${ROUNDS} rounds in turns.

| program | seconds | ratio |
| --- | ---: | ---: |
| an empty cdk8s app | ${empty.toFixed(2)} | 1 |
| main.ts | ${ours.toFixed(2)} | ${(ours / empty).toFixed(2)} |

Goal: at most 1.3 times as long.
`;
}
