import type { PropValidator } from '../validation/prop-validator';

/** What was meant for a port in an address of the form `git@host:path`. */
const PORT_LIKE = /^((?:[^@/:\s]+@)?[^@/:\s]+):(\d{1,5})\/([^\s@]+)$/;
const SCP_LIKE = /^(?:([^@/:\s]+)@)?([^@/:\s]+):(?!\/\/|:)([^\s@]+)$/;

/** The address of a git repository, also where it has the form `git@host:path`; undefined if it is none. */
export function parseGitUrl(text: string): URL | undefined {
  const scpLike = SCP_LIKE.exec(text);
  const [, user, host, path] = scpLike ?? [];
  const normal = scpLike ? `ssh://${user ? `${user}@` : ''}${host}/${path}` : text;
  if (!/^(https?|ssh):\/\/[^/\s]+\/[^\s#]+$/.test(normal) || !URL.canParse(normal)) return undefined;
  return new URL(normal);
}

/** A DNS label from the last part of the address of a repository. */
export function nameOfAddress(text: string, maxLength: number): string {
  const last = parseGitUrl(text)?.pathname.split('/').filter(Boolean).pop() ?? 'dags';
  return decoded(last)
    .replace(/\.git$/, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, '');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function isSsh(url: URL): boolean {
  return url.protocol === 'ssh:';
}

/** Whether an address is one of SSH; one that is wrong is none. */
export function isReadBySsh(text: string): boolean {
  const url = parseGitUrl(text);
  return url !== undefined && isSsh(url);
}

/** Reports an address that is none, and one that has a user or a token in it. Shows no part that may be secret. */
export function validateGitUrl(validator: PropValidator, prop: string, text: string): void {
  const [, helper] = /^([\w.+-]+)::/.exec(text) ?? [];
  if (helper) {
    validator.reportHidden(
      prop,
      `images have no remote helper "git-remote-${helper}"; expected an address of https or SSH` +
        (helper === 'codecommit' ? ', as in "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/dags"' : ''),
    );
    return;
  }
  const url = parseGitUrl(text);
  const [, host, port, path] = PORT_LIKE.exec(text) ?? [];
  if (host) {
    validator.reportHidden(
      prop,
      `"${port}" is a folder to git, not a port; expected url: 'ssh://${host}:${port}/${path}', or if it is a folder, 'ssh://${host}/${port}/${path}'`,
    );
    return;
  }
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
