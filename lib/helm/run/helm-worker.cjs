// The thread that runs helm, so that the program can go on meanwhile, and wait without a turn of its event loop. It is JavaScript, as a
// thread is started from a file: this one does under tsx, under jest and in the package.
const { spawn } = require('node:child_process');
const { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { basename, dirname, join } = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');

const GRACE_MS = 2000; // between being asked to end and being ended
const STDERR_BYTES = 64 * 1024; // more is not shown
const LEFTOVER_MS = 3600 * 1000; // longer than any run

const { port, news, folderPrefix } = workerData;
const waiting = [];
/** By what the running ones are ended at once. */
const running = new Set();
let ended = false;

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
  let folder;
  let child;
  let timer;
  let stopped;

  const finish = (outcome) => {
    if (!running.delete(end)) return;
    clearTimeout(timer);
    if (folder) rmSync(folder, { recursive: true, force: true });
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
    const flags = [];
    if (values !== undefined) {
      folder = mkdtempSync(folderPrefix); // of mode 0700
      const file = join(folder, 'values.json');
      writeFileSync(file, values, { mode: 0o600, flag: 'wx' });
      flags.push(`--values=${file}`);
    }
    child = spawn(helm, [command, ...flags, ...rest], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32', // a group of its own, which can be ended with all that it starts
      windowsHide: true,
    });
  } catch (error) {
    finish({ error: error.message });
    return;
  }
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

/** Values that a killed program has left. */
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
