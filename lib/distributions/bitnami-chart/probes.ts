import type { ComponentProp } from '../../components/default-resources';
import { PORTS } from '../../components/names';
import type { Json } from '../../kubernetes/json';

/** Until a component has started it may install packages, and its image asks the database by commands that take long. */
const STARTUP = { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 240 };
const READINESS = { periodSeconds: 10, timeoutSeconds: 10 };

/**
 * Startup and readiness probes. The chart's own for readiness run an `airflow` or `celery` command, which is 2 to 3 s of CPU each time: on a
 * small node they take the CPU from everybody. Its liveness probes look for the process, and stay.
 */
export function componentProbes(prop: ComponentProp, isAirflow3: boolean, webPrefix: string): Json {
  const handler = {
    apiServer: { httpGet: { path: `${webPrefix}${isAirflow3 ? '/api/v2/version' : '/health'}`, port: 'http' } },
    scheduler: { httpGet: { path: '/health', port: PORTS.schedulerHealth } },
    triggerer: { tcpSocket: { port: 'logs' } },
    workers: { tcpSocket: { port: 'worker' } },
    dagProcessor: { exec: { command: ['pgrep', '-f', 'airflow dag-processor'] } },
  }[prop];
  return { customStartupProbe: { ...handler, ...STARTUP }, customReadinessProbe: { ...handler, ...READINESS } };
}
