import { Construct } from 'constructs';
import { type ComponentPods, podPeers } from '../../components/component-pods';
import {
  AIRFLOW_JOBS,
  COMPONENT_NAMES,
  type Connection,
  componentNameOf,
  PORTS,
  type PodsName,
  type Use,
} from '../../components/components';
import { objectLabels, objectName } from '../../components/names';
import { destinationsOf } from '../../data-stores/data-store';
import { isBackedUp, podsWithBucket } from '../../data-stores/postgresql-backup';
import { brokersOf, componentOf } from '../../executors/executor-plan';
import { exposuresOf } from '../../exposure/exposures';
import type { NetworkDestination } from '../../network/network-destination';
import { ANYWHERE, flowsBetween, type NetworkFlow, type NetworkPeer, type NetworkPort, tcp } from '../../network/network-flow';
import { addNetworkPolicies } from '../../network/network-policies';
import { type Destination, destinationsOfUrl, type Target } from '../../network/url-destinations';
import type { ScalableComponentProps } from '../../props/component-props';
import { backupStoreOf } from '../../props/database-backup-props';
import type { DistributionInput } from '../contract';
import { kubernetesApi, nameServers, withoutCluster } from './cluster-destinations';
import { settingsOf, settingsOfPods } from './component-settings';
import { possiblePods } from './deployed-components';
import { connectsOut } from './outward-part';
import { packageDestinations } from './package-destinations';
import { readsBundle } from './teams';

/** Every connection that Airflow needs between the pods that there are. The NetworkPolicies are made from these. */
function airflowFlows(input: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  const { exposures, dags, login, logs, metrics, networkPolicies } = input;
  const outwards = (reason: string, use: Use, to: NetworkPeer, ports?: readonly NetworkPort[]): NetworkFlow[] => {
    return flowsBetween(reason, usersOf(input, pods, use), [to], ports);
  };
  // What is reached through a proxy the proxy reaches.
  const reached = (to: Target): Destination[] => {
    if (!(to instanceof URL)) return [to];
    return input.proxy?.isUsedFor(to) ? [] : destinationsOfUrl(to, input.clusterDomain);
  };
  const web = podPeers(pods, ['api-server']);
  const webPorts = [tcp(PORTS.apiServer)];
  return [
    ...COMPONENT_NAMES.flatMap((component) => [...pods.keys()].filter((name) => componentNameOf(name) === component)).flatMap((name) =>
      connections(input, pods, name),
    ),
    ...nameFlows(input, pods),
    ...scalingFlows(input, pods),
    ...exposures.flatMap(({ what, client }) => flowsBetween(`web interface, through ${what}`, [client], web, webPorts)),
    ...flowsBetween('web interface, through its Service', input.externalService?._clients ?? [], web, webPorts),
    ...flowerFlows(input, pods),
    ...(dags?.destinations ?? []).flatMap(({ bundle, reason, to }) => {
      const readers = usersOf(input, new Map([...pods].filter(([name]) => readsBundle(input, name, bundle))), 'dags');
      return reached(to).flatMap(({ peer, ports }) => flowsBetween(reason, readers, [peer], ports));
    }),
    ...packageFlows(input, pods, reached),
    ...proxyFlows(input, pods),
    ...(logs?.destinations ?? []).flatMap((to) => {
      return reached(to).flatMap(({ peer, ports }) => outwards('logs of tasks that are kept', 'logs', peer, ports));
    }),
    ...(login?.destinations ?? []).flatMap((to) => {
      return reached(to).flatMap(({ peer, ports }) => outwards('login of users', 'login', peer, ports));
    }),
    ...(metrics?.destinations ?? []).flatMap((to) => {
      return reached(to).flatMap(({ peer, ports }) => outwards('metrics and traces', 'metrics', peer, ports));
    }),
    ...backupFlows(input, pods, reached),
    ...flowsBetween('metrics are read', [metricsReader(input)], podPeers(pods, ['statsd']), [tcp(PORTS.metrics)]),
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

/** What the user lets pods reach; those of Jobs have what is for all, as they have its labels, by which a mesh knows them. */
function egressOf(input: DistributionInput, name: PodsName): readonly NetworkDestination[] {
  const ofAirflow = possiblePods(input).find((each) => each === name);
  return ofAirflow || [...AIRFLOW_JOBS, 'credentials'].includes(name) ? (settingsOf(input, ofAirflow).egress ?? []) : [];
}

/** Those that the table of components has. */
function connections(input: DistributionInput, pods: ComponentPods, name: PodsName): NetworkFlow[] {
  const from: NetworkPeer[] = [{ kind: 'pods', labels: pods.get(name) ?? {} }];
  return componentOf(input.executor, name).connectsTo.flatMap((connection) => {
    return targetsOf(input, pods, name, connection).flatMap(({ peer, ports }) => flowsBetween(connection.reason, from, [peer], ports));
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

function targetsOf(
  { executor, database, clusterDomain }: DistributionInput,
  pods: ComponentPods,
  name: PodsName,
  connection: Connection,
): readonly Destination[] {
  if (!('port' in connection)) {
    const pool = podPeers(pods, ['pgbouncer']);
    if (connection.to === 'pool' && pool.length > 0) return pool.map((peer) => ({ peer, ports: [tcp(PORTS.pgBouncer)] }));
    const stores = connection.to === 'broker' ? brokersOf(executor, name).map(({ broker }) => broker) : [database];
    return stores.flatMap((store) => destinationsOf(store, pods, clusterDomain));
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

/** From what looks up names to where it does. */
function nameFlows(input: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  return [...pods]
    .filter(([name]) => componentOf(input.executor, name).uses.includes('names'))
    .flatMap(([name, labels]) => {
      const servers = nameServers(input, settingsOfPods(input, name));
      return servers.flatMap(({ peer, ports }) => flowsBetween('names (DNS)', [{ kind: 'pods', labels }], [peer], ports));
    });
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

/** From what brings dumps of the database into a bucket, and fetches them. */
function backupFlows(
  { database: { server } }: DistributionInput,
  pods: ComponentPods,
  reached: (to: Target) => Destination[],
): NetworkFlow[] {
  const from = podPeers(pods, podsWithBucket(server));
  const destinations = isBackedUp(server) ? backupStoreOf(server.backup).destinations : [];
  return destinations.flatMap(reached).flatMap(({ peer, ports }) => flowsBetween('dumps of the database', from, [peer], ports));
}

function metricsReader({ metrics }: DistributionInput): NetworkPeer {
  const name = metrics?.exporter?.prometheusNamespace;
  return name === undefined ? ANYWHERE : { kind: 'namespace', name };
}

function flowerFlows({ executor: { flower } }: DistributionInput, pods: ComponentPods): NetworkFlow[] {
  return exposuresOf(flower).flatMap(({ what, client }) => {
    return flowsBetween(`Flower, through ${what}`, [client], podPeers(pods, ['flower']), [tcp(PORTS.flower)]);
  });
}
