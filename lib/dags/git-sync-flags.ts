import type { Duration } from 'cdk8s';
import coerce from 'semver/functions/coerce';
import lt from 'semver/functions/lt';
import { nearestWord } from '../validation/nearest-word';
import type { PropValidator } from '../validation/prop-validator';
import { type GitRepository, GitSubmodules } from './git-repository';

/** The folder in which git-sync works. */
export const GIT_SYNC_ROOT = '/git';
/** What leads to the commit that is current, in that folder. */
export const LINK = 'current';
/** Where the files of the credentials are. */
export const SECRET_PATH = '/etc/git-secret';

const SPARSE_CHECKOUT_FILE = '/tmp/sparse-checkout';
const SPARSE_CHECKOUT_VARIABLE = 'SPARSE_CHECKOUT';

export function inSeconds(duration: Duration): number {
  return duration.toMilliseconds() / 1000;
}

/** What fetching a repository and following it have in common. */
export function gitSyncFlags(repository: GitRepository, further: readonly string[] = []): string[] {
  const { url, ref, branch, depth, submodules, timeout, filter, sparseCheckout, credentials } = repository;
  return [
    `--repo=${url}`,
    `--ref=${ref ?? branch ?? 'HEAD'}`,
    `--root=${GIT_SYNC_ROOT}`,
    `--link=${LINK}`,
    `--depth=${depth ?? 1}`,
    `--submodules=${submodules ?? GitSubmodules.RECURSIVE}`,
    ...(timeout ? [`--sync-timeout=${inSeconds(timeout)}s`] : []),
    ...(filter ? [`--filter=${filter}`] : []),
    ...(sparseCheckout ? [`--sparse-checkout-file=${SPARSE_CHECKOUT_FILE}`] : []),
    ...(credentials?._syncFlags(SECRET_PATH) ?? []),
    ...further,
  ];
}

/**
 * git-sync reads a password from a file, a user name only from a flag: a shell puts the file's content there. It also writes what git-sync
 * wants as a file and no Secret has.
 */
export function gitSyncCommand({ credentials, sparseCheckout }: GitRepository): { command?: string[]; env?: unknown[] } {
  if (!credentials?._isToken && !sparseCheckout) return {};
  const write = sparseCheckout ? `printf '%s\\n' "$${SPARSE_CHECKOUT_VARIABLE}" >${SPARSE_CHECKOUT_FILE} && ` : '';
  const username = credentials?._isToken ? ` --username="$(cat ${SECRET_PATH}/username)"` : '';
  return {
    command: ['sh', '-c', `${write}exec /git-sync${username} "$@"`, 'git-sync'],
    // Kubernetes takes `$(NAME)` for a variable.
    ...(sparseCheckout && {
      env: [{ name: SPARSE_CHECKOUT_VARIABLE, value: sparseCheckout.join('\n').replaceAll('$', '$$$$') }],
    }),
  };
}

const FIXED = 'leave it out: the pods rest on it';
const ofRepository = (...props: string[]) => `use ${props.join(' or ')} of the repository`;

/** Flags that the library sets, those of earlier versions included, and what to do instead. */
const OWN_FLAGS: { readonly [flag: string]: string } = {
  repo: ofRepository('url'),
  ref: ofRepository('branch', 'ref'),
  branch: ofRepository('branch'),
  rev: ofRepository('ref'),
  depth: ofRepository('depth'),
  submodules: ofRepository('submodules'),
  filter: ofRepository('filter'),
  'sparse-checkout-file': ofRepository('sparseCheckout'),
  'sync-timeout': ofRepository('timeout'),
  timeout: ofRepository('timeout'),
  period: ofRepository('period'),
  wait: ofRepository('period'),
  'max-failures': 'use maxFailures',
  'max-sync-failures': 'use maxFailures',
  root: FIXED,
  link: FIXED,
  dest: FIXED,
  'one-time': FIXED,
  'http-bind': FIXED,
};
/** Flags about who git-sync is. Their files are not there, and some of them are secret. */
const CREDENTIALS = /^(username|password|password-file|credential|cookie-file|askpass-url|ssh.*|github-app-.*)$/;

/** The other flags of git-sync 4 up to 4.7: one that it does not know, as `--lfs`, ends it. */
const FURTHER_FLAGS = new Set(
  (
    'add-user change-permissions error-file exechook-backoff exechook-command exechook-timeout git git-config git-config-add git-gc ' +
    'group-write help hooks-async hooks-before-symlink http-metrics http-pprof init-max-failures init-period man pre-publish-exechook-backoff ' +
    'pre-publish-exechook-command pre-publish-exechook-timeout stale-worktree-timeout sync-hook-command sync-on-signal touch-file v ' +
    'verbose version webhook-backoff webhook-method webhook-success-status webhook-timeout webhook-url'
  ).split(' '),
);
const NEWEST_KNOWN = '4.7.1';

/** What can be wrong with how git-sync runs, and what its image is too old for. */
export function validateGitSync(
  validator: PropValidator,
  repositories: readonly GitRepository[],
  { maxFailures, args = [] }: { readonly maxFailures?: number; readonly args?: readonly string[] },
  tag: string | undefined,
): void {
  validator.wholeNumber('maxFailures', maxFailures, 0);
  const version = tag === undefined ? null : coerce(tag);
  const isNewer = version !== null && lt(NEWEST_KNOWN, version);
  for (const [index, arg] of args.entries()) {
    const [, flag] = /^--([a-z][a-z\d-]*)(=.*)?$/s.exec(arg) ?? [];
    const place = `args[${index}]`;
    // It may hold a password.
    if (!flag) validator.reportHidden(place, 'expected a flag with two hyphens, and its value behind a "=", as in "--verbose=5"');
    else if (CREDENTIALS.test(flag)) validator.reportHidden(place, `--${flag} given; ${ofRepository('credentials')}`);
    else if (/authorization/i.test(arg)) validator.reportHidden(place, `there is a login in --${flag}; ${ofRepository('credentials')}`);
    else if (OWN_FLAGS[flag]) validator.reportHidden(place, `the library sets --${flag}; ${OWN_FLAGS[flag]}`);
    else if (!FURTHER_FLAGS.has(flag) && !isNewer) {
      const nearest = nearestWord(flag, [...FURTHER_FLAGS]);
      validator.reportHidden(place, `git-sync has no flag --${flag}${nearest ? `; did you mean "--${nearest}"?` : ''}`);
    }
  }
  if (!version) return;
  if (version.major < 4)
    validator.report('image.tag', tag, 'expected version 4 of git-sync, as in "v4.7.1": earlier ones have other flags');
  else if (lt(version, '4.7.0')) {
    for (const [index, { filter }] of repositories.entries()) {
      if (filter !== undefined)
        validator.report(`repositories[${index}].filter`, filter, `git-sync ${tag} has none; expected image.tag v4.7.0 or later`);
    }
  }
}
