import { Executor } from '../../executor';
import type { NetworkFlow, NetworkPeer, NetworkPort } from '../../network/network-flow';
import { type ComponentName, PORTS } from '../names';
import type { ComponentPods } from '../network-flows';
import type { BitnamiContext } from './context';
import { SETUP_JOB } from './setup-job';

const METRICS_PORT = 9102;
const ANYWHERE: NetworkPeer = { kind: 'anywhere' };

/** The pods that the chart makes, with the labels by which it selects them. */
export function chartPods({ name, executor, isExternal, userValues }: BitnamiContext): ComponentPods {
  const labels = (chart: string, component?: string) => ({
    'app.kubernetes.io/name': chart,
    'app.kubernetes.io/instance': name,
    ...(component && { 'app.kubernetes.io/component': component }),
  });
  const pods = new Map<ComponentName, { readonly [name: string]: string }>([
    ['api-server', labels('airflow', 'web')],
    ['scheduler', labels('airflow', 'scheduler')],
    ['dag-processor', labels('airflow', 'dag-processor')],
  ]);
  if (userValues.triggerer?.enabled !== false) pods.set('triggerer', labels('airflow', 'triggerer'));
  if (userValues.setupDBJob?.enabled !== false) pods.set('migrate', labels('airflow', SETUP_JOB));
  if (executor === Executor.CELERY) pods.set('worker', labels('airflow', 'worker'));
  if (!isExternal.database) pods.set('postgresql', labels('postgresql', 'primary'));
  // Master and replicas alike.
  if (executor === Executor.CELERY && !isExternal.broker) pods.set('redis', labels('redis'));
  if (userValues.metrics?.enabled) pods.set('statsd', labels('airflow', 'metrics'));
  return pods;
}

/** Connections beside those that any Airflow needs: what the user's values ask for. */
export function chartFlows({ executor, isExternal, userValues }: BitnamiContext, pods: ComponentPods): NetworkFlow[] {
  const airflow: ComponentName[] = ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker'];
  const peersOf = (components: readonly ComponentName[]): NetworkPeer[] => {
    return components.flatMap((component) => {
      const labels = pods.get(component);
      return labels ? [{ kind: 'pods' as const, labels }] : [];
    });
  };
  const flows = (reason: string, from: readonly NetworkPeer[], to: readonly NetworkPeer[], ...ports: NetworkPort[]) => {
    return from.flatMap((peer) => to.map((target) => ({ reason, from: peer, to: target, ports })));
  };
  const redis = userValues.redis?.architecture === 'replication' ? peersOf(['redis']) : [];
  return [
    ...flows('replication of the broker', redis, redis, tcp(PORTS.redis)),
    ...flows('names (DNS)', redis, [ANYWHERE], { port: 53, protocol: 'UDP' }, tcp(53)),
    ...flows('metrics are read', [ANYWHERE], peersOf(['statsd']), tcp(METRICS_PORT)),
    ...(isExternal.database
      ? flows('metadata database', peersOf([...airflow, 'migrate']), [ANYWHERE], tcp(userValues.externalDatabase?.port ?? PORTS.postgresql))
      : []),
    ...(isExternal.broker && executor === Executor.CELERY
      ? flows('Celery broker', peersOf(['scheduler', 'worker']), [ANYWHERE], tcp(userValues.externalRedis?.port ?? PORTS.redis))
      : []),
  ];
}

function tcp(port: number | string): NetworkPort {
  return { port: Number(port), protocol: 'TCP' };
}
