import type { PropValidator } from '../validation/prop-validator';

type JsonObject = { readonly [key: string]: unknown };

const KINDS: { readonly [kind: string]: string } = { boolean: 'true or false', number: 'a number', string: 'a text' };

/** What text says that is an object in JSON; undefined if it is anything else. */
export function jsonObject(text = ''): JsonObject | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value of an option where the library would rather have `ours`: of two objects in JSON it has the keys of both, and of a key in both that of the user. */
export function joinedWith(ours: string | undefined, theirs: string): string {
  const [defaults, given] = [ours, theirs].map(jsonObject);
  return defaults && given ? JSON.stringify({ ...defaults, ...given }) : theirs;
}

/** Reports what of the user's can't be joined with an object of the library's, or is of another kind there; null is for none. */
export function validateJoined(validator: PropValidator, place: string, ours: string | undefined, theirs: string): void {
  const [defaults, given] = [ours, theirs].map(jsonObject);
  if (!defaults) return;
  if (!given) validator.report(place, theirs, `expected an object in JSON, as in ${JSON.stringify(ours)}`);
  for (const [key, value] of Object.entries(given ?? {})) {
    const kind = typeof (defaults[key] ?? value);
    if (value !== null && typeof value !== kind) validator.report(`${place}, ${key}`, value, `expected ${KINDS[kind]}`);
  }
}
