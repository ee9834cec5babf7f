/** One end of a connection. */
export type NetworkPeer =
  /** Pods of the same namespace with these labels. */
  | { readonly kind: 'pods'; readonly labels: { readonly [name: string]: string } }
  /** All pods of a namespace. */
  | { readonly kind: 'namespace'; readonly name: string }
  /** Addresses, in CIDR notation. */
  | { readonly kind: 'cidr'; readonly cidr: string }
  /** Whatever address, inside or outside of the cluster. */
  | { readonly kind: 'anywhere' };

/** A port of a pod: a Service's address has become a pod's when a NetworkPolicy is judged. */
export interface NetworkPort {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** Whatever address. */
export const ANYWHERE: NetworkPeer = { kind: 'anywhere' };

export function tcp(port: number): NetworkPort {
  return { port, protocol: 'TCP' };
}

export function udp(port: number): NetworkPort {
  return { port, protocol: 'UDP' };
}

/** A connection that has to be possible. */
export interface NetworkFlow {
  /** What it is for, in a few words: shown in errors and in the reference. */
  readonly reason: string;
  readonly from: NetworkPeer;
  readonly to: NetworkPeer;
  /** The ports at `to`; none means all. */
  readonly ports?: readonly NetworkPort[];
}

/** Where names are looked up. */
export const DNS_PORTS: readonly NetworkPort[] = [udp(53), tcp(53)];

/** A flow from each peer to each other one. */
export function flowsBetween(
  reason: string,
  from: readonly NetworkPeer[],
  to: readonly NetworkPeer[],
  ports?: readonly NetworkPort[],
): NetworkFlow[] {
  return from.flatMap((peer) => to.map((target) => ({ reason, from: peer, to: target, ports })));
}
