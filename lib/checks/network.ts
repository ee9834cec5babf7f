import type { Json } from '../kubernetes/json';
import { containsCidr, overlapCidrs } from '../network/cidr';
import type { NetworkFlow, NetworkPeer, NetworkPort } from '../network/network-flow';
import { policyPeers } from '../network/network-policies';
import type { Finding } from './finding';
import { isEmptySelector, type LabelSelector, selects } from './label-selector';
import type { ManifestObject, Manifests, Pod } from './manifests';
import { podPorts } from './ports';

/** One end of a connection: a pod of the chart, or a set of pods or addresses all of which have to be let through. */
type End =
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'namespace'; readonly name: string; readonly labels?: { readonly [name: string]: string } }
  | { readonly kind: 'cidr'; readonly cidr: string; readonly except?: readonly string[] }
  | { readonly kind: 'everyPod' };

/** One direction of a NetworkPolicy; a list that is empty means all. */
interface Rule {
  readonly peers: readonly Json[];
  readonly ports: readonly Json[];
}

interface Policy {
  readonly object: ManifestObject;
  readonly podSelector: LabelSelector;
  /** Undefined where the policy leaves the direction alone. */
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

type Direction = 'ingress' | 'egress';

/** Every flow whose pods there are is let through by the NetworkPolicies at both of its ends. */
export function checkNetwork(manifests: Manifests, flows: readonly NetworkFlow[]): Finding[] {
  const policies = manifests.objects.filter(isNetworkPolicy).map(readPolicy);
  if (policies.length === 0) return [];
  const simulation = new Simulation(manifests, policies);
  return flows.flatMap((flow) => [...simulation.findings(flow, 'egress'), ...simulation.findings(flow, 'ingress')]);
}

function isNetworkPolicy({ kind, manifest }: ManifestObject): boolean {
  return kind === 'NetworkPolicy' && manifest.apiVersion.startsWith('networking.k8s.io/');
}

function readPolicy(object: ManifestObject): Policy {
  const { podSelector = {}, ingress = [], egress = [], policyTypes } = object.manifest.spec ?? {};
  const types: string[] = policyTypes?.length ? policyTypes : ['Ingress', ...(egress.length > 0 ? ['Egress'] : [])];
  return {
    object,
    podSelector,
    ingress: types.includes('Ingress') ? ingress.map(({ from = [], ports = [] }: Json) => ({ peers: from, ports })) : undefined,
    egress: types.includes('Egress') ? egress.map(({ to = [], ports = [] }: Json) => ({ peers: to, ports })) : undefined,
  };
}

class Simulation {
  /** The policies of a direction that select a pod. */
  private readonly selecting: { readonly [Key in Direction]: Map<Pod, Policy[]> } = { ingress: new Map(), egress: new Map() };

  constructor(
    private readonly manifests: Manifests,
    private readonly policies: readonly Policy[],
  ) {}

  /** What blocks a flow at the pods whose egress or ingress it is. */
  findings(flow: NetworkFlow, direction: Direction): Finding[] {
    const [here, there] = direction === 'egress' ? [flow.from, flow.to] : [flow.to, flow.from];
    return this.podsOf(here).flatMap((pod) => {
      const policies = this.policiesOf(pod, direction);
      if (policies.length === 0) return [];
      const ends = this.endsOf(there, pod);
      const ports = flow.ports ?? [undefined];
      const blocked = ports.filter((port) => !ends.every((end) => this.allows(policies, direction, pod, end, port)));
      return blocked.length > 0 ? [blockedFinding(flow, direction, pod, there, blocked, policies)] : [];
    });
  }

  private podsOf(peer: NetworkPeer): Pod[] {
    if (peer.kind !== 'pods' || isAnyPod(peer.labels)) return [];
    return this.manifests.checkedPods.filter((pod) => selects({ matchLabels: peer.labels }, pod.labels));
  }

  private policiesOf(pod: Pod, direction: Direction): Policy[] {
    const known = this.selecting[direction].get(pod);
    if (known) return known;
    const policies = this.policies.filter(
      (policy) => policy[direction] && policy.object.namespace === pod.object.namespace && selects(policy.podSelector, pod.labels),
    );
    this.selecting[direction].set(pod, policies);
    return policies;
  }

  /** What a peer stands for, seen from a pod of the flow's other end. */
  private endsOf(peer: NetworkPeer, from: Pod): End[] {
    switch (peer.kind) {
      case 'pods':
        if (isAnyPod(peer.labels)) return [{ kind: 'namespace', name: from.object.namespace }];
        return this.podsOf(peer)
          .filter((pod) => pod.object.namespace === from.object.namespace)
          .map((pod) => ({ kind: 'pod', pod }));
      case 'namespace':
      case 'cidr':
        return [peer];
      case 'anywhere':
        // An ipBlock is for addresses outside of the cluster.
        return [{ kind: 'cidr', cidr: '0.0.0.0/0', except: peer.except }, { kind: 'everyPod' }];
    }
  }

  private allows(policies: readonly Policy[], direction: Direction, pod: Pod, end: End, port: NetworkPort | undefined): boolean {
    // A port's name is that of the pod which is connected to.
    const target = direction === 'ingress' ? pod : end.kind === 'pod' ? end.pod : undefined;
    return policies.some((policy) =>
      policy[direction]?.some(
        ({ peers, ports }) =>
          (ports.length === 0 || (port && ports.some((allowed) => coversPort(allowed, port, target)))) &&
          (peers.length === 0 || peers.some((peer) => this.covers(peer, end, policy.object.namespace))),
      ),
    );
  }

  private covers({ ipBlock, namespaceSelector, podSelector = {} }: Json, end: End, policyNamespace: string): boolean {
    if (ipBlock) {
      if (end.kind !== 'cidr') return false;
      const isMeant = (block: string) => overlapCidrs(block, end.cidr) && !end.except?.some((except) => containsCidr(except, block));
      return containsCidr(ipBlock.cidr, end.cidr) && !(ipBlock.except ?? []).some(isMeant);
    }
    const inNamespace = (name: string) =>
      namespaceSelector ? selects(namespaceSelector, this.namespaceLabels(name)) : name === policyNamespace;
    switch (end.kind) {
      case 'pod':
        return selects(podSelector, end.pod.labels) && inNamespace(end.pod.object.namespace);
      case 'namespace':
        return inNamespace(end.name) && (end.labels ? selects(podSelector, end.labels) : isEmptySelector(podSelector));
      case 'everyPod':
        return isEmptySelector(podSelector) && namespaceSelector !== undefined && isEmptySelector(namespaceSelector);
      case 'cidr':
        return false;
    }
  }

  /** The label that every namespace has, and those it gets in the chart. */
  private namespaceLabels(name: string): { readonly [name: string]: string } {
    return { ...this.manifests.find('Namespace', name, '')?.manifest.metadata.labels, 'kubernetes.io/metadata.name': name };
  }
}

/** A peer without labels stands for pods that need not be in the chart. */
function isAnyPod(labels: { readonly [name: string]: string }): boolean {
  return Object.keys(labels).length === 0;
}

function coversPort({ port, endPort, protocol = 'TCP' }: Json, wanted: NetworkPort, target: Pod | undefined): boolean {
  if (protocol !== wanted.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'number') return wanted.port >= port && wanted.port <= (endPort ?? port);
  const named = target ? podPorts(target) : [];
  return named.some(
    (candidate) => candidate.name === port && candidate.containerPort === wanted.port && (candidate.protocol ?? 'TCP') === protocol,
  );
}

function blockedFinding(
  flow: NetworkFlow,
  direction: Direction,
  pod: Pod,
  there: NetworkPeer,
  ports: readonly (NetworkPort | undefined)[],
  policies: readonly Policy[],
): Finding {
  const known = ports.filter((port) => port !== undefined);
  const at = known.length > 0 ? known.map(({ port, protocol }) => `${port}/${protocol}`).join(', ') : 'all';
  const names = policies.map(({ object }) => `${object.kind}/${object.name}`).join(', ');
  const rule = { ...peerRule(direction, there), ...(known.length > 0 && { ports: known }) };
  return {
    object: pod.object,
    problem:
      `${flow.reason}: ${describePeer(flow.from)} can't reach ${describePeer(flow.to)} at port ${at}, ` +
      `blocked by the ${direction} of ${names}`,
    remedy: `this ${direction} rule would do: ${JSON.stringify(rule)}`,
  };
}

function peerRule(direction: Direction, peer: NetworkPeer): object {
  const peers = policyPeers(peer);
  return peers.length > 0 ? { [direction === 'egress' ? 'to' : 'from']: peers } : {};
}

function describePeer(peer: NetworkPeer): string {
  switch (peer.kind) {
    case 'pods':
      return isAnyPod(peer.labels) ? 'pods of the namespace' : podsWith(peer.labels);
    case 'namespace':
      return peer.labels ? `${podsWith(peer.labels)} of the namespace ${peer.name}` : `the namespace ${peer.name}`;
    case 'cidr':
      return peer.cidr;
    case 'anywhere':
      return 'any address';
  }
}

function podsWith(labels: { readonly [name: string]: string }): string {
  const texts = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return `pods with ${texts.join(', ')}`;
}
