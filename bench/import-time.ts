import { median, run } from './run';

const ROUNDS = 15;
const PACKAGES = ['cdk8s-plus-27', 'cdk8s-airflow'];
// In plain Node, as a compiled program does it; tsx would look at each file.
const PROGRAM = 'const start = performance.now(); require(process.argv[1]); console.log(performance.now() - start)';

/** `require` of the package as it is published, beside that of cdk8s-plus-27; in turns, so that both see the same machine. */
export function importTime(): string {
  run('npm', ['run', 'build']);
  const rounds = Array.from({ length: ROUNDS }, () => PACKAGES.map((name) => Number(run('node', ['--eval', PROGRAM, name]).stdout)));
  const [plus, ours] = PACKAGES.map((_, index) => median(rounds.map((round) => round[index])));
  return `## Importing the package

\`require\` in a new process, median of ${ROUNDS} rounds in turns. Both load cdk8s and constructs.

| package | ms | ratio |
| --- | ---: | ---: |
| cdk8s-plus-27 | ${plus.toFixed(0)} | 1 |
| cdk8s-airflow | ${ours.toFixed(0)} | ${(ours / plus).toFixed(2)} |

Goal: at most 1.2 times as long.
`;
}
