import { isIP } from 'node:net';
import { cidrProblem } from '../../network/cidr';
import { ANYWHERE, type NetworkFlow, type NetworkPeer, type NetworkPort, NODE_ADDRESSES, tcp, udp } from '../../network/network-flow';
import type { Destination } from '../../network/url-destinations';
import type { ComponentProps } from '../../props/component-props';
import type { DistributionInput } from '../contract';

/** Where API servers listen: mostly, with k3s and kubeadm, with minikube, with MicroK8s. */
const API_SERVER_PORTS = [443, 6443, 8443, 16443];

const KUBE_DNS: Destination = {
  peer: { kind: 'namespace', name: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  ports: [udp(53), tcp(53)],
};

/** Its pods listen elsewhere than its Service. */
const OPENSHIFT_DNS: Destination = { peer: { kind: 'namespace', name: 'openshift-dns' }, ports: [udp(5353), tcp(5353)] };

/** Where pods look up names: at the cluster's, and at their own. Where the platform assigns ids it is OpenShift, most often. */
export function nameServers({ networkPolicies, components }: DistributionInput, { dnsConfig }: ComponentProps = {}): Destination[] {
  if (networkPolicies.dns) return networkPolicies.dns.map(({ _destination }) => _destination);
  const own = (dnsConfig?.nameservers ?? []).map((address): Destination => {
    return { peer: { kind: 'cidr', cidr: `${address}/${isIP(address) === 6 ? 128 : 32}` }, ports: [udp(53), tcp(53)] };
  });
  return [KUBE_DNS, ...(components.all?.securityContext?._isAssigned ? [OPENSHIFT_DNS] : []), ...own];
}

/** The API of Kubernetes is no pod, its port differs between clusters, and some network plugins know a node by no address. */
export function kubernetesApi({ networkPolicies }: DistributionInput): { peers: NetworkPeer[]; ports: NetworkPort[] } {
  const peers = networkPolicies.kubernetesApi?.map((cidr): NetworkPeer => ({ kind: 'cidr', cidr }));
  return { peers: peers ?? [ANYWHERE], ports: API_SERVER_PORTS.map(tcp) };
}

/** A flow that leads anywhere does not lead to what only a node, or who has a token of Kubernetes, has to ask. */
export function withoutCluster({ networkPolicies }: DistributionInput, flow: NetworkFlow): NetworkFlow {
  if (flow.to.kind !== 'anywhere') return flow;
  return { ...flow, to: { ...flow.to, except: [...NODE_ADDRESSES, ...(networkPolicies.kubernetesApi ?? [])] } };
}

export function validateCluster({ validator, networkPolicies }: DistributionInput): void {
  const { dns, kubernetesApi: blocks } = networkPolicies;
  if (dns?.length === 0) validator.report('networkPolicies.dns', dns, 'expected a destination or more: without names nothing is found');
  if (blocks?.length === 0) validator.report('networkPolicies.kubernetesApi', blocks, 'expected a block or more, as in "192.0.2.10/32"');
  if (networkPolicies.enabled === false && blocks) {
    validator.reportHidden('networkPolicies.kubernetesApi', 'without NetworkPolicies every way is open; leave it out, or enabled: false');
  }
  for (const [index, block] of (blocks ?? []).entries()) {
    const problem = block.endsWith('/0') ? 'expected the addresses of the API alone, as in "192.0.2.10/32"' : cidrProblem(block);
    if (problem) validator.report(`networkPolicies.kubernetesApi[${index}]`, block, problem);
  }
}
