import type { NetworkFlow, NetworkPeer, NetworkPort } from '../network/network-flow';
import type { ComponentName } from './names';

/** The components that a deployment has pods of, with the labels by which those are selected. */
export type ComponentPods = ReadonlyMap<ComponentName, { readonly [name: string]: string }>;

/** Those in which Airflow itself runs all the time. */
export const AIRFLOW_COMPONENTS: readonly ComponentName[] = ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker'];

export const ANYWHERE: NetworkPeer = { kind: 'anywhere' };

export function tcp(port: number): NetworkPort {
  return { port, protocol: 'TCP' };
}

/** Where names are looked up. */
export const DNS_PORTS: readonly NetworkPort[] = [{ port: 53, protocol: 'UDP' }, tcp(53)];

/** The pods of these components, as far as there are any. */
export function podPeers(pods: ComponentPods, components: readonly ComponentName[]): NetworkPeer[] {
  return components.flatMap((component) => {
    const labels = pods.get(component);
    return labels ? [{ kind: 'pods' as const, labels }] : [];
  });
}

/** A flow from each peer to each other one. */
export function flowsBetween(
  reason: string,
  from: readonly NetworkPeer[],
  to: readonly NetworkPeer[],
  ports?: readonly NetworkPort[],
): NetworkFlow[] {
  return from.flatMap((peer) => to.map((target) => ({ reason, from: peer, to: target, ports })));
}
