import type { Json } from '../../kubernetes/json';
import { LOGIN, withoutSecrets } from '../values/secret-values';

const URL_LOGIN = new RegExp(LOGIN, 'g');
const MASK = '***';

/** A text that can be shown: neither secrets out of the values nor logins in URLs are in it. Rather too much is hidden than too little. */
export function maskSecrets(text: string, values: Json): string {
  const secrets = [...new Set(withoutSecrets(values, MASK).secrets.flatMap((secret) => formsOf(`${secret}`)))];
  const withoutLogins = text.replace(URL_LOGIN, `://${MASK}@`);
  if (secrets.length === 0) return withoutLogins;
  // The longest first, as a shorter one may be a part of it.
  const patterns = secrets.sort((a, b) => b.length - a.length).map(patternOf);
  return withoutLogins.replace(new RegExp(patterns.join('|'), 'g'), MASK);
}

/** How a secret may stand in a message: as it is, quoted, encoded, or a line of it. */
function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= 8);
  const quoted = JSON.stringify(secret).slice(1, -1);
  const bytes = Buffer.from(secret); // halves of surrogate pairs, which can't be encoded, are replaced
  const forms = [secret, quoted, bytes.toString('base64'), encodeURIComponent(`${bytes}`), ...lines];
  return forms.filter((form) => form.trim() !== '');
}

/** A short secret is looked for as a word, or it would be found everywhere. */
function patternOf(secret: string): string {
  const pattern = secret.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return secret.length < 4 ? `(?<!\\w)${pattern}(?!\\w)` : pattern;
}
