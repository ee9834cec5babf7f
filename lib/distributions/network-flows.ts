import { Construct } from 'constructs';
import { Executor } from '../executor';
import type { NetworkFlow, NetworkPeer, NetworkPort } from '../network/network-flow';
import { addNetworkPolicies } from '../network/network-policies';
import { peerOfUrl } from '../network/url-peer';
import type { DistributionInput } from './contract';
import { type ComponentName, objectLabels, objectName, PORTS } from './names';

const ANYWHERE: NetworkPeer = { kind: 'anywhere' };
/** They are connected to, and connect to nobody. */
const SERVERS: readonly ComponentName[] = ['postgresql', 'redis', 'statsd'];

const tcp = (port: number): NetworkPort => ({ port, protocol: 'TCP' });

/** The components that a deployment has pods of, with the labels by which those are selected. */
export type ComponentPods = ReadonlyMap<ComponentName, { readonly [name: string]: string }>;

/** Every connection that Airflow needs between the pods that there are. The NetworkPolicies are made from these. */
export function networkFlows(input: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  const { executor, ingress, dags, requirements, settings } = input;
  const tasks: ComponentName = executor === Executor.CELERY ? 'worker' : 'scheduler';
  const airflow: ComponentName[] = ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker'];
  const dagReaders: ComponentName[] = ['dag-processor', tasks];
  const userCode: ComponentName[] = [...dagReaders, 'triggerer'];

  const peersOf = (components: readonly ComponentName[]): NetworkPeer[] =>
    components.flatMap((component) => {
      const labels = pods.get(component);
      return labels ? [{ kind: 'pods' as const, labels }] : [];
    });
  const outwards = (reason: string, from: readonly ComponentName[], to: NetworkPeer, ports?: readonly NetworkPort[]): NetworkFlow[] =>
    peersOf(from).map((peer) => ({ reason, from: peer, to, ports }));
  const flows = (reason: string, from: readonly ComponentName[], to: ComponentName, ports: readonly NetworkPort[]): NetworkFlow[] =>
    peersOf([to]).flatMap((peer) => outwards(reason, from, peer, ports));

  return [
    ...flows('tasks tell their state', [tasks], 'api-server', [tcp(PORTS.apiServer)]),
    ...flows('metadata database', [...airflow, 'migrate', 'create-user'], 'postgresql', [tcp(PORTS.postgresql)]),
    ...flows('Celery broker', ['scheduler', 'worker'], 'redis', [tcp(PORTS.redis)]),
    ...flows('logs of tasks', ['api-server'], tasks, [tcp(PORTS.taskLogs)]),
    ...flows('logs of triggers', ['api-server'], 'triggerer', [tcp(PORTS.triggererLogs)]),
    ...flows('metrics', airflow, 'statsd', [{ port: PORTS.statsd, protocol: 'UDP' }]),
    ...outwards(
      'names (DNS)',
      [...pods.keys()].filter((component) => !SERVERS.includes(component)),
      ANYWHERE,
      [{ port: 53, protocol: 'UDP' }, tcp(53)],
    ),
    // The API server is no pod, and its port differs between clusters.
    ...outwards('the Kubernetes API makes the Secrets', ['credentials'], ANYWHERE, [tcp(443), tcp(6443)]),
    ...(ingress ? peersOf(['api-server']).map((peer) => webFlow(peer, ingress.controllerNamespace)) : []),
    ...(dags?._destinations ?? []).flatMap(({ peer, ports }) => outwards('git repository', dagReaders, peer, ports)),
    ...indexPeers(requirements).flatMap(({ peer, ports }) => outwards('package index', airflow, peer, ports)),
    // The API server reads the logs of tasks from where they have put them.
    ...(settings.networkPolicies?.taskEgress ?? []).flatMap(({ _peer, _ports }) =>
      outwards('code of DAGs', [...userCode, 'api-server'], _peer, _ports),
    ),
  ];
}

/** A NetworkPolicy for each component, unless the user wants none. */
export function addComponentPolicies(
  scope: Construct,
  input: DistributionInput,
  pods: ComponentPods,
  furtherFlows: readonly NetworkFlow[] = [],
): NetworkFlow[] {
  const flows = [...networkFlows(input, pods), ...furtherFlows];
  if (input.settings.networkPolicies?.enabled === false) return flows;
  const targets = [...pods].map(([component, podLabels]) => ({ name: objectName(input, component), podLabels }));
  addNetworkPolicies(new Construct(scope, 'network-policies'), targets, flows, objectLabels(input));
  return flows;
}

/** An index that only a Secret names may be anywhere. */
function indexPeers(requirements: DistributionInput['requirements']): { peer: NetworkPeer; ports?: NetworkPort[] }[] {
  if (!requirements) return [];
  return requirements.indexesKnown ? requirements.indexUrls.map((url) => peerOfUrl(new URL(url))) : [{ peer: ANYWHERE }];
}

function webFlow(web: NetworkPeer, controllerNamespace: string | undefined): NetworkFlow {
  return {
    reason: 'web interface, through the Ingress',
    from: controllerNamespace === undefined ? ANYWHERE : { kind: 'namespace', name: controllerNamespace },
    to: web,
    ports: [tcp(PORTS.apiServer)],
  };
}
