import { setTimeout as sleep } from 'node:timers/promises';
import { kubectl } from './objects/kubectl';
import { type Finding, findingLines } from './report/finding';
import { findingsOf } from './status/findings';
import { type Ask, hasAirflow, readLiving } from './status/living';
import { type Progress, progressLine, progressOf } from './status/progress';

export interface StatusOptions {
  readonly namespace: string;
  /** Only of this Airflow, if the namespace has several. */
  readonly name?: string;
  /** For how many seconds it is waited until all is ready. */
  readonly waitSeconds: number;
  readonly json?: boolean;
}

export interface Outcome {
  readonly text: string;
  /** 0: all is ready. 1: not yet. 2: something is not right, and will not be so by waiting. */
  readonly exitStatus: number;
}

const PAUSE_SECONDS = 3;

/**
 * How Airflow in a cluster is.
 * @param tell gets a line of how far it is, each time that has changed while it is waited for.
 */
export async function status(options: StatusOptions, tell: (line: string) => void, ask: Ask = kubectl): Promise<Outcome> {
  const { namespace, name, waitSeconds } = options;
  for (let waited = 0, told = ''; ; waited += PAUSE_SECONDS) {
    const living = readLiving(namespace, name, ask);
    if (!hasAirflow(living)) return outcome({ ready: 0, all: 0, waiting: [] }, [noAirflow(options)], options);
    const progress = progressOf(living);
    const findings = findingsOf(living);
    if (progress.waiting.length === 0 || waited >= waitSeconds) return outcome(progress, findings, options);
    const line = [progressLine(progress), ...findings.flatMap(findingLines)].join('\n');
    if (line !== told) tell(line);
    told = line;
    await sleep(PAUSE_SECONDS * 1000);
  }
}

function noAirflow({ namespace, name }: StatusOptions): Finding {
  const another = name === undefined ? '--namespace' : '--namespace and --name';
  return {
    object: `Namespace ${namespace}`,
    problem: `there is no Airflow${name === undefined ? '' : ` of the name ${name}`} in it`,
    wayOut: `apply the manifests, or name another by ${another}`,
    commands: ['kubectl get deployments --all-namespaces'],
  };
}

function outcome(progress: Progress, findings: readonly Finding[], { json }: StatusOptions): Outcome {
  const exitStatus = findings.length > 0 ? 2 : progress.waiting.length > 0 ? 1 : 0;
  if (json) return { text: JSON.stringify({ ...progress, findings }, null, 2), exitStatus };
  const waiting = progress.waiting.length > 0 ? `\n\nNot ready yet:\n${indented(progress.waiting)}` : '';
  const wrong = findings.length > 0 ? `\n\nNot right:\n${indented(findings.flatMap(findingLines))}` : '';
  return { text: `${progress.ready} of ${progress.all} are ready.${wrong}${waiting}`, exitStatus };
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}
