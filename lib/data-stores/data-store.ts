import { isIP } from 'node:net';
import type { Construct } from 'constructs';
import type { ComponentPods } from '../components/component-pods';
import { PORTS } from '../components/components';
import { objectName } from '../components/names';
import type { OwnedOption } from '../config/airflow-config';
import type { LocatedSecret } from '../credentials/airflow-secrets';
import type { ProjectedFile } from '../credentials/secrets-volume';
import { tcp } from '../network/network-flow';
import { type Destination, destinationsOfUrl, type Target, withoutDomain } from '../network/url-destinations';
import type { Images } from '../props/images';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import type { StoreServer } from './stateful-server';

/** The deployment that a data store belongs to, by its name. */
interface Named {
  readonly name: string;
}

/** A data store: what others need to know of it, so that nobody asks which one it is. */
export interface DataStore {
  /** The secret of the deployment that it has: the password, or where there is no address the URL as a whole. Pods have it as a file of this name. */
  readonly purpose: 'database' | 'broker';
  /** What it is, as far as that is known. */
  readonly kind: 'postgresql' | 'mysql' | 'redis' | 'amqp' | 'url';
  /** Where that secret is: among the credentials, in a Secret of the user's, or nowhere. */
  readonly secret: 'credentials' | LocatedSecret | 'none';
  /** How it is connected to; undefined where that is in the secret. */
  readonly address?: StoreAddress;
  /** What stands behind the question mark of its URL, with the paths that files have in a folder. */
  query(folder: string): { readonly [parameter: string]: string };
  /** The same where Celery keeps the results of tasks in it; nothing where it can't. */
  resultsQuery?(folder: string): { readonly [parameter: string]: string };
  /** Settings of Celery for which Airflow has no option, with the paths that files have in a folder. */
  celerySettings?(folder: string): { readonly [setting: string]: unknown };
  /** Files that pods need besides its secret. */
  readonly files: readonly ProjectedFile[];
  /** The server that is made for it, if it is the distribution's to make. */
  readonly server?: StoreServer;
  /** Whom pods connect to, if it is not that server. No proxy is asked. */
  readonly destinations: readonly Target[];
  /** The options of Airflow that it owns, with the paths that files have in a folder. */
  options(folder: string): readonly OwnedOption[];
  /** Variables of Airflow's containers, with the paths that files have in a folder. */
  env(folder: string): readonly { readonly name: string; readonly value: string }[];
  /** The factory that made it, and what that was given. */
  readonly given: Given;
  /** Adds the objects that it is made of beside the server, and says which ones are there already. */
  addTo(scope: Construct, deployment: Named & { readonly images: Images }): void;
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}

/** How a data store is connected to. */
export interface StoreAddress {
  /** The scheme of its URL, without a driver. */
  readonly scheme: string;
  /** The user, if there is one. */
  readonly user?: UrlPart;
  /** The hosts, each with its port; none where it is the Service of the server that is made. */
  readonly hosts: readonly StoreHost[];
  /** The database in it: a name or a number. */
  readonly name: UrlPart;
}

export interface StoreHost {
  readonly host: string;
  readonly port: number;
}

/** A part of a URL: text, or a value in a Secret, which pods have as a file. */
export type UrlPart = string | ProjectedFile;

/** The secrets that are the user's own: of the credentials they are none. */
export function userSecrets(stores: readonly (DataStore | undefined)[]): { readonly [Purpose in DataStore['purpose']]?: LocatedSecret } {
  return Object.fromEntries(stores.flatMap((store) => (typeof store?.secret === 'object' ? [[store.purpose, store.secret]] : [])));
}

/** What the URL of a data store is put together from in a pod: the name of a file in braces stands for what is in it. */
export function urlTemplate(deployment: Named, store: DataStore): string {
  const { address, purpose } = store;
  if (!address) return `{${purpose}}`;
  const { scheme, user, name } = address;
  const login = [user === undefined ? '' : encoded(user), ...(store.secret === 'none' ? [] : [`:{${purpose}}`])].join('');
  const urls = hostsOf(deployment, store).map(({ host, port }) => {
    return `${scheme}://${login && `${login}@`}${host.includes(':') ? `[${host}]` : host}:${port}/${encoded(name)}`;
  });
  return urls.join(';');
}

/** Where its servers listen; nowhere that is known if the secret has it. */
export function hostsOf(deployment: Named, { address, server }: DataStore): readonly StoreHost[] {
  return server ? [{ host: objectName(deployment, server.component), port: portOf(server) }] : (address?.hosts ?? []);
}

/** Where a store of the user's is, alike for all that reach it; undefined for one that is made. The name of a Sentinel's master is among the options. */
export function placeOf(
  { server, address, secret, options }: DataStore,
  { namespace, clusterDomain }: { readonly namespace: string | undefined; readonly clusterDomain: string },
): unknown {
  if (server) return undefined;
  if (!address) return [namespace, secret];
  const hosts = address.hosts.map(({ host, port }) => {
    const name = withoutDomain(host, clusterDomain);
    return [name.includes('.') || isIP(name) ? name : `${name}.${namespace}.svc`, port];
  });
  const name = typeof address.name === 'string' ? address.name : [namespace, address.name];
  return [hosts, name, options('').find(({ key }) => key === 'master_name')?.value];
}

/** Whom pods connect to: the server, where there are pods of it, or what is outside of the deployment. */
export function destinationsOf({ server, destinations }: DataStore, pods: ComponentPods, clusterDomain: string): readonly Destination[] {
  if (!server) return destinations.flatMap((to) => (to instanceof URL ? destinationsOfUrl(to, clusterDomain) : [to]));
  const labels = pods.get(server.component);
  return labels ? [{ peer: { kind: 'pods', labels }, ports: [tcp(portOf(server))] }] : [];
}

function portOf({ component }: StoreServer): number {
  return component === 'postgresql' ? PORTS.postgresql : PORTS.redis;
}

/** The files of a data store that are values of Secrets in its URL. */
export function filesInUrl({ address }: DataStore): ProjectedFile[] {
  return [address?.user, address?.name].filter((part) => typeof part === 'object');
}

/** All that may mean something in a URL, in a template or to a shell is percent-encoded. */
function encoded(part: UrlPart): string {
  if (typeof part === 'object') return `{${part.path}}`;
  return encodeURIComponent(part).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
