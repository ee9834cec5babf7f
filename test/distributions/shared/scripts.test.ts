import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECK_CELERY } from '../../../lib/distributions/shared/scripts';
import { type Outcome, run } from '../../support/process';

describe('check_celery.py', () => {
  /** As /proc, with the processes of a pod alone. */
  let folder: string;
  const processes: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proc-'));
  });

  afterEach(() => {
    for (const child of processes.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  test('a worker is alive while its main process goes to sleep and wakes up', async () => {
    // GIVEN
    start('[celeryd: celery@airflow-worker:MainProcess]', 'while :; do sleep 0.1; done');

    // THEN
    expect(await check()).toMatchObject({ code: 0 });
  });

  test('it is not when that is stopped, though others of its processes are at work', async () => {
    // GIVEN
    start('[celeryd: celery@airflow-worker:ForkPoolWorker-1]', 'while :; do sleep 0.1; done');
    start('airflow serve-logs', 'while :; do sleep 0.1; done');
    const main = start('[celeryd: celery@airflow-worker:MainProcess]', 'while :; do sleep 0.1; done');
    main.kill('SIGSTOP');

    // THEN
    expect(await check()).toMatchObject({ code: 1, stderr: 'the main process of Celery has done nothing for 1 seconds\n' });
  });

  test('it is not when that is not there', async () => {
    // GIVEN
    start('airflow serve-logs', 'while :; do sleep 0.1; done');

    // THEN
    expect(await check()).toMatchObject({ code: 1, stderr: 'there is no main process of Celery\n' });
  });

  /** A process of this name. */
  function start(name: string, script: string): ChildProcess {
    const child = spawn('bash', ['-c', script], { argv0: name, stdio: 'ignore' });
    processes.push(child);
    symlinkSync(`/proc/${child.pid}`, join(folder, `${child.pid}`));
    return child;
  }

  function check(): Promise<Outcome> {
    return run('python3', ['-c', CHECK_CELERY.replace('"/proc"', JSON.stringify(folder)).replace('SECONDS = 10', 'SECONDS = 1')]);
  }
});
