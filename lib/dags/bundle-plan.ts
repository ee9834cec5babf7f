import type { Duration } from 'cdk8s';
import type { PodPart } from '../kubernetes/pod-part';
import type { Target } from '../network/url-destinations';
import type { PropValidator } from '../validation/prop-validator';

/**
 * A DAG bundle as Airflow 3 knows it: an item of its option `[dag_processor] dag_bundle_config_list`.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/dag-bundles.html
 */
export interface ConfiguredDagBundle {
  /** The name of the bundle. */
  readonly name: string;
  /** The Python class of the bundle. */
  readonly classpath: string;
  /** What the class is given; a bundle that is a folder of the container has it as `path`. */
  // biome-ignore lint/suspicious/noExplicitAny: arguments are of whatever type the class says
  readonly kwargs: { readonly [name: string]: any };
}

/** What a bundle asks of a deployment: what others need to know of it, so that nobody asks which one it is. */
export interface BundlePlan extends ConfiguredDagBundle {
  /** What the pods need that read it, but for what several bundles share. */
  readonly part: PodPart;
  /** Whether Airflow itself fetches the files, and so needs a folder to put them into. */
  readonly isFetched: boolean;
  /** Whom the pods must be able to reach. */
  readonly destinations: readonly Target[];
  /** Objects that are the user's own. */
  readonly existing: readonly { readonly kind: string; readonly name: string }[];
  /** A user and a token that git is to be given for an address, in a folder with the files `username` and `token`. */
  readonly gitLogin?: GitLogin;
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}

export interface GitLogin {
  readonly url: string;
  readonly folder: string;
  /** Whether it is for submodules too, which are elsewhere on the same host. */
  readonly isForHost: boolean;
}

/** What can be said of any bundle. */
export interface DagBundleOptions {
  /**
   * The name of the bundle, a DNS label of at most 40 characters. Airflow keeps it with each DAG: a new name makes new DAGs.
   * @default - the last part of where the DAGs are
   */
  readonly name?: string;
  /**
   * How often Airflow looks for changes.
   * @default - Duration.minutes(5), that of Airflow
   * @see Airflow option [dag_processor] refresh_interval
   */
  readonly refreshInterval?: Duration;
}

export const LOCAL_BUNDLE = 'airflow.dag_processing.bundles.local.LocalDagBundle';

/** The name that a bundle has of itself: the last part of a path. */
export function nameOfPath(...paths: readonly (string | undefined)[]): string {
  const parts = paths.flatMap((path) => (path ?? '').split('/')).filter(Boolean);
  return (parts.pop() ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}

export function refreshOf({ refreshInterval }: DagBundleOptions): { refresh_interval?: number } {
  return refreshInterval ? { refresh_interval: Math.floor(refreshInterval.toMilliseconds() / 1000) } : {};
}

const MAX_NAME_LENGTH = 40;

export function validateBundle(validator: PropValidator, prop: string, name: string, { refreshInterval }: DagBundleOptions): void {
  validator.dnsLabel(`${prop}.name`, name);
  if (name.length > MAX_NAME_LENGTH) validator.report(`${prop}.name`, name, `expected at most ${MAX_NAME_LENGTH} characters`);
  validator.wholeSeconds(`${prop}.refreshInterval`, refreshInterval);
}

/** The id of the connection of a bundle that is the library's own. */
export function connectionIdOf(name: string): string {
  return `dag_bundle_${name.replaceAll('-', '_')}`;
}

/** A connection in a variable of the pods that read a bundle. Nothing in it is secret. */
export function connectionVariable(name: string, connection: object): { name: string; value: string } {
  return { name: `AIRFLOW_CONN_${connectionIdOf(name).toUpperCase()}`, value: JSON.stringify(connection) };
}

const CONNECTION_ID = /^[\w.-]{1,200}$/;

export function validateConnectionId(validator: PropValidator, prop: string, id: string | undefined): void {
  if (id === undefined || CONNECTION_ID.test(id)) return;
  validator.report(`${prop}.connectionId`, id, 'expected the id of a connection of Airflow, as in "dags"');
}
