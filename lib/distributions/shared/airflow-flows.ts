import { Construct } from 'constructs';
import { type ComponentPods, podPeers } from '../../components/component-pods';
import {
  AIRFLOW_JOBS,
  COMPONENT_NAMES,
  type ComponentName,
  type Connection,
  PORTS,
  type PodsName,
  type Use,
} from '../../components/components';
import { objectLabels, objectName } from '../../components/names';
import { destinationsOf } from '../../data-stores/data-store';
import { componentOf } from '../../executors/executor-plan';
import type { NetworkDestination } from '../../network/network-destination';
import { ANYWHERE, flowsBetween, type NetworkFlow, type NetworkPeer, type NetworkPort, tcp } from '../../network/network-flow';
import { addNetworkPolicies } from '../../network/network-policies';
import { type Destination, destinationsOfUrl, type Target } from '../../network/url-destinations';
import type { ScalableComponentProps } from '../../props/component-props';
import type { DistributionInput } from '../contract';
import { kubernetesApi, nameServers, withoutCluster } from './cluster-destinations';
import { settingsOf } from './component-settings';
import { possiblePods } from './deployed-components';
import { connectsOut } from './outward-part';
import { packageDestinations } from './package-destinations';

/** Every connection that Airflow needs between the pods that there are. The NetworkPolicies are made from these. */
function airflowFlows(input: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  const { ingress, dags, logs, networkPolicies } = input;
  const outwards = (reason: string, use: Use, to: NetworkPeer, ports?: readonly NetworkPort[]): NetworkFlow[] => {
    return flowsBetween(reason, usersOf(input, pods, use), [to], ports);
  };
  // What is reached through a proxy the proxy reaches.
  const reached = (to: Target): Destination[] => {
    if (!(to instanceof URL)) return [to];
    return input.proxy?.isUsedFor(to) ? [] : destinationsOfUrl(to, input.clusterDomain);
  };
  return [
    ...COMPONENT_NAMES.flatMap((name) => connections(input, pods, name)),
    ...nameServers(input).flatMap(({ peer, ports }) => outwards('names (DNS)', 'names', peer, ports)),
    ...scalingFlows(input, pods),
    ...(ingress ? webFlows(podPeers(pods, ['api-server']), ingress.controllerNamespace) : []),
    ...flowsBetween('web interface, through its Service', input.externalService?._clients ?? [], podPeers(pods, ['api-server']), [
      tcp(PORTS.apiServer),
    ]),
    ...(dags?.destinations ?? []).flatMap(({ reason, to }) => {
      return reached(to).flatMap(({ peer, ports }) => outwards(reason, 'dags', peer, ports));
    }),
    ...packageFlows(input, pods, reached),
    ...proxyFlows(input, pods),
    ...(logs?.destinations ?? []).flatMap((to) => {
      return reached(to).flatMap(({ peer, ports }) => outwards('logs of tasks that are kept', 'logs', peer, ports));
    }),
    ...(input.connections?.destinations ?? []).flatMap((to) => {
      return reached(to).flatMap(({ peer, ports }) => outwards('secrets backend', 'connections', peer, ports));
    }),
    ...(networkPolicies.taskEgress ?? []).flatMap(({ _peer, _ports }) => outwards('code of DAGs', 'task-destinations', _peer, _ports)),
    ...[...pods].flatMap(([name, labels]) =>
      egressOf(input, name).flatMap(({ _peer, _ports }) => {
        return flowsBetween('what the user lets it reach', [{ kind: 'pods', labels }], [_peer], _ports);
      }),
    ),
  ];
}

function usersOf({ executor }: DistributionInput, pods: ComponentPods, use: Use): NetworkPeer[] {
  return podPeers(
    pods,
    COMPONENT_NAMES.filter((name) => componentOf(executor, name).uses.includes(use)),
  );
}

/** What the user lets pods reach; those of Jobs have what is for all. */
function egressOf(input: DistributionInput, name: PodsName): readonly NetworkDestination[] {
  const ofAirflow = possiblePods(input).find((each) => each === name);
  return ofAirflow || AIRFLOW_JOBS.some((each) => each === name) ? (settingsOf(input, ofAirflow).egress ?? []) : [];
}

/** Those that the table of components has. */
function connections(input: DistributionInput, pods: ComponentPods, name: ComponentName): NetworkFlow[] {
  return componentOf(input.executor, name).connectsTo.flatMap((connection) => {
    return targetsOf(input, pods, connection).flatMap(({ peer, ports }) => {
      return flowsBetween(connection.reason, podPeers(pods, [name]), [peer], ports);
    });
  });
}

/** What decides on the number of pods asks the database, if that is the deployment's own. */
function scalingFlows({ components }: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  const clients = Object.values(components).flatMap(
    (props) => (props as ScalableComponentProps | undefined)?.autoscaling?._plan.databaseClient ?? [],
  );
  return [...new Set(clients)].flatMap((name) => {
    return flowsBetween('KEDA counts the work', [{ kind: 'namespace', name }], podPeers(pods, ['postgresql']), [tcp(PORTS.postgresql)]);
  });
}

function targetsOf({ executor, database }: DistributionInput, pods: ComponentPods, connection: Connection): readonly Destination[] {
  if (!('port' in connection)) {
    const store = connection.to === 'database' ? database : executor.broker;
    return store ? destinationsOf(store, pods) : [];
  }
  const { to, port } = connection;
  const components = to === 'tasks' ? executor.runsTasks.filter((each) => each !== 'task') : [to];
  return podPeers(pods, components).map((peer) => ({ peer, ports: [port] }));
}

function kubernetesFlows(input: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  const { peers, ports } = kubernetesApi(input);
  return flowsBetween('the Kubernetes API', usersOf(input, pods, 'kubernetes'), peers, ports);
}

/** A NetworkPolicy for each component, unless the user wants none. */
export function addComponentPolicies(
  scope: Construct,
  input: DistributionInput,
  pods: ComponentPods,
  furtherFlows: readonly NetworkFlow[] = [],
): NetworkFlow[] {
  const flows = [
    ...[...airflowFlows(input, pods), ...furtherFlows].map((flow) => withoutCluster(input, flow)),
    ...kubernetesFlows(input, pods),
  ];
  if (input.networkPolicies.enabled === false) return flows;
  const targets = [...pods].map(([component, podLabels]) => ({ name: objectName(input, component), podLabels }));
  addNetworkPolicies(new Construct(scope, 'network-policies'), targets, flows, objectLabels(input));
  return flows;
}

/** From what installs packages to where they are. */
function packageFlows(input: DistributionInput, pods: ComponentPods, reached: (to: Target) => Destination[]): NetworkFlow[] {
  return [...pods]
    .filter(([name]) => componentOf(input.executor, name).uses.includes('packages'))
    .flatMap(([name, labels]) =>
      packageDestinations(input, name)
        .flatMap(reached)
        .flatMap(({ peer, ports }) => flowsBetween('package index', [{ kind: 'pods', labels }], [peer], ports)),
    );
}

function proxyFlows(input: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  const from = [...pods].filter(([name]) => connectsOut(input, name)).map(([, labels]): NetworkPeer => ({ kind: 'pods', labels }));
  return (input.proxy?.destinations ?? []).flatMap(({ peer, ports }) => flowsBetween('proxy', from, [peer], ports));
}

function webFlows(web: readonly NetworkPeer[], controllerNamespace: string | undefined): NetworkFlow[] {
  const controller: NetworkPeer = controllerNamespace === undefined ? ANYWHERE : { kind: 'namespace', name: controllerNamespace };
  return flowsBetween('web interface, through the Ingress', [controller], web, [tcp(PORTS.apiServer)]);
}
