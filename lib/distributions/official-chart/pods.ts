import { type ComponentPods, podPeers } from '../../components/component-pods';
import {
  AIRFLOW_COMPONENTS,
  AIRFLOW_JOBS,
  type ComponentName,
  PORTS,
  type PodsName,
  type WorkerGroupName,
} from '../../components/components';
import { selectorLabels } from '../../components/names';
import { type DataStore, destinationsOf } from '../../data-stores/data-store';
import { type ExecutorPlan, groupsOfTasks, groupsOfWorkers, hasFurtherWorkers } from '../../executors/executor-plan';
import { ANYWHERE, flowsBetween, type NetworkFlow, type NetworkPeer, type NetworkPort, tcp } from '../../network/network-flow';
import { deployedComponents } from '../shared/deployed-components';
import { teamBrokers } from '../shared/teams';
import { hasUsers } from '../shared/users';
import { outsideFlows } from '../shared-by-charts/service-flows';
import { workerFlows } from '../shared-by-charts/worker-flows';
import type { OfficialContext } from './context';

type Labels = { readonly [name: string]: string };

const PGBOUNCER_PORT = 6543;
const COLLECTOR_PORTS = [tcp(4317), tcp(4318)];

/** The pods of the deployment, with the labels by which they are selected. */
export function chartPods(context: OfficialContext): ComponentPods {
  const { executor, database, isAirflow3, isExternal, userValues } = context;
  const pods = new Map<PodsName, Labels>([
    ['api-server', chartLabels(context, isAirflow3 ? 'api-server' : 'webserver')],
    ['scheduler', chartLabels(context, 'scheduler')],
    ['dag-processor', chartLabels(context, 'dag-processor')],
  ]);
  if (userValues.triggerer?.enabled !== false && deployedComponents(context).includes('triggerer'))
    pods.set('triggerer', chartLabels(context, 'triggerer'));
  for (const [name] of groupsOfWorkers(executor)) pods.set(name, { ...chartLabels(context, 'worker'), ...setLabels(executor, name) });
  // They are the library's, as is the database.
  for (const group of groupsOfTasks(executor)) pods.set(group, selectorLabels(context, group));
  if (database.server && !isExternal.database) pods.set('postgresql', selectorLabels(context, 'postgresql'));
  if (executor.broker?.server && !isExternal.broker) pods.set('redis', chartLabels(context, 'redis'));
  for (const { broker } of teamBrokers(context)) {
    if (broker.server) pods.set(broker.server.component, selectorLabels(context, broker.server.component));
  }
  if (hasExporter(context)) pods.set('statsd', chartLabels(context, 'statsd'));
  pods.set('migrate', chartLabels(context, 'run-airflow-migrations'));
  if (hasUsers(context)) pods.set('create-user', chartLabels(context, 'create-user-job'));
  return pods;
}

/** By what the pods of a set of workers differ from those of others: the chart's own labels select those of the first with all. */
export function setLabels(executor: ExecutorPlan, name: 'worker' | WorkerGroupName): Labels {
  return hasFurtherWorkers(executor) ? { 'app.kubernetes.io/component': name } : {};
}

/** Connections beside those that any Airflow needs: what the chart has more, and what the user's values ask for. */
export function chartFlows(context: OfficialContext, pods: ComponentPods): NetworkFlow[] {
  const { executor, database, clusterDomain, isAirflow3, isExternal, userValues } = context;
  const peersOf = (...components: ComponentName[]) => podPeers(pods, components);
  const storeFlows = (reason: string, from: NetworkPeer, store: DataStore | undefined) => {
    const destinations = store ? destinationsOf(store, pods, clusterDomain) : [];
    return destinations.flatMap(({ peer, ports }) => flowsBetween(reason, [from], [peer], ports));
  };
  const chartPod = (component: string): NetworkPeer => ({ kind: 'pods', labels: chartLabels(context, component) });
  return [
    ...workerFlows(context, pods),
    ...(isExternal.database
      ? flowsBetween('metadata database', peersOf(...AIRFLOW_COMPONENTS, 'migrate', 'create-user'), [ANYWHERE], databasePorts(userValues))
      : []),
    ...(isExternal.broker && executor.broker ? flowsBetween('Celery broker', peersOf('scheduler', 'worker'), [ANYWHERE]) : []),
    ...(userValues.flower?.enabled ? storeFlows('Flower looks at the broker', chartPod('flower'), executor.broker) : []),
    ...(userValues.databaseCleanup?.enabled ? storeFlows('old rows are deleted', chartPod('database-cleanup'), database) : []),
    ...(hasCollector(context)
      ? flowsBetween('metrics and traces', peersOf(...AIRFLOW_COMPONENTS, ...AIRFLOW_JOBS), [chartPod('otel-collector')], COLLECTOR_PORTS)
      : []),
    ...outsideFlows(pods, userValues[isAirflow3 ? 'apiServer' : 'webserver']?.service),
  ];
}

function chartLabels({ name }: OfficialContext, component: string): Labels {
  return { tier: 'airflow', component, release: name };
}

/** The port of a database that the user has, and of PgBouncer before it; any where a Secret has it. */
function databasePorts({ data, pgbouncer }: OfficialContext['userValues']): NetworkPort[] | undefined {
  if (data?.metadataSecretName) return undefined;
  return [tcp(data?.metadataConnection?.port ?? PORTS.postgresql), ...(pgbouncer?.enabled ? [tcp(PGBOUNCER_PORT)] : [])];
}

/** Whether the chart has its StatsD exporter. */
export function hasExporter({ metrics, userValues: { statsd } }: OfficialContext): boolean {
  return metrics ? metrics.exporter !== undefined : statsd?.enabled !== false;
}

/** Whether the chart has a collector of OpenTelemetry. */
export function hasCollector({ userValues: { otelCollector } }: OfficialContext): boolean {
  return Boolean(otelCollector?.tracesEnabled || otelCollector?.metricsEnabled);
}
