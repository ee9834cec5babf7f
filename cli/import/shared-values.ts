import { call, type Expression, type Fields, fields, isFields, Name } from './expression';
import * as pod from './pod-values';
import type { Json, Values } from './values';

// What values of both charts come to.

/** What has been read for the executor: what is of no use under the one that there is stays out. */
export interface ExecutorParts {
  readonly names: readonly string[];
  readonly workers?: Fields;
  readonly workerGroups?: Fields;
  readonly broker?: Expression;
  readonly flower?: Fields;
  readonly tasks?: Fields;
  readonly podCleanup?: Fields;
  readonly podsCreationBatchSize?: number;
  readonly deletePodsOnFailure?: boolean;
}

// What Secrets are called whose names a chart's values do not say.
export const DATABASE_SECRET = 'airflow-database-login';
export const BROKER_SECRET = 'airflow-broker-login';
export const GIT_SECRET = 'airflow-git-login';

const EXECUTORS = ['CeleryExecutor', 'KubernetesExecutor', 'LocalExecutor'];

/** The names of the executors, the first one first: that of the charts where none is known. */
export function executorNames(values: Values): readonly string[] {
  const names = knownExecutors(values);
  // Without Celery there is no broker.
  if (!names.includes('CeleryExecutor') && values.peek('redis.enabled') === false) values.tell('redis.enabled');
  return names;
}

function knownExecutors(values: Values): readonly string[] {
  const given = `${values.peek('executor') ?? EXECUTORS[0]}`;
  const names = given
    .replace(/^(Celery|Local)Kubernetes/, '$1Executor,Kubernetes')
    .split(',')
    .map((name) => name.trim());
  values.tell('executor');
  const [first] = names;
  const isKnown = names.every((name) => EXECUTORS.includes(name));
  if (isKnown && !(names.length > 1 && names.includes('LocalExecutor'))) return names;
  const taken = isKnown ? first : EXECUTORS[0];
  values.note('executor', given, `there are Celery, Kubernetes, both of them together, and Local; ${taken} is taken`);
  return [taken];
}

/** The prop `executor`. */
export function executor({ names, ...parts }: ExecutorParts): Expression {
  const { workers, workerGroups, broker, flower, tasks, podCleanup, podsCreationBatchSize, deletePodsOnFailure } = parts;
  const propsOf: { readonly [name: string]: Fields | undefined } = {
    CeleryExecutor: fields({ workers, workerGroups, broker, flower }),
    KubernetesExecutor: fields({ tasks, podCleanup, podsCreationBatchSize, deletePodsOnFailure }),
  };
  const calls = names.map((name) => {
    const props = propsOf[name];
    return call(`Executor.${name.replace('Executor', '').toLowerCase()}`, ...(props ? [props] : []));
  });
  return calls.length > 1 ? call('Executor.several', ...calls) : calls[0];
}

/** An address with what is secret in it left out. */
export interface Address {
  readonly scheme: string;
  readonly user?: string;
  readonly host: string;
  readonly port?: number;
  /** What follows the host, without the slash. */
  readonly path: string;
  readonly hasPassword: boolean;
}

/** An address of git without a login, where one is in it; the user of SSH is none. */
export function withoutLogin(address: string): { url: string; hadLogin: boolean } {
  const url = address.replace(/^(https?:\/\/)[^@/]*@/, '$1');
  return { url, hadLogin: url !== address };
}

export function addressOf(text: Json): Address | undefined {
  const match = /^([\w+]+):\/\/(?:([^/@:]*)(:[^/@]*)?@)?([^/:?]+)(?::(\d+))?(?:\/([^?]*))?/.exec(typeof text === 'string' ? text : '');
  if (!match) return undefined;
  const [, scheme, user, password, host, port, path = ''] = match;
  return {
    scheme,
    user: user || undefined,
    host,
    port: port === undefined ? undefined : Number(port),
    path,
    hasPassword: password !== undefined,
  };
}

/** Where Airflow's connection to the broker leads. */
export function brokerOfAddress({ scheme, user, host, port, path, hasPassword }: Address, password: Fields): Expression | undefined {
  const tls = /^(rediss|amqps)$/.test(scheme) ? {} : undefined;
  if (/^rediss?$/.test(scheme)) {
    const databaseNumber = /^\d+$/.test(path) && path !== '0' ? Number(path) : undefined;
    return call(
      'Broker.external',
      fields({ host, port: unless(port, 6379), user, password: hasPassword ? password : undefined, databaseNumber, tls }) ?? {},
    );
  }
  if (!/^(amqps?|pyamqp)$/.test(scheme)) return undefined;
  return call(
    'Broker.rabbitMq',
    fields({ host, port: unless(port, tls ? 5671 : 5672), user, password, virtualHost: unless(path, ''), tls }) ?? {},
  );
}

/** Nothing where it is the default. */
export function unless<Value>(value: Value | undefined, otherwise: Value): Value | undefined {
  return value === otherwise ? undefined : value;
}

export function anywhere(port: number): Expression {
  return call('NetworkDestination.anywhere', [port]);
}

/** The version of Airflow that a tag begins with. */
export function versionOf(tag: string | undefined): string | undefined {
  return /^(\d+\.\d+\.\d+)(?![\d.])/.exec(tag ?? '')?.[1];
}

/** The version of Airflow; an earlier one than 3 the library does not know. */
export function airflowVersion(values: Values, ...paths: readonly string[]): string | undefined {
  const path = paths.find((each) => values.peek(each) !== undefined);
  const version = path && versionOf(`${values.peek(path)}`);
  if (!path || !version) return undefined;
  values.tell(path, ...paths.filter((each) => `${values.peek(each)}` === version));
  if (Number.parseInt(version, 10) >= 3) return version;
  values.note(path, version, 'this library is for Airflow 3, which moves a database of 2.7 or later');
  return undefined;
}

/** Where logs are kept, by the options of Airflow. */
export function remoteLogs(values: Values, logging: string, connectionSecret: (id: string) => Fields | undefined): Expression | undefined {
  if (values.isOn(`${logging}.remote_logging`) !== true) return undefined;
  const folder = values.text(`${logging}.remote_base_log_folder`);
  const [, scheme, bucket, path = ''] = /^(s3|gs):\/\/([^/]+)\/?(.*)$/.exec(folder ?? '') ?? [];
  if (!bucket) return undefined;
  const id = values.text(`${logging}.remote_log_conn_id`);
  const secret = id ? connectionSecret(id) : undefined;
  if (id && !secret)
    values.note(
      `${logging}.remote_log_conn_id`,
      id,
      'name the Secret that has the connection: connection: Connection.fromSecret(…); without it the identity of the pods counts',
    );
  const connection = secret && call('Connection.fromSecret', secret);
  return call(scheme === 's3' ? 'Logs.s3' : 'Logs.gcs', fields({ bucket, folder: path.replace(/\/+$/, ''), connection }) ?? {});
}

/** An Ingress by whose address users come: that of an option, where it is another. */
export function withAddress(ingress: Fields, values: Values, ...options: readonly string[]): Fields {
  const given = options.map((path) => values.text(path)).find((text) => text !== undefined);
  if (given === undefined || !URL.canParse(given)) return ingress;
  const { origin } = new URL(given);
  const isOwn = origin === `${ingress.tls === undefined ? 'http' : 'https'}://${ingress.host}`;
  return isOwn ? ingress : { ...ingress, address: origin };
}

/** The Secret and key that a variable is read from, where one is said as such in the `env` of a component. */
export function secretOfVariable(component: Expression | undefined, name: string): Fields | undefined {
  const env = isFields(component) ? component.env : undefined;
  const value = isFields(env) ? Object.entries(env).find(([each]) => each.toUpperCase() === name.toUpperCase())?.[1] : undefined;
  const [given] = value && typeof value === 'object' && 'args' in value ? (value.args as Expression[]) : [];
  if (!isFields(given) || !(given.secret instanceof Name)) return undefined;
  return { secretName: given.secret.text.replace(/^Secret:/, ''), key: given.key };
}

/** The Service by which users come from elsewhere. Both charts have it at 8080 where they are told nothing. */
export function externalService(service: Values, portOf: (key: 'port' | 'nodePort') => number | undefined): Fields | undefined {
  const type = service.text('type');
  if (type !== 'LoadBalancer' && type !== 'NodePort') return undefined;
  const props = fields({
    port: portOf('port') ?? 8080,
    nodePort: type === 'NodePort' ? portOf('nodePort') : undefined,
    sourceRanges: service.list('loadBalancerSourceRanges') as string[] | undefined,
    annotations: pod.texts(service, 'annotations'),
  });
  return { externalService: call(`ExternalService.${type === 'NodePort' ? 'nodePort' : 'loadBalancer'}`, props ?? {}) };
}

/** Props below one; nothing where there are none. */
export function propsBelow(prop: string, props: { readonly [name: string]: Expression | undefined } | undefined): Fields | undefined {
  const given = props && fields(props);
  return given && { [prop]: given };
}

/** The props of an Ingress, by which users come to the first host. */
export function ingressProps(
  given: Values,
  [host, ...additionalHosts]: readonly string[],
  secured: { readonly tls?: Expression; readonly annotations?: Fields },
): Fields | undefined {
  return fields({
    host,
    additionalHosts: additionalHosts.length > 0 ? additionalHosts : undefined,
    path: unless(given.text('path'), '/'),
    pathType: unless(given.text('pathType'), 'Prefix'),
    className: given.text('ingressClassName'),
    tls: secured.tls,
    annotations: secured.annotations,
  });
}

/** The certificate of an Ingress, and the annotations that are left. */
export function tlsOf(
  annotations: Fields | undefined,
  secrets: { readonly [host: string]: string },
  isOn: boolean,
): { tls?: Expression; annotations?: Fields } {
  const { 'cert-manager.io/cluster-issuer': clusterIssuer, 'cert-manager.io/issuer': issuer, ...others } = annotations ?? {};
  const names = [...new Set(Object.values(secrets))];
  const rest = fields(others);
  if (isOn && (clusterIssuer ?? issuer) !== undefined && names.length <= 1) {
    const props = fields({
      issuer: clusterIssuer ?? issuer,
      clusterIssuer: clusterIssuer === undefined ? false : undefined,
      secretName: names[0],
    });
    return { tls: call('IngressTls.certManager', props ?? {}), annotations: rest };
  }
  if (names.length > 1) return { tls: call('IngressTls.secretsByHost', secrets), annotations };
  if (names.length === 1) return { tls: call('IngressTls.secret', names[0]), annotations };
  return { ...(isOn && { tls: call('IngressTls.terminatedElsewhere') }), annotations };
}
