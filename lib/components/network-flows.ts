import { Construct } from 'constructs';
import type { DistributionInput } from '../distributions/contract';
import { Executor } from '../executors/executor';
import type { NetworkFlow, NetworkPeer, NetworkPort } from '../network/network-flow';
import { addNetworkPolicies } from '../network/network-policies';
import { peerOfUrl } from '../network/url-peer';
import { type ComponentName, objectLabels, objectName, PORTS } from './names';
import { AIRFLOW_COMPONENTS, ANYWHERE, type ComponentPods, DNS_PORTS, flowsBetween, podPeers, tcp } from './pod-flows';

/** Where API servers listen: mostly, with k3s and kubeadm, with minikube, with MicroK8s. */
const API_SERVER_PORTS = [443, 6443, 8443, 16443];

/** They are connected to, and connect to nobody. */
const SERVERS: readonly ComponentName[] = ['postgresql', 'redis', 'statsd'];

/** Every connection that Airflow needs between the pods that there are. The NetworkPolicies are made from these. */
function networkFlows(input: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  const { executor, ingress, dags, settings } = input;
  const tasks: ComponentName = executor === Executor.CELERY ? 'worker' : 'scheduler';
  const dagReaders: ComponentName[] = ['dag-processor', tasks];
  const userCode: ComponentName[] = [...dagReaders, 'triggerer'];

  const outwards = (reason: string, from: readonly ComponentName[], to: NetworkPeer, ports?: readonly NetworkPort[]): NetworkFlow[] =>
    flowsBetween(reason, podPeers(pods, from), [to], ports);
  const flows = (reason: string, from: readonly ComponentName[], to: ComponentName, ports: readonly NetworkPort[]): NetworkFlow[] =>
    flowsBetween(reason, podPeers(pods, from), podPeers(pods, [to]), ports);

  return [
    ...flows('tasks tell their state', [tasks], 'api-server', [tcp(PORTS.apiServer)]),
    ...flows('metadata database', [...AIRFLOW_COMPONENTS, 'migrate', 'create-user'], 'postgresql', [tcp(PORTS.postgresql)]),
    ...flows('Celery broker', ['scheduler', 'worker'], 'redis', [tcp(PORTS.redis)]),
    ...flows('logs of tasks', ['api-server'], tasks, [tcp(PORTS.taskLogs)]),
    ...flows('logs of triggers', ['api-server'], 'triggerer', [tcp(PORTS.triggererLogs)]),
    ...flows('metrics', AIRFLOW_COMPONENTS, 'statsd', [{ port: PORTS.statsd, protocol: 'UDP' }]),
    ...outwards(
      'names (DNS)',
      [...pods.keys()].filter((component) => !SERVERS.includes(component)),
      ANYWHERE,
      DNS_PORTS,
    ),
    // The API server is no pod, and its port differs between clusters.
    ...outwards('the Kubernetes API makes the Secrets', ['credentials'], ANYWHERE, API_SERVER_PORTS.map(tcp)),
    ...(ingress ? webFlows(podPeers(pods, ['api-server']), ingress.controllerNamespace) : []),
    ...(dags?._destinations ?? []).flatMap(({ peer, ports }) => outwards('git repository', dagReaders, peer, ports)),
    ...indexPeers(input).flatMap(({ peer, ports }) => outwards('package index', AIRFLOW_COMPONENTS, peer, ports)),
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

/** Variables that send pip somewhere: to an index, to a proxy. */
const PIP_VARIABLE = /^(?:PIP_(?:(?:EXTRA_)?INDEX_URL|FIND_LINKS|PROXY|CONFIG_FILE)|(?:HTTPS?|ALL)_PROXY)$/i;

/** An index that only a Secret names may be anywhere. */
function indexPeers({ requirements, settings }: DistributionInput): { peer: NetworkPeer; ports?: NetworkPort[] }[] {
  if (!requirements) return [];
  const variables = Object.entries(settings.allComponents?.env ?? {}).filter(([name]) => PIP_VARIABLE.test(name));
  const named = variables.map(([, { value }]) => `${value}`);
  const known = requirements.indexesKnown && named.every((url) => /^https?:\/\/\S+$/.test(url) && URL.canParse(url));
  return known ? [...requirements.indexUrls, ...named].map((url) => peerOfUrl(new URL(url))) : [{ peer: ANYWHERE }];
}

function webFlows(web: readonly NetworkPeer[], controllerNamespace: string | undefined): NetworkFlow[] {
  const controller: NetworkPeer = controllerNamespace === undefined ? ANYWHERE : { kind: 'namespace', name: controllerNamespace };
  return flowsBetween('web interface, through the Ingress', [controller], web, [tcp(PORTS.apiServer)]);
}
