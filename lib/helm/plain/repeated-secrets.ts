import type { Json } from '../../kubernetes/json';
import type { RenderedDocument } from './rendered-documents';
import { formsOf } from './secret-forms';

const MIN_WORD = 4; // letters; shorter ones are alike by chance
const MIN_PART = 6; // letters, to be found within a longer word
const BASE64 = /[\w+/-]{8,}={0,2}/g;

/** A hash that nobody can find the text of by hashing it again, as htpasswd makes it: with salt, it is another each time. */
const SALTED = /\$(?:2[abxy]|apr1|[156]|argon2\w*|pbkdf2\S*)\$/;

/**
 * The words that a chart makes anew in Secrets in each render, in the forms in which they may stand elsewhere. They count for all of its
 * Secrets, those too that are left out.
 */
export function randomSecrets(first: readonly RenderedDocument[], second: readonly RenderedDocument[]): string[] {
  return randomWords(secretData(first), secretData(second)).flatMap(formsOf);
}

function secretData(documents: readonly RenderedDocument[]): Json[] {
  return documents.flatMap(({ manifest: { kind, data, stringData } }) => (kind === 'Secret' ? [data, stringData] : []));
}

/** Whether some of the given secrets stand in a value, of which a second render has another version, or the hash of a password. */
export function repeatsSecret(value: Json, counterpart: Json, secrets: readonly string[]): boolean {
  const words = randomWords(value, counterpart);
  if (words.some((word) => SALTED.test(word))) return true;
  return secrets.length > 0 && words.some((word) => secrets.some((secret) => isPart(word.toLowerCase(), secret)));
}

function isPart(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short === long || (short.length >= MIN_PART && long.includes(short));
}

/** The words of a value that are not in its counterpart, and whole texts, since a secret may have a space or a bracket in it. */
function randomWords(value: Json, counterpart: Json): string[] {
  const others = new Set(wordsOf(counterpart));
  return [...new Set(wordsOf(value))].filter((word) => word.length >= MIN_WORD && !others.has(word));
}

function wordsOf(value: Json): string[] {
  return textsOf(value).flatMap((text) => [text, ...text.split(/[^A-Za-z0-9]+/)]);
}

/** All texts in a value, the keys of maps among them, and those that stand there in base64. */
function textsOf(value: Json): string[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, child]) => textsOf(key).concat(textsOf(child)));
  const text = `${value}`.trim();
  const encoded = text.match(BASE64) ?? [];
  return [text, ...encoded.flatMap((each) => textsOf(Buffer.from(each, 'base64').toString('latin1')))];
}
