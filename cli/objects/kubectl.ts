import { execFileSync } from 'node:child_process';
import type { Json } from '../../lib/kubernetes/json';

/** Lines of kubectl's own log, which come before the one that tells. */
const LOG_LINE = /^[EWI]\d{4} .*\n?/gm;
const UNREACHABLE = /connection to the server .* was refused|unable to connect to the server|dial tcp|i\/o timeout|^EOF$/i;
const NO_CONTEXT = /error in configuration|invalid configuration|error loading config file|context .* does not exist/i;

/** What kubectl writes; it is asked to read, and nothing else. */
export function kubectl(args: readonly string[], input = ''): string {
  try {
    return execFileSync('kubectl', args, { encoding: 'utf8', input, env: process.env, maxBuffer: 2 ** 28, stdio: 'pipe' });
  } catch (error) {
    const { stderr, message, code } = error as Error & { stderr?: string; code?: string };
    if (code === 'ENOENT') throw new Error('there is no kubectl on the PATH, which this reads the cluster by');
    throw new Error(failureOf(args, (stderr ?? '').replace(LOG_LINE, '') || stderr || message));
  }
}

/** It says the same of each object that it is asked for. */
function failureOf(args: readonly string[], text: string): string {
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  const said = lines.join(' ');
  const another = 'set kubectl to one by KUBECONFIG, or by `kubectl config use-context`';
  if (UNREACHABLE.test(said)) return `no cluster answers kubectl (${said}): start it, or ${another}`;
  if (NO_CONTEXT.test(said)) return `kubectl is set to no cluster (${said}): ${another}`;
  return `kubectl ${args.join(' ')}: ${lines.join('\n')}`;
}

/** The objects that `kubectl get` finds. */
export function getObjects(args: readonly string[], input?: string): Json[] {
  const text = kubectl(['get', ...args, '--ignore-not-found', '--output', 'json'], input);
  if (text.trim() === '') return [];
  const found = JSON.parse(text);
  return found.items ?? [found];
}
