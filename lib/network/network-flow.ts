/** One end of a connection. */
export type NetworkPeer =
  /** Pods of the same namespace with these labels. */
  | { readonly kind: 'pods'; readonly labels: { readonly [name: string]: string } }
  /** The pods of a namespace: all, or those with these labels. */
  | { readonly kind: 'namespace'; readonly name: string; readonly labels?: { readonly [name: string]: string } }
  /** Addresses, in CIDR notation. */
  | { readonly kind: 'cidr'; readonly cidr: string }
  /** Whatever address, inside or outside of the cluster, but for these blocks. */
  | { readonly kind: 'anywhere'; readonly except?: readonly string[] };

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

/**
 * What is meant by no "anywhere": link-local addresses, and others at which clouds tell a node who it is, and give it keys. Those of AWS, Google and
 * most others are link-local, in IPv4; the others here are of Alibaba and Azure, and, in IPv6, of AWS and Google.
 */
export const NODE_ADDRESSES: readonly string[] = [
  '169.254.0.0/16',
  '100.100.100.200/32',
  '168.63.129.16/32',
  'fe80::/10',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
];

/** A flow from each peer to each other one. */
export function flowsBetween(
  reason: string,
  from: readonly NetworkPeer[],
  to: readonly NetworkPeer[],
  ports?: readonly NetworkPort[],
): NetworkFlow[] {
  return from.flatMap((peer) => to.map((target) => ({ reason, from: peer, to: target, ports })));
}
