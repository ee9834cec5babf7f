import { isSecretName } from '../validation/secret-words';
import { RequirementError } from './requirement-error';

/** What pip replaces with the value of an environment variable. */
export const VARIABLE = /\$\{[A-Z0-9_]+\}/g;
const ONLY_VARIABLES = /^(\$\{[A-Z0-9_]+\})+$/;
const SCHEMES = /^((git|hg|svn|bzr)\+)?(https?|ssh|git|svn|ftp|sftp):\/\//i;
const PARAMETER = /([?&;]([^=&;#\s]*)=)([^&;#\s]*)/g;
/** In an address more is taken for a secret than elsewhere. */
const SECRET_IN_ADDRESS = /key|sig|auth|token|secret/i;

export function hasVariable(text: string): boolean {
  return text.search(VARIABLE) >= 0;
}

/** A text with a harmless value for each variable, so that it can be parsed. */
export function withoutVariables(text: string): string {
  return text.replace(VARIABLE, '0');
}

/** A text that can be shown: the URLs in it have neither logins nor tokens. */
export function shown(text: string): string {
  const withoutLogins = text.replace(/(?<![^\s=])[^\s/:@]+:[^\s/@]+@/g, '***@');
  return withoutLogins.replace(/:\/\/\S*/g, (rest) => {
    const { login, host, path } = partsOf(rest);
    if (!/^[^:]*(:\d*)?$/.test(withoutVariables(host)) && !host.startsWith('[')) return '://***';
    return `://${login === undefined ? '' : '***@'}${host}${path.replace(PARAMETER, hidden)}`;
  });
}

/** A URL without login, query and fragment, and without the name of the version control system that is read through it. */
export function bareUrl(url: string): string {
  const { host, path } = partsOf(url);
  return `${schemeOf(url).replace(/^\w+\+/, '')}://${host}${path.replace(/[?#].*/, '')}`;
}

/** Whether there is a secret in a URL itself. A name before `@` counts, as tokens stand there; with SSH it is a part of the address. */
export function hasSecret(url: string): boolean {
  const { login = '', path } = partsOf(url);
  if (login !== '') {
    const [user, ...passwords] = login.split(':');
    const password = passwords.join(':');
    const isSsh = /ssh|sftp/i.test(schemeOf(url));
    if (password !== '' ? !ONLY_VARIABLES.test(password) : !isSsh && !ONLY_VARIABLES.test(user)) return true;
  }
  return [...path.matchAll(PARAMETER)].some(([, , name, value]) => isSecretParameter(name) && value !== '' && !ONLY_VARIABLES.test(value));
}

function hidden(parameter: string, start: string, name: string): string {
  return isSecretParameter(name) ? `${start}***` : parameter;
}

function isSecretParameter(name: string): boolean {
  return isSecretName(name) || SECRET_IN_ADDRESS.test(name);
}

/** @throws RequirementError if it is not a URL that a pod can fetch. */
export function checkUrl(url: string): void {
  if (ONLY_VARIABLES.test(url)) return;
  const plain = withoutVariables(url);
  if (/^((git|hg|svn|bzr)\+)?file:/i.test(plain) || !/^[a-z][a-z0-9+.-]*:/i.test(plain)) {
    throw new RequirementError('it is on this machine and not in the pod; expected a URL, as in "https://pypi.example.com/simple"');
  }
  if (!SCHEMES.test(plain) || !URL.canParse(plain.replace(/^\w+\+/, ''))) {
    throw new RequirementError('not a URL that pip can fetch from; expected one as "https://pypi.example.com/simple"');
  }
}

function schemeOf(url: string): string {
  return url.slice(0, url.indexOf('://'));
}

function partsOf(url: string): { login?: string; host: string; path: string } {
  const [, authority, path] = /:\/\/([^/?#\s]*)(.*)$/s.exec(url) ?? ['', '', ''];
  const at = authority.lastIndexOf('@');
  return { login: at < 0 ? undefined : authority.slice(0, at), host: authority.slice(at + 1), path };
}
