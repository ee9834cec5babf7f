import type { NetworkPeer, NetworkPort } from './network-flow';

const DEFAULT_PORTS: { readonly [protocol: string]: number } = { 'http:': 80, 'https:': 443, 'ssh:': 22 };

/**
 * Whom a NetworkPolicy must let through so that a URL can be reached.
 *
 * For a Service of the cluster (`name.namespace.svc…`) that is its namespace, at all ports: a policy is judged by the port of the pod,
 * and that of the Service, which the URL has, may be another. For a name without dots it is the pods of the same namespace. For any other
 * host it is the URL's port at any address, as a policy can't tell names.
 */
export function peerOfUrl(url: URL): { peer: NetworkPeer; ports?: NetworkPort[] } {
  const [, namespace, svc] = url.hostname.split('.');
  if (svc === 'svc') return { peer: { kind: 'namespace', name: namespace } };
  if (/^(?!localhost$)[\w-]+$/.test(url.hostname)) return { peer: { kind: 'pods', labels: {} } };
  const port = Number(url.port) || DEFAULT_PORTS[url.protocol];
  return { peer: { kind: 'anywhere' }, ports: [{ port, protocol: 'TCP' }] };
}
