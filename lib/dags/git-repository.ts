import type { Duration } from 'cdk8s';
import type { NetworkDestination } from '../network/network-destination';
import type { Target } from '../network/url-destinations';
import type { PropValidator } from '../validation/prop-validator';
import { type GitCredentials, SSH_WANTS_KEY } from './git-credentials';
import { isShortHash, validateGitRefs } from './git-ref';
import { nameOfAddress, parseGitUrl, validateGitUrl } from './git-url';

/**
 * Which submodules are fetched.
 * @see https://github.com/kubernetes/git-sync, flag --submodules
 */
export enum GitSubmodules {
  /** Those of the repository, and theirs. */
  RECURSIVE = 'recursive',
  /** Those of the repository alone. */
  SHALLOW = 'shallow',
  /** None. */
  OFF = 'off',
}

/** A git repository with DAGs in it. */
export interface GitRepository {
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
   * A tag, the whole hash of a commit or any other git ref, instead of a branch.
   * @default - the branch
   */
  readonly ref?: string;
  /**
   * The folder of the DAGs in the repository.
   * @default - the repository's root
   */
  readonly path?: string;
  /**
   * The name of the DAG bundle, a DNS label of at most 40 characters. Airflow keeps it with each DAG: a new name makes new DAGs.
   * @default - the last part of the address, as `airflow` for `https://gitlab.example.com/team/airflow.git`
   */
  readonly name?: string;
  /**
   * How long to wait between two looks at the repository. Airflow looks for new files at the same pace.
   * @default Duration.seconds(10)
   * @see git-sync flag --period, Airflow option [dag_processor] refresh_interval
   */
  readonly period?: Duration;
  /**
   * How many commits of history to fetch; 0 is all.
   * @default 1
   */
  readonly depth?: number;
  /**
   * Which submodules to fetch.
   * @default GitSubmodules.RECURSIVE
   */
  readonly submodules?: GitSubmodules;
  /**
   * How long a sync may take, the first one too. One that takes longer is broken off, and begins anew.
   * @default - Duration.minutes(2), that of git-sync
   * @see git-sync flag --sync-timeout
   */
  readonly timeout?: Duration;
  /**
   * Which folders and files are checked out: the lines of a sparse checkout file, as in `/dags/`. `path` must be among them.
   * @default - all
   * @see https://git-scm.com/docs/git-sparse-checkout, git-sync flag --sparse-checkout-file
   */
  readonly sparseCheckout?: string[];
  /**
   * What a partial clone leaves out until it is needed, as in `blob:none`, which is of use with `sparseCheckout`. The server must allow it, and
   * git-sync be 4.7 or later.
   * @default - a whole clone, of `depth` commits
   * @see https://git-scm.com/docs/partial-clone, git-sync flag --filter
   */
  readonly filter?: string;
  /**
   * How to prove who reads.
   * @default - a public repository
   */
  readonly credentials?: GitCredentials;
  /**
   * Whom the NetworkPolicies let the pods reach in order to fetch, as in `[NetworkDestination.namespace('gitlab', [8181])]`.
   * @default - what the address tells: all pods of a Service's namespace at all ports, as the port of the Service need not be that of the pods; of
   * any other host the port of the address, anywhere
   */
  readonly egress?: NetworkDestination[];
}

const MAX_NAME_LENGTH = 40; // leaves room for "git-sync-init-" in a container's name

/** A DNS label from the last part of the address. */
export function repositoryName({ name, url }: { readonly name?: string; readonly url: string }): string {
  return name ?? nameOfAddress(url, MAX_NAME_LENGTH);
}

/** What holds for a repository however it is fetched. */
export interface RepositoryAddress {
  readonly url: string;
  readonly branch?: string;
  readonly ref?: string;
  readonly path?: string;
  readonly name?: string;
  readonly credentials?: GitCredentials;
  readonly egress?: NetworkDestination[];
}

/** Whom the pods must be able to reach in order to fetch. */
export function repositoryDestinations({ url, egress }: RepositoryAddress): Target[] {
  if (egress) return egress.map(({ _destination }) => _destination);
  const parsed = parseGitUrl(url);
  return parsed ? [parsed] : [];
}

/** `isKnown` says that the credentials come from elsewhere. */
export function validateAddress(validator: PropValidator, prop: string, repository: RepositoryAddress, isKnown = false): void {
  validateGitUrl(validator, `${prop}.url`, repository.url);
  const name = repositoryName(repository);
  validator.dnsLabel(`${prop}.name`, name);
  if (name.length > MAX_NAME_LENGTH) validator.report(`${prop}.name`, name, `expected at most ${MAX_NAME_LENGTH} characters`);
  validateGitRefs(validator, prop, repository);
  validateFolder(validator, `${prop}.path`, repository.path);
  const url = parseGitUrl(repository.url);
  repository.credentials?._validate(validator, `${prop}.credentials`);
  if (url && !isKnown) validateCredentials(validator, `${prop}.credentials`, url, repository.credentials);
  for (const [index, destination] of (repository.egress ?? []).entries()) destination._validate(validator, `${prop}.egress[${index}]`);
}

export function validateRepository(validator: PropValidator, prop: string, repository: GitRepository): void {
  const { ref, filter, sparseCheckout } = repository;
  validateAddress(validator, prop, repository);
  if (ref !== undefined && isShortHash(ref)) {
    validator.report(
      `${prop}.ref`,
      ref,
      `expected all 40 digits of a commit's hash, without which git-sync never finds it; were it a tag, its full name is "refs/tags/${ref}"`,
    );
  }
  validator.wholeSeconds(`${prop}.period`, repository.period);
  validator.wholeSeconds(`${prop}.timeout`, repository.timeout);
  validator.wholeNumber(`${prop}.depth`, repository.depth, 0);
  if (filter !== undefined && !FILTER.test(filter)) {
    validator.report(`${prop}.filter`, filter, 'expected a filter of git, as in "blob:none" or "tree:0"');
  }
  if (sparseCheckout?.length === 0) {
    validator.report(`${prop}.sparseCheckout`, [], 'nothing would be checked out; expected a pattern or more, as in "/dags/"');
  }
  for (const [index, line] of (sparseCheckout ?? []).entries()) {
    if (!/^(?!\s*#)(?=.*\S)[^\p{Cc}]+$/u.test(line)) {
      validator.report(`${prop}.sparseCheckout[${index}]`, line, 'expected a line of a sparse checkout file, as in "/dags/"');
    }
  }
}

/** Filters that leave something out, and are not more than one. */
const FILTER = /^(blob:none|blob:limit=\d+[kmg]?|tree:\d+|object:type=(tag|commit|tree|blob)|combine:\S+)$/;

/** A folder in something that is fetched. */
export function validateFolder(validator: PropValidator, prop: string, path: string | undefined): void {
  if (path !== undefined && (path.startsWith('/') || path.split('/').includes('..'))) {
    validator.report(prop, path, 'expected a folder inside the repository, as in "dags"');
  }
}

function validateCredentials(validator: PropValidator, prop: string, { protocol }: URL, credentials: GitCredentials | undefined): void {
  const reason = credentials?._problemWith(protocol) ?? (protocol === 'ssh:' && !credentials ? SSH_WANTS_KEY : undefined);
  if (reason) validator.reportHidden(prop, reason);
}
