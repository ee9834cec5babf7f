import { groupOf } from '../../lib/kubernetes/api-group';
import type { Json } from '../../lib/kubernetes/json';
import { podTemplateOf } from '../../lib/kubernetes/pod-part';
import { imagesOf } from '../../lib/kubernetes/pods-of';

const INSTANCE = 'app.kubernetes.io/instance';
const COMPONENT = 'app.kubernetes.io/component';
const POSTGRESQL = /(?:^|\/)(?:postgres|postgresql|postgis|timescaledb)(?:-\w+)?:(?:pg)?(\d+)/;
/** The address of a metadata database, without login and parameters. A broker has another scheme. */
const ADDRESS = /\b(?:postgresql|mysql)(?:\+\w+)?:\/\/(?:[^@'"\s]*@)?([^/'"\s]+)\/([^?'"\s]+)/g;
const CONNECTION_VARIABLE = 'AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD';
const PGBOUNCER_SERVER = /^\* = host=(\S+) port=(\d+)$/m;

/** Where a database is. */
export interface Place {
  /** With its port. */
  readonly host: string;
  /** Undefined where it is in a Secret. */
  readonly name?: string;
}

/** The major version of the PostgreSQL that an object runs. */
export function majorOf(object: Json): string | undefined {
  return imagesOf(object).flatMap((image) => POSTGRESQL.exec(image)?.[1] ?? [])[0];
}

/** Whether it is the server of an Airflow's database. */
export function isDatabase(object: Json): boolean {
  if (object.metadata.labels?.[INSTANCE] === undefined) return false;
  return object.kind === 'StatefulSet'
    ? majorOf(object) !== undefined
    : groupOf(object) === 'postgresql.cnpg.io' && object.kind === 'Cluster';
}

/** The Airflows that there are pods of, as `namespace/name`; of some charts alone what is made beside them says which one it is. */
export function deploymentsOf(objects: readonly Json[]): string[] {
  const makers = objects.filter((object) => object.metadata.labels?.[INSTANCE] !== undefined && podTemplateOf(object));
  return [...new Set(makers.map(deploymentOf))];
}

/** `namespace/name` of the Airflow that an object belongs to. */
export function deploymentOf({ metadata }: Json): string {
  return `${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.labels[INSTANCE]}`;
}

/** Where the metadata database of an Airflow is, as far as manifests say so: the server itself, also where PgBouncer is before it. */
export function placesOf(deployment: string, objects: readonly Json[]): Place[] {
  const own = objects.filter((object) => object.metadata.labels?.[INSTANCE] !== undefined && deploymentOf(object) === deployment);
  const servers = new Map(own.flatMap(({ metadata, data }) => serverBehind(metadata.name, data?.['pgbouncer.ini'])));
  return own.flatMap(addressesIn).map(({ host, name }) => ({ host: servers.get(host.replace(/:\d+$/, '')) ?? host, name }));
}

function serverBehind(name: string, configuration: string | undefined): [string, string][] {
  const [, host, port] = PGBOUNCER_SERVER.exec(configuration ?? '') ?? [];
  return host === undefined ? [] : [[name, `${host.includes(':') ? `[${host}]` : host}:${port}`]];
}

/** A Job of former times is still in the cluster: of Jobs that alone counts which puts addresses together for a chart. */
function addressesIn(object: Json): Place[] {
  const { initContainers = [], containers: own = [] } = podTemplateOf(object)?.spec ?? {};
  const containers: Json[] = [...initContainers, ...own];
  if (object.kind === 'Job') {
    const isOfSecrets = object.metadata.labels[COMPONENT] === 'credentials';
    return isOfSecrets ? containers.flatMap(({ args = [] }) => args.flatMap(placesInText)) : [];
  }
  return containers.flatMap(({ env = [] }) => {
    const values = new Map<string, string>(env.map(({ name, value }: Json) => [name, value]));
    // The variables of Bitnami's chart.
    const [host, port, name] = ['HOST', 'PORT_NUMBER', 'NAME'].map((each) => values.get(`AIRFLOW_DATABASE_${each}`));
    return [...placesInText(values.get(CONNECTION_VARIABLE) ?? ''), ...(host === undefined ? [] : [{ host: `${host}:${port}`, name }])];
  });
}

function placesInText(text: string): Place[] {
  return [...text.matchAll(ADDRESS)].map(([, host, name]) => ({ host, name: name.startsWith('{') ? undefined : name }));
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.host === other.host && (one.name === other.name || one.name === undefined || other.name === undefined);
}

export function placeText({ host, name }: Place): string {
  return name === undefined ? host : `${host}/${name}`;
}
