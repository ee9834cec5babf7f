import type { Json } from '../../kubernetes/json';
import { yamlOfJson } from '../../kubernetes/yaml-writer';
import { ChartError } from '../chart-error';
import { helmEnvironment } from './helm-environment';
import { type HelmOutcome, HelmThread } from './helm-thread';
import { maskSecrets } from './mask';

/** What helm is to do. */
export interface HelmCommand {
  /** The path of helm. */
  readonly helm: string;
  /** The command, as `template`, flags as `--name=value`, then `--` and what is no flag. */
  readonly args: readonly string[];
  /** Values of the chart. They reach helm by its input, and are in no file. */
  readonly values?: Json;
  /** After how many milliseconds helm, and what it has started, is stopped. */
  readonly timeoutMs: number;
  /** After how many bytes of output it is stopped. */
  readonly maxBytes: number;
}

/** A helm that runs in the background. */
export interface HelmRun {
  /** What it has printed; waits for its end. Throws a ChartError that tells why it has failed. */
  wait(): string;
}

/** Start helm, at most as many at once as there are cores. */
export function startHelm(command: HelmCommand): HelmRun {
  const { values, ...job } = command;
  const thread = HelmThread.get();
  const id = thread.start({ ...job, env: helmEnvironment(), ...(values !== undefined && { values: yamlOfJson(values) }) });
  let outcome: HelmOutcome | undefined;
  return {
    wait: () => {
      outcome ??= thread.wait(id);
      const problem = problemOf(command, outcome);
      if (problem === undefined) return outcome.stdout;
      throw new ChartError(maskSecrets(problem, values));
    },
  };
}

/** Of flags of helm, which nobody gives here. */
const ADVICE = /^\s*Use --debug flag.*$/gm;

function problemOf({ helm, args, timeoutMs, maxBytes }: HelmCommand, outcome: HelmOutcome): string | undefined {
  const { code, killedBy, stopped, error, stderr } = outcome;
  if (code === 0 && !stopped) return undefined;
  if (error) return `${helm} can't be run: ${error}`;
  const message = stderr.replace(ADVICE, '').trim();
  const said = message && `:\n${message}`;
  if (stopped === 'size') return `helm ${args[0]} has more than ${maxBytes / 1024 ** 2} MiB to say, and was stopped${said}`;
  if (stopped === 'timeout') return `helm ${args[0]} was not done after ${timeoutMs / 1000} s, and was stopped${said}`;
  return `helm ${args[0]} ended with ${killedBy ?? code}${said}`;
}
