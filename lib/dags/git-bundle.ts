import type { NetworkDestination } from '../network/network-destination';
import {
  type BundlePlan,
  connectionIdOf,
  connectionVariable,
  type DagBundleOptions,
  refreshOf,
  validateBundle,
  validateConnectionId,
} from './bundle-plan';
import type { GitCredentials } from './git-credentials';
import { repositoryDestinations, repositoryName, validateAddress, validateFolder } from './git-repository';

/** A git repository that Airflow reads by itself. */
export interface GitDagBundleProps extends DagBundleOptions {
  /**
   * The address: http, https or SSH, without a user name or a token in it (but for the `git@` of SSH). A Service of another namespace is
   * `name.namespace.svc`, by which the NetworkPolicies know it.
   */
  readonly url: string;
  /**
   * The branch to follow.
   * @default - the repository's default branch
   */
  readonly branch?: string;
  /**
   * A tag or a commit, instead of a branch. Another one that is older than what pods have fetched takes new pods.
   * @default - the branch
   */
  readonly ref?: string;
  /**
   * The folder of the DAGs in the repository.
   * @default - the repository's root
   */
  readonly path?: string;
  /**
   * How to prove who reads.
   * @default - a public repository, or what the connection says
   */
  readonly credentials?: GitCredentials;
  /**
   * A connection of Airflow, of the type `git`, that says how to prove who reads, instead of `credentials`; the address is that of `url`.
   * @default - none
   * @see https://airflow.apache.org/docs/apache-airflow-providers-git/stable/connections/git.html
   */
  readonly connectionId?: string;
  /**
   * Whether to fetch submodules too, and theirs. The credentials are for those on the same host too.
   * @default false
   */
  readonly submodules?: boolean;
  /**
   * The folders that are checked out; `path` must be among them, or in one.
   * @default - all
   * @see https://git-scm.com/docs/git-sparse-checkout
   */
  readonly sparseDirectories?: string[];
  /**
   * Whom the NetworkPolicies let the pods reach in order to fetch, as in `[NetworkDestination.namespace('gitlab', [8181])]`.
   * @default - what the address tells: all pods of a Service's namespace at all ports, as the port of the Service need not be that of the pods; of
   * any other host the port of the address, anywhere
   */
  readonly egress?: NetworkDestination[];
}

/** A bundle of the provider `git`. */
export function gitBundle(props: GitDagBundleProps): BundlePlan {
  const { url, branch, ref, path, credentials, connectionId, submodules = false, sparseDirectories } = props;
  const name = repositoryName(props);
  const folder = `/etc/airflow-dag-bundles/${name}`;
  const volume = `bundle-${name}-secret`;
  return {
    name,
    classpath: 'airflow.providers.git.bundles.git.GitDagBundle',
    kwargs: {
      repo_url: url,
      tracking_ref: branch ?? ref ?? 'HEAD',
      ...(path !== undefined && { subdir: path.split('/').filter(Boolean).join('/') }),
      git_conn_id: connectionId ?? connectionIdOf(name),
      ...(submodules && { submodules }),
      ...(sparseDirectories && { sparse_dirs: sparseDirectories }),
      ...refreshOf(props),
    },
    part: {
      ...(credentials && {
        volumes: [credentials._volume(volume)],
        volumeMounts: [{ name: volume, mountPath: folder, readOnly: true }],
      }),
      // Without one Airflow looks for it each time, and says so with a trace.
      ...(connectionId === undefined && {
        env: [connectionVariable(name, { conn_type: 'git', host: url, extra: credentials?._connectionExtra(folder) ?? {} })],
      }),
    },
    isFetched: true,
    destinations: repositoryDestinations(props),
    existing: credentials ? [{ kind: 'Secret', name: credentials._secretName }] : [],
    ...(credentials?._isToken && { gitLogin: { url, folder, isForHost: submodules } }),
    validate: (validator, prop) => {
      validateBundle(validator, prop, name, props);
      validateAddress(validator, prop, props, connectionId !== undefined);
      validateConnectionId(validator, prop, connectionId);
      if (credentials && connectionId !== undefined) {
        validator.reportHidden(`${prop}.connectionId`, 'expected either this or credentials');
      }
      for (const [index, directory] of (sparseDirectories ?? []).entries()) {
        validateFolder(validator, `${prop}.sparseDirectories[${index}]`, directory);
      }
    },
  };
}
