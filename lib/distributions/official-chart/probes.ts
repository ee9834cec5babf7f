import { type CommonComponentName, componentNameOf, PORTS, type WorkerGroupName } from '../../components/components';
import type { Json } from '../../kubernetes/json';
import { type ProbesProps, probeTimes } from '../../props/probes';
import { CHECK_CELERY, CHECK_HEARTBEAT } from '../shared/scripts';
import type { OfficialContext } from './context';
import { FOLLOWED } from './followed';

const SCHEDULER_HEALTH = `import urllib.request; urllib.request.urlopen("http://localhost:${PORTS.schedulerHealth}/health", timeout=10)`;

/** Airflow's start takes more than the minute that the chart gives it, on a small node. */
const STARTUP = { periodSeconds: 5, failureThreshold: 60 };

/**
 * Probes in place of the chart's, which run an `airflow` or `celery` command: that is 2 to 3 s of CPU each time, and on a small node takes the
 * CPU from everybody.
 */
export function componentProbes(context: OfficialContext, pods: CommonComponentName | WorkerGroupName, probes: ProbesProps = {}): Json {
  const component = componentNameOf(pods) as CommonComponentName;
  const own = ownProbes(context, component);
  const values = FOLLOWED.probes[component].map((name) => {
    // Of others the chart has no such value, and it is told that they can't be left out.
    const isLeftOut = probes[name]?.enabled === false && FOLLOWED.optionalProbes[component].includes(name);
    return [`${name}Probe`, { ...own[`${name}Probe`], ...probeTimes(probes[name]), ...(isLeftOut && { enabled: false }) }];
  });
  return Object.fromEntries(values.filter(([, value]) => Object.keys(value).length > 0));
}

function ownProbes({ isExternal, database }: OfficialContext, component: CommonComponentName): Json {
  const health = { command: ['python', '-c', SCHEDULER_HEALTH] };
  // A database that is the user's may be no PostgreSQL.
  const isPostgresql = !isExternal.database && database.kind === 'postgresql';
  const heartbeat = (job: string) => (isPostgresql ? { livenessProbe: { command: ['python', '-c', CHECK_HEARTBEAT, job] } } : {});
  return {
    'api-server': { startupProbe: STARTUP },
    scheduler: { startupProbe: { ...STARTUP, ...health }, livenessProbe: health },
    'dag-processor': heartbeat('DagProcessorJob'),
    triggerer: heartbeat('TriggererJob'),
    worker: { livenessProbe: { command: ['python', '-c', CHECK_CELERY] } },
  }[component];
}
