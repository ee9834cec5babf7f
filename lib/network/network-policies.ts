import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { containsCidr } from './cidr';
import type { NetworkFlow, NetworkPeer, NetworkPort } from './network-flow';

/** A group of pods that gets a NetworkPolicy. */
export interface PolicyTarget {
  /** The name of the policy, and the id of its construct. */
  readonly name: string;
  readonly podLabels: { readonly [name: string]: string };
}

type Rule = { peers: object[] | undefined; ports?: readonly NetworkPort[] };

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
  const rules = new Map<string, { peers: Map<string, object>; isAny: boolean; ports?: readonly NetworkPort[] }>();
  for (const { peer, ports } of ends) {
    const peers = policyPeers(peer);
    const key = JSON.stringify([ports ?? null, peers.length === 0]);
    const rule = rules.get(key) ?? { peers: new Map(), isAny: peers.length === 0, ports };
    for (const each of peers) rule.peers.set(JSON.stringify(each), each);
    rules.set(key, rule);
  }
  return [...rules.values()].map(({ peers, isAny, ports }) => ({ peers: isAny ? undefined : [...peers.values()], ports }));
}

/** A peer as a NetworkPolicy has it; none stands for any. */
export function policyPeers(peer: NetworkPeer): object[] {
  switch (peer.kind) {
    case 'pods':
      return [{ podSelector: Object.keys(peer.labels).length > 0 ? { matchLabels: peer.labels } : {} }];
    case 'namespace':
      return [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.name } },
          ...(peer.labels && { podSelector: { matchLabels: peer.labels } }),
        },
      ];
    case 'cidr':
      return [{ ipBlock: { cidr: peer.cidr } }];
    case 'anywhere':
      return peer.except ? everywhereBut(peer.except) : [];
  }
}

/** Some network plugins take a block for addresses outside of the cluster alone, so that pods are a peer of their own. */
function everywhereBut(blocks: readonly string[]): object[] {
  const ofFamily = (cidr: string) => ({ ipBlock: { cidr, except: blocks.filter((block) => containsCidr(cidr, block)) } });
  return [ofFamily('0.0.0.0/0'), ofFamily('::/0'), { namespaceSelector: {} }];
}
