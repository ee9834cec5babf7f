import { isIP } from 'node:net';
import type { PropValidator } from '../validation/prop-validator';

/** What tells under which address something is reached. */
export interface WebAddress {
  readonly host: string;
  readonly additionalHosts?: string[];
  readonly address?: string;
  readonly path?: string;
}

/** Any host. */
export const ANY_HOST = '*';

/** No empty, `.` or `..` part, and no slash in disguise: the API server refuses them. */
const PATH = /^\/$|^(?!.*%2f)(\/(?!\.{1,2}(\/|$))[-\w.~!$&'()*+,;=:@%]+)+\/?$/i;
/** What is a pattern to controllers, and no path to Airflow. */
const PATTERN = /[*()$+]/;
/** Annotations by which controllers change the path. */
const REWRITES = /\/(rewrite-target|path-rewrite)$/;
const ADDRESS = /^https?:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?\/?$/;

export function hostsOf({ host, additionalHosts = [] }: WebAddress): string[] {
  return [host, ...additionalHosts];
}

/** The path, without a slash at the end. */
export function pathOf({ path }: Pick<WebAddress, 'path'>): string {
  return path?.replace(/(?<=.)\/+$/, '') || '/';
}

/** The path as what stands before other paths: empty, or as `/airflow`. */
export function prefixOf(options: Pick<WebAddress, 'path'>): string {
  return pathOf(options).replace(/\/\*?$/, '');
}

/** Where users come to, without a slash at the end: `https://airflow.example.com/sub/path`. */
export function urlOf(options: WebAddress, isHttps: boolean): string {
  const { address = `${isHttps ? 'https' : 'http'}://${options.host}` } = options;
  return `${address.replace(/\/$/, '')}${prefixOf(options)}`;
}

/** Reports what is wrong with the hosts and the address. */
export function validateHosts(validator: PropValidator, { host, additionalHosts = [], address }: WebAddress, what: string): void {
  const validateHost = (prop: string, value: string) => {
    validator.dnsSubdomain(prop, value.replace(/^\*\.(?=.)/, ''));
    if (isIP(value)) validator.report(prop, value, `${what} knows no addresses; expected a host name, as in "airflow.example.com"`);
  };
  if (host !== ANY_HOST) validateHost('host', host);
  if (address !== undefined && !ADDRESS.test(address)) {
    const given = address.replace(/[^/@]*@/, '***@');
    validator.report('address', given, 'expected where users come to, without a path, as in "https://airflow.example.com:8443"');
  }
  if (address === undefined && /^\*(\.|$)/.test(host)) {
    validator.report('host', host, 'expected `address` with it, to which links lead, as in "https://airflow.example.com"');
  }
  for (const [index, additional] of additionalHosts.entries()) {
    validateHost(`additionalHosts[${index}]`, additional);
    if ([host, ...additionalHosts].indexOf(additional) <= index)
      validator.report(`additionalHosts[${index}]`, additional, 'expected a host that is not there yet');
  }
}

/** Reports a path that is none. `further` says what else would do in the place of a pattern. */
export function validatePath(validator: PropValidator, path: string | undefined, given = path, further = ''): void {
  if (path === undefined) return;
  if (PATTERN.test(path)) {
    validator.report('path', given, `expected a path and no pattern, below which all is meant, as in "/airflow"${further}`);
  } else if (!PATH.test(path)) validator.report('path', given, 'expected a path that begins with a slash, as in "/airflow"');
}

/** Reports annotations that would change the path. */
export function validateAnnotations(validator: PropValidator, annotations: { readonly [name: string]: string } | undefined): void {
  for (const [key, value] of Object.entries(annotations ?? {})) {
    if (REWRITES.test(key)) {
      validator.report(`annotations["${key}"]`, value, 'the path has to reach the Service as it is, and links follow `path`; leave it out');
    }
  }
  validator.annotations('annotations', annotations);
}
