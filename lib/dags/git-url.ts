import type { PropValidator } from '../validation/prop-validator';

const SCP_LIKE = /^(?:([^@/:\s]+)@)?([^@/:\s]+):(?!\/\/)([^\s@]+)$/;

/** The address of a git repository, also where it has the form `git@host:path`; undefined if it is none. */
export function parseGitUrl(text: string): URL | undefined {
  const scpLike = SCP_LIKE.exec(text);
  const [, user, host, path] = scpLike ?? [];
  const normal = scpLike ? `ssh://${user ? `${user}@` : ''}${host}/${path}` : text;
  if (!/^(https?|ssh):\/\/[^/\s]+\/[^\s#]+$/.test(normal) || !URL.canParse(normal)) return undefined;
  return new URL(normal);
}

export function isSsh(url: URL): boolean {
  return url.protocol === 'ssh:';
}

/** Reports an address that is none, and one that has a user or a token in it. Shows no part that may be secret. */
export function validateGitUrl(validator: PropValidator, prop: string, text: string): void {
  const url = parseGitUrl(text);
  if (!url) {
    validator.reportHidden(
      prop,
      'not the address of a git repository; expected one as "https://gitlab.example.com/team/dags.git" or "git@gitlab.example.com:team/dags.git"',
    );
    return;
  }
  // With SSH the user is part of the address (git@…) and no secret.
  if (url.password !== '' || (url.username !== '' && !isSsh(url)) || url.search !== '') {
    const user = isSsh(url) ? `${url.username}@` : '';
    const credentials = isSsh(url) ? 'GitCredentials.sshKey' : 'GitCredentials.token';
    validator.reportHidden(
      prop,
      `there is a user or a token in the address, which would be readable in git and in the cluster; expected ` +
        `url: '${url.protocol}//${user}${url.host}${url.pathname}', credentials: ${credentials}({ secretName: '…' }), ` +
        `and the values in that Secret`,
    );
  }
}
