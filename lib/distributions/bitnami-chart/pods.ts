import { type ComponentPods, podPeers } from '../../components/component-pods';
import { AIRFLOW_COMPONENTS, type ComponentName, PORTS } from '../../components/components';
import { selectorLabels } from '../../components/names';
import type { Json } from '../../kubernetes/json';
import { ANYWHERE, flowsBetween, type NetworkFlow, type NetworkPort, tcp } from '../../network/network-flow';
import { nameServers } from '../shared/cluster-destinations';
import { deployedComponents } from '../shared/deployed-components';
import { outsideFlows } from '../shared-by-charts/service-flows';
import { workerFlows } from '../shared-by-charts/worker-flows';
import type { BitnamiContext } from './context';
import { SETUP_JOB } from './setup-job';

/** The pods that the chart makes, with the labels by which it selects them. */
export function chartPods(context: BitnamiContext): ComponentPods {
  const { name, executor, database, isExternal, userValues } = context;
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
  if (userValues.triggerer?.enabled !== false && deployedComponents(context).includes('triggerer'))
    pods.set('triggerer', labels('airflow', 'triggerer'));
  if (userValues.setupDBJob?.enabled !== false) pods.set('migrate', labels('airflow', SETUP_JOB));
  if (executor.workers) pods.set('worker', labels('airflow', 'worker'));
  // They are the library's.
  if (executor.tasks) pods.set('task', selectorLabels(context, 'task'));
  if (database.server && !isExternal.database) pods.set('postgresql', labels('postgresql', 'primary'));
  // Master and replicas alike.
  if (executor.broker?.server && !isExternal.broker) pods.set('redis', labels('redis'));
  if (userValues.metrics?.enabled) pods.set('statsd', labels('airflow', 'metrics'));
  return pods;
}

/** Connections beside those that any Airflow needs: what the user's values ask for. */
export function chartFlows(context: BitnamiContext, pods: ComponentPods): NetworkFlow[] {
  const { executor, isExternal, userValues } = context;
  const peersOf = (...components: ComponentName[]) => podPeers(pods, components);
  const redis = userValues.redis?.architecture === 'replication' ? peersOf('redis') : [];
  return [
    ...workerFlows(context, pods),
    ...flowsBetween('replication of the broker', redis, redis, [tcp(PORTS.redis)]),
    ...nameServers(context).flatMap(({ peer, ports }) => flowsBetween('names (DNS)', redis, [peer], ports)),
    ...(isExternal.database
      ? flowsBetween(
          'metadata database',
          peersOf(...AIRFLOW_COMPONENTS, 'migrate'),
          [ANYWHERE],
          [portOf(userValues.externalDatabase, PORTS.postgresql)],
        )
      : []),
    ...(isExternal.broker && executor.broker
      ? flowsBetween('Celery broker', peersOf('scheduler', 'worker'), [ANYWHERE], [portOf(userValues.externalRedis, PORTS.redis)])
      : []),
    ...outsideFlows(pods, userValues.service),
  ];
}

/** The chart takes text for it too. */
function portOf(external: Json, defaultPort: number): NetworkPort {
  return tcp(Number(external?.port ?? defaultPort));
}
