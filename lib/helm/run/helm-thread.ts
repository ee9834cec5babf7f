import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { FOLDER_PREFIX, temporaryFolder } from './temporary-folder';

/** A process to run. */
export interface HelmJob {
  readonly helm: string;
  /** The first is helm's command. */
  readonly args: readonly string[];
  /** What `--values` reads. */
  readonly values?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** How it ended. */
export interface HelmOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code?: number | null;
  readonly killedBy?: string | null;
  /** Why it was stopped: it took too long, or wrote too much. */
  readonly stopped?: 'timeout' | 'size';
  /** Why it can't be run. */
  readonly error?: string;
}

const START_MS = 30_000;
const END_MS = 5_000;

/** The one thread of the program that runs helm (helm-worker.cjs), started when it is first needed. The program can end without it. */
export class HelmThread {
  static get(): HelmThread {
    HelmThread.instance ??= new HelmThread();
    return HelmThread.instance;
  }

  private static instance?: HelmThread;

  private readonly channel = new MessageChannel();
  /** Counts what the thread has told. */
  private readonly news = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker = new Worker(join(__dirname, 'helm-worker.cjs'), {
    workerData: { port: this.channel.port2, news: this.news, folder: temporaryFolder(), folderPrefix: FOLDER_PREFIX },
    transferList: [this.channel.port2],
    execArgv: [], // not the loaders of the program
    env: {},
    stdout: true, // it says nothing, and need not be connected
    stderr: true,
  });
  private readonly outcomes = new Map<number, HelmOutcome>();
  private lastId = 0;
  private unfinished = 0;
  private ended = false;
  private broken?: string;

  private constructor() {
    this.worker.unref();
    process.once('exit', () => this.end());
  }

  /** Run a process as soon as a core is free. Returns by what to wait for it. */
  start(job: HelmJob): number {
    this.lastId += 1;
    this.unfinished += 1;
    this.worker.postMessage({ id: this.lastId, ...job });
    return this.lastId;
  }

  /** Wait for a process to end. Each is waited for once. */
  wait(id: number): HelmOutcome {
    for (;;) {
      const seen = Atomics.load(this.news, 0);
      this.receive();
      const outcome = this.outcomes.get(id);
      if (outcome) {
        this.outcomes.delete(id);
        return outcome;
      }
      if (this.broken) throw new Error(`the thread that runs helm is broken: ${this.broken}`);
      const isSilent = Atomics.wait(this.news, 0, seen, START_MS) === 'timed-out';
      if (isSilent && seen === 0) throw new Error('the thread that runs helm does not start');
    }
  }

  /** Take what the thread has told: how a job has ended, that all are ended, or that it is broken. */
  private receive(): void {
    for (let next = receiveMessageOnPort(this.channel.port1); next; next = receiveMessageOnPort(this.channel.port1)) {
      const { id, outcome, ended, broken } = next.message;
      if (broken) this.broken = broken;
      if (ended) this.ended = true;
      if (outcome) {
        this.unfinished -= 1;
        this.outcomes.set(id, outcome);
      }
    }
  }

  /** The program ends: nobody waits any more for what still runs. Only the thread knows all that it has started. */
  private end(): void {
    this.receive();
    if (this.unfinished === 0) return;
    this.worker.postMessage('end');
    const deadline = Date.now() + END_MS;
    while (!this.ended && Date.now() < deadline) {
      const seen = Atomics.load(this.news, 0);
      this.receive();
      if (!this.ended) Atomics.wait(this.news, 0, seen, deadline - Date.now());
    }
  }
}
