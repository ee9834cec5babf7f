import type { Manifest } from './manifests';

/** Whether a rule of a NetworkPolicy lets pods connect to any address, but for those that a node alone has to ask, at a port. */
export function leadsAnywhere({ to, ports }: Manifest, port?: number): boolean {
  const isAnywhere = to?.some(({ ipBlock }: Manifest) => ipBlock?.cidr === '0.0.0.0/0' && ipBlock.except.includes('169.254.0.0/16'));
  return isAnywhere && (port === undefined ? ports === undefined : ports?.some((each: Manifest) => each.port === port));
}
