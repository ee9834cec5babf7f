import { teamNameOf, type WorkerGroupName } from '../../components/components';
import type { Workers } from '../../executors/executor-plan';

/** By which a Celery worker knows whose tasks it runs, and how many. */
export function workerArguments(name: 'worker' | WorkerGroupName, { queues, concurrency }: Workers): string[] {
  const team = teamNameOf(name);
  return [
    ...(team === undefined ? [] : ['--team', team]),
    ...(queues ? ['--queues', queues.join(',')] : []),
    // That of the first is an option of airflow.cfg.
    ...(name === 'worker' ? [] : ['--concurrency', `${concurrency}`]),
  ];
}
