import { spawn } from 'node:child_process';

/** What a command left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Written to standard input, which is empty otherwise. */
  readonly input?: string | Buffer;
  readonly cwd?: string;
  /** Added to the environment. */
  readonly env?: { readonly [name: string]: string };
  /** When the command is ended; 5 minutes unless told. */
  readonly timeoutSeconds?: number;
}

/** Run a command to its end; a failure is an outcome, not an error. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { input = '', cwd, env, timeoutSeconds = 300 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const timer = setTimeout(() => {
      err.push(Buffer.from(`\nended after ${timeoutSeconds} s: ${command} ${args.join(' ')}\n`));
      child.kill('SIGKILL');
    }, timeoutSeconds * 1000);
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.stdin.on('error', () => {}); // a command need not read its input
    child.stdin.end(input);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${command} can't be run: ${error.message}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: `${Buffer.concat(out)}`, stderr: `${Buffer.concat(err)}` });
    });
  });
}

/** Run a command that has to succeed; its standard output. */
export async function runOrThrow(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed with ${code}:\n${stderr}${stdout}`.slice(0, 4000));
  return stdout;
}
