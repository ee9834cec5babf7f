import { type CommonComponentName, PORTS } from '../../components/components';
import type { Json } from '../../kubernetes/json';
import { type ProbesProps, probeTimes } from '../../props/probes';
import { CHECK_CELERY } from '../shared/scripts';

/** Until a component has started it may install packages, and its image asks the database by commands that take long. */
const STARTUP = { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 240 };
const READINESS = { periodSeconds: 10, timeoutSeconds: 10 };

/** The chart asks the port for logs, which another process than Celery has. */
const WORKER_LIVENESS = {
  exec: { command: ['python', '-c', CHECK_CELERY] },
  ...{ initialDelaySeconds: 180, periodSeconds: 60, timeoutSeconds: 20, failureThreshold: 3 },
};

/**
 * Startup and readiness probes, and that for the liveness of workers. The chart's own for readiness run an `airflow` or `celery` command, which
 * is 2 to 3 s of CPU each time: on a small node they take the CPU from everybody. Its other liveness probes look for the process, and stay.
 */
export function componentProbes(
  component: CommonComponentName,
  isAirflow3: boolean,
  webPrefix: string,
  { startup, readiness, liveness }: ProbesProps = {},
): Json {
  const handler = {
    'api-server': { httpGet: { path: `${webPrefix}${isAirflow3 ? '/api/v2/version' : '/health'}`, port: 'http' } },
    scheduler: { httpGet: { path: '/health', port: PORTS.schedulerHealth } },
    triggerer: { tcpSocket: { port: 'logs' } },
    worker: { tcpSocket: { port: 'worker' } },
    'dag-processor': { exec: { command: ['pgrep', '-f', 'airflow dag-processor'] } },
  }[component];
  return {
    ...(startup?.enabled !== false && { customStartupProbe: { ...handler, ...STARTUP, ...probeTimes(startup) } }),
    ...(readiness?.enabled !== false
      ? { customReadinessProbe: { ...handler, ...READINESS, ...probeTimes(readiness) } }
      : { readinessProbe: { enabled: false } }),
    ...(component === 'worker' && liveness?.enabled !== false && { customLivenessProbe: { ...WORKER_LIVENESS, ...probeTimes(liveness) } }),
    ...(liveness &&
      Object.keys(liveness).length > 0 && {
        livenessProbe: { ...(liveness.enabled === false && { enabled: false }), ...probeTimes(liveness) },
      }),
  };
}
