import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { NetworkFlow, NetworkPeer, NetworkPort } from './network-flow';

/** A group of pods that gets a NetworkPolicy. */
export interface PolicyTarget {
  /** The name of the policy, and the id of its construct. */
  readonly name: string;
  readonly podLabels: { readonly [name: string]: string };
}

type Rule = { peers: unknown[] | undefined; ports?: readonly NetworkPort[] };

/** One NetworkPolicy for each target: it lets through the flows that begin or end there, and nothing else. */
export function addNetworkPolicies(
  scope: Construct,
  targets: readonly PolicyTarget[],
  flows: readonly NetworkFlow[],
  labels: { readonly [name: string]: string },
): void {
  for (const { name, podLabels } of targets) {
    const isTarget = (peer: NetworkPeer) => peer.kind === 'pods' && sameLabels(peer.labels, podLabels);
    const ingress = rulesFor(flows.filter((flow) => isTarget(flow.to)).map((flow) => ({ peer: flow.from, ports: flow.ports })));
    const egress = rulesFor(flows.filter((flow) => isTarget(flow.from)).map((flow) => ({ peer: flow.to, ports: flow.ports })));
    new ApiObject(scope, name, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, labels },
      spec: {
        podSelector: { matchLabels: podLabels },
        policyTypes: ['Ingress', 'Egress'],
        ...(ingress.length > 0 && { ingress: ingress.map(({ peers, ports }) => ({ from: peers, ports })) }),
        ...(egress.length > 0 && { egress: egress.map(({ peers, ports }) => ({ to: peers, ports })) }),
      },
    });
  }
}

function sameLabels(a: { readonly [name: string]: string }, b: { readonly [name: string]: string }): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** Flows to the same ports become one rule; a rule without peers lets through any. */
function rulesFor(ends: { peer: NetworkPeer; ports?: readonly NetworkPort[] }[]): Rule[] {
  const rules = new Map<string, { peers: Map<string, unknown>; anywhere: boolean; ports?: readonly NetworkPort[] }>();
  for (const { peer, ports } of ends) {
    const key = JSON.stringify([ports ?? null, peer.kind === 'anywhere']);
    const rule = rules.get(key) ?? { peers: new Map(), anywhere: peer.kind === 'anywhere', ports };
    rule.peers.set(JSON.stringify(peer), policyPeer(peer));
    rules.set(key, rule);
  }
  return [...rules.values()].map(({ peers, anywhere, ports }) => ({ peers: anywhere ? undefined : [...peers.values()], ports }));
}

/** A peer of a NetworkPolicy; undefined stands for any. */
export function policyPeer(peer: NetworkPeer): object | undefined {
  switch (peer.kind) {
    case 'pods':
      return { podSelector: Object.keys(peer.labels).length > 0 ? { matchLabels: peer.labels } : {} };
    case 'namespace':
      return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.name } } };
    case 'cidr':
      return { ipBlock: { cidr: peer.cidr } };
    case 'anywhere':
      return undefined;
  }
}
