import { createHash } from 'node:crypto';
import type { Json } from './json';

/** A digest of a JSON value that does not depend on the order in which keys were written: 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

/** Not by a function that JSON.stringify is given, which takes nearly twice the time. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || value.toJSON) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
