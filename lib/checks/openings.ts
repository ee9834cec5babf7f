import type { Json } from '../kubernetes/json';
import type { NetworkFlow, NetworkPeer } from '../network/network-flow';
import { policyPeers } from '../network/network-policies';
import type { Finding } from './finding';
import { isEmptySelector, selects } from './label-selector';
import type { Manifests, Pod } from './manifests';

/** Nothing is open to whoever is there that no flow leads to or from: what a patch opens is told. */
export function checkOpenings(manifests: Manifests, flows: readonly NetworkFlow[]): Finding[] {
  return [...wideEgress(manifests, flows), ...outwardServices(manifests, flows)];
}

function wideEgress(manifests: Manifests, flows: readonly NetworkFlow[]): Finding[] {
  return manifests.checkedOf('NetworkPolicy').flatMap((object) => {
    const { podSelector = {}, egress: rules = [] } = object.manifest.spec ?? {};
    const pods = manifests.podsOf(podSelector, object.namespace);
    const needed = flows.filter(({ from }) => pods.some((pod) => isFor(from, pod))).map(({ to }) => policyPeers(to));
    const isAny = needed.some((peers) => peers.length === 0);
    const known = new Set(needed.flat().map((peer) => JSON.stringify(peer)));
    const wide = rules.flatMap(({ to = [] }: Json) => {
      if (to.length === 0) return isAny ? [] : ['any address'];
      return to.filter((peer: Json) => isWide(peer) && !known.has(JSON.stringify(peer))).map((peer: Json) => JSON.stringify(peer));
    });
    return [...new Set<string>(wide)].map((what) => ({
      object,
      problem: `its egress opens ${what}, which nothing of the deployment needs`,
      remedy: 'say where it leads by a prop, as networkPolicies.taskEgress or egress of the component',
    }));
  });
}

function isWide({ ipBlock, namespaceSelector, podSelector = {} }: Json): boolean {
  if (ipBlock) return ipBlock.cidr.endsWith('/0');
  return namespaceSelector !== undefined && isEmptySelector(namespaceSelector) && isEmptySelector(podSelector);
}

/** A Service that the outside gets to leads to pods alone that the outside is to reach. */
function outwardServices(manifests: Manifests, flows: readonly NetworkFlow[]): Finding[] {
  return manifests.checkedOf('Service').flatMap((object) => {
    const { type, selector, externalIPs = [] } = object.manifest.spec ?? {};
    const way = ['LoadBalancer', 'NodePort'].find((each) => each === type) ?? (externalIPs.length > 0 ? 'externalIPs' : undefined);
    if (!way || !selector) return [];
    const pods = manifests.podsOf({ matchLabels: selector }, object.namespace);
    const closed = pods.filter((pod) => !flows.some(({ from, to }) => from.kind !== 'pods' && isFor(to, pod)));
    return closed.map((pod) => ({
      object,
      problem: `by ${way} it lets the outside get to ${pod.object.kind}/${pod.object.name}, whom only pods of the deployment are to reach`,
      remedy: 'expected the type ClusterIP; for the web interface there is the prop externalService',
    }));
  });
}

function isFor(peer: NetworkPeer, pod: Pod): boolean {
  return peer.kind === 'pods' && selects({ matchLabels: peer.labels }, pod.labels);
}
