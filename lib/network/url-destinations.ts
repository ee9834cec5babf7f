import { isIP } from 'node:net';
import tlds from 'tlds';
import type { NetworkPeer, NetworkPort } from './network-flow';

const DEFAULT_PORTS: { readonly [protocol: string]: number } = {
  'http:': 80,
  'https:': 443,
  'ldap:': 389,
  'ldaps:': 636,
  'ssh:': 22,
};

/** Whom a NetworkPolicy must let through, and at which ports; none means all. */
export interface Destination {
  readonly peer: NetworkPeer;
  readonly ports?: readonly NetworkPort[];
}

/** What pods have to reach: a destination, or what a URL leads to, be it through a proxy. */
export type Target = Destination | URL;

/**
 * Whom a NetworkPolicy must let through so that a URL can be reached.
 *
 * For a Service that is the pods of its namespace, at all ports: a policy is judged by the port of the pod, and that of the Service, which
 * the URL has, may be another. An address is let through at the URL's port, and any other host at that port of any address, as a policy can't tell names. `gitea.git` may be
 * either, a Service of the namespace `git` or a host of the company, and gets both.
 * @param clusterDomain the domain of the cluster's own names.
 */
export function destinationsOfUrl(url: URL, clusterDomain = 'cluster.local'): Destination[] {
  const port = Number(url.port) || DEFAULT_PORTS[url.protocol];
  const outside: Destination = { peer: { kind: 'anywhere' }, ports: [{ port, protocol: 'TCP' }] };
  const host = withoutDomain(url.hostname, clusterDomain);
  if (/^(?!localhost$)[\w-]+$/.test(host)) return [{ peer: { kind: 'pods', labels: {} } }];

  const address = host.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  if (version) return [{ ...outside, peer: { kind: 'cidr', cidr: `${address}/${version === 4 ? 32 : 128}` } }];

  const labels = host.split('.');
  const svc = labels.indexOf('svc', 2);
  if (svc > 0 && !isPublic(labels)) return [namespace(labels[svc - 1])];
  // There are namespaces called `tools` or `dev`, and hardly a public host that is still asked without TLS.
  if (labels.length === 2 && (!isPublic(labels) || url.protocol === 'http:')) return [namespace(labels[1]), outside];
  return [outside];
}

/** A Service's name without the domain of the cluster, which may be one that all of the internet knows. */
export function withoutDomain(name: string, clusterDomain: string): string {
  const host = name.toLowerCase().replace(/\.$/, '');
  return host.endsWith(`.svc.${clusterDomain}`) ? host.slice(0, -clusterDomain.length - 1) : host;
}

/** Whether a name ends as those that all of the internet knows. */
function isPublic(labels: readonly string[]): boolean {
  const last = labels[labels.length - 1];
  return tlds.includes(last) || last.startsWith('xn--');
}

function namespace(name: string): Destination {
  return { peer: { kind: 'namespace', name } };
}
