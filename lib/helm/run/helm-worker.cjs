// The thread that runs helm, so that the program can go on meanwhile, and wait without a turn of its event loop. It is JavaScript, as a
// thread is started from a file: this one does under tsx, under jest and in the package.
const { spawn } = require('node:child_process');
const { readdirSync, rmSync, statSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { basename, dirname, join } = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');

const GRACE_MS = 2000; // between being asked to end and being ended
const STDERR_BYTES = 64 * 1024; // more is not shown
const LEFTOVER_MS = 3600 * 1000; // longer than any run

/** Reads which groups of processes there are, and ends what is left of them when the program is gone, however it has ended. */
const GUARD = `
while read -r sign id; do
  if [ "$sign" = + ]; then ids="$ids $id"; else
    rest=
    for each in $ids; do [ "$each" = "$id" ] || rest="$rest $each"; done
    ids=$rest
  fi
done
for each in $ids; do kill -KILL "-$each"; done
rm -rf -- "$0"
`;

const { port, news, folder, folderPrefix } = workerData;
const waiting = [];
/** By what the running ones are ended at once. */
const running = new Set();
let ended = false;
let guard;

tell({}); // the thread is there
process.on('uncaughtException', ({ stack }) => tell({ broken: stack }));
setImmediate(removeLeftovers);
parentPort.on('message', (job) => {
  if (job === 'end') {
    endAll();
    return;
  }
  enqueue(job);
});

/** Tell the program something, and wake it if it waits. */
function tell(message) {
  port.postMessage(message);
  Atomics.add(news, 0, 1);
  Atomics.notify(news, 0);
}

function enqueue(job) {
  if (ended) return;
  waiting.push(job);
  startNext();
}

function startNext() {
  while (running.size < availableParallelism() && waiting.length > 0) {
    run(waiting.shift());
  }
}

/** The program ends: nothing of what it has started is left. */
function endAll() {
  ended = true;
  waiting.length = 0;
  for (const end of running) end();
  tell({ ended: true });
}

function run({ id, helm, args, values, env, timeoutMs, maxBytes }) {
  const stdout = { chunks: [], bytes: 0 };
  const stderr = { chunks: [], bytes: 0 };
  let child;
  let timer;
  let stopped;

  const finish = (outcome) => {
    if (!running.delete(end)) return;
    clearTimeout(timer);
    if (child?.pid) watch('-', child.pid);
    tell({ id, outcome: { ...outcome, stopped, stdout: textOf(stdout), stderr: textOf(stderr) } });
    startNext();
  };
  const end = () => {
    signal(child, 'SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
    finish({});
  };
  const stop = (reason) => {
    stopped = reason;
    clearTimeout(timer);
    signal(child, 'SIGTERM');
    timer = setTimeout(end, GRACE_MS);
  };

  running.add(end);
  try {
    const [command, ...rest] = args;
    // By the input, so that no secret gets into a file.
    child = spawn(helm, [command, ...(values === undefined ? [] : ['--values=-']), ...rest], {
      env,
      stdio: [values === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32', // a group of its own, which can be ended with all that it starts
      windowsHide: true,
    });
  } catch (error) {
    finish({ error: error.message });
    return;
  }
  if (child.pid) watch('+', child.pid);
  child.stdin?.on('error', () => {}); // it need not read them
  child.stdin?.end(values);
  timer = setTimeout(stop, timeoutMs, 'timeout');
  child.on('error', (error) => finish({ error: error.message }));
  child.stdout?.on('data', (chunk) => {
    if (stopped) return;
    keep(stdout, chunk);
    if (stdout.bytes > maxBytes) stop('size');
  });
  child.stderr?.on('data', (chunk) => {
    if (stderr.bytes < STDERR_BYTES) keep(stderr, chunk);
  });
  child.on('close', (code, killedBy) => {
    // What it has started may still be there, and is ended before the run is over.
    if (!stopped || !signal(child, 0)) finish({ code, killedBy });
  });
}

/** A process begins (+) or is over (-) that is to end with the program, also where that is ended by Ctrl-C and nothing of it runs any more. */
function watch(sign, id) {
  guard ??= startGuard(); // when the first helm is at work already
  guard?.stdin.write(`${sign} ${id}\n`);
}

function startGuard() {
  if (process.platform === 'win32') return undefined;
  const started = spawn('/bin/sh', ['-c', GUARD, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  started.on('error', () => {});
  started.stdin.on('error', () => {});
  started.unref();
  return started;
}

function keep(output, chunk) {
  output.chunks.push(chunk);
  output.bytes += chunk.length;
}

function textOf({ chunks }) {
  return Buffer.concat(chunks).toString();
}

/** Send a signal to a process and to all that it has started; whether there is any of them. */
function signal(child, name) {
  try {
    return process.kill(process.platform === 'win32' ? child.pid : -child.pid, name);
  } catch {
    return false;
  }
}

/** Charts that a killed program has left. */
function removeLeftovers() {
  const parent = dirname(folderPrefix);
  for (const name of readdirSync(parent).filter((name) => name.startsWith(basename(folderPrefix)))) {
    const folder = join(parent, name);
    try {
      if (Date.now() - statSync(folder).mtimeMs > LEFTOVER_MS) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or already removed.
    }
  }
}
