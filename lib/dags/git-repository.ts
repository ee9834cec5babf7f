import type { Duration } from 'cdk8s';
import type { PropValidator } from '../validation/prop-validator';
import type { GitCredentials } from './git-credentials';
import { isSsh, parseGitUrl, validateGitUrl } from './git-url';

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
   * A tag, a commit or any other git ref, instead of a branch.
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
   * How to prove who reads.
   * @default - a public repository
   */
  readonly credentials?: GitCredentials;
}

const MAX_NAME_LENGTH = 40; // leaves room for "git-sync-init-" in a container's name

/** A DNS label from the last part of the address. */
export function repositoryName(repository: GitRepository): string {
  if (repository.name !== undefined) return repository.name;
  const last = parseGitUrl(repository.url)?.pathname.split('/').filter(Boolean).pop() ?? 'dags';
  return last
    .replace(/\.git$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME_LENGTH)
    .replace(/^-+|-+$/g, '');
}

const REF = /^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/;

export function validateRepository(validator: PropValidator, prop: string, repository: GitRepository): void {
  validateGitUrl(validator, `${prop}.url`, repository.url);
  const name = repositoryName(repository);
  validator.dnsLabel(`${prop}.name`, name);
  if (name.length > MAX_NAME_LENGTH) validator.report(`${prop}.name`, name, `expected at most ${MAX_NAME_LENGTH} characters`);
  if (repository.branch !== undefined && repository.ref !== undefined) {
    validator.report(
      `${prop}.ref`,
      repository.ref,
      `expected either a ref or a branch; the branch is ${JSON.stringify(repository.branch)}`,
    );
  }
  for (const key of ['branch', 'ref'] as const) {
    const value = repository[key];
    if (value !== undefined && !REF.test(value)) validator.report(`${prop}.${key}`, value, 'expected a git ref, as in "main" or "v1.2.3"');
  }
  const path = repository.path;
  if (path !== undefined && (path.startsWith('/') || path.split('/').includes('..'))) {
    validator.report(`${prop}.path`, path, 'expected a folder inside the repository, as in "dags"');
  }
  validator.wholeSeconds(`${prop}.period`, repository.period);
  validator.wholeNumber(`${prop}.depth`, repository.depth, 0);
  validateCredentials(validator, prop, repository);
}

function validateCredentials(validator: PropValidator, prop: string, repository: GitRepository): void {
  const url = parseGitUrl(repository.url);
  const { credentials } = repository;
  credentials?._validate(validator, `${prop}.credentials`);
  if (!url) return;
  if (isSsh(url) && !credentials?._sshKey) {
    validator.reportHidden(`${prop}.credentials`, 'the address is one of SSH; expected GitCredentials.sshKey({ … })');
  }
  if (!isSsh(url) && credentials?._sshKey) {
    validator.reportHidden(`${prop}.credentials`, 'an SSH key is given for an address of http; expected GitCredentials.token({ … })');
  }
}
