import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentProp } from '../../components/default-resources';
import { PORTS } from '../../components/names';
import type { Json } from '../../kubernetes/json';
import type { OfficialContext } from './context';

const HEARTBEAT = readFileSync(join(__dirname, 'python', 'check_heartbeat.py'), 'utf8');
const SCHEDULER_HEALTH = `import urllib.request; urllib.request.urlopen("http://localhost:${PORTS.schedulerHealth}/health", timeout=10)`;
const TASK_LOGS = `import socket; socket.create_connection(("localhost", ${PORTS.taskLogs}), 10).close()`;

/** Airflow's start takes more than the minute that the chart gives it, on a small node. */
const STARTUP = { periodSeconds: 5, failureThreshold: 60 };

/**
 * Probes in place of the chart's, which run an `airflow` or `celery` command: that is 2 to 3 s of CPU each time, and on a small node takes the
 * CPU from everybody.
 */
export function componentProbes({ isExternal }: OfficialContext, prop: ComponentProp): Json {
  const health = { command: ['python', '-c', SCHEDULER_HEALTH] };
  // A database that is the user's may be no PostgreSQL.
  const heartbeat = (job: string) => (isExternal.database ? {} : { livenessProbe: { command: ['python', '-c', HEARTBEAT, job] } });
  return {
    apiServer: { startupProbe: STARTUP },
    scheduler: { startupProbe: { ...STARTUP, ...health }, livenessProbe: health },
    dagProcessor: heartbeat('DagProcessorJob'),
    triggerer: heartbeat('TriggererJob'),
    workers: { livenessProbe: { command: ['python', '-c', TASK_LOGS] } },
  }[prop];
}
