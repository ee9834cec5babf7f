import type { Json } from '../../kubernetes/json';
import { type Path, pathText } from '../../kubernetes/object-path';

/** A key by which JavaScript reaches what a map inherits: copies lose it. */
export const PROTO = '__proto__';

/** Why the keys can't be, by their places in a value. */
export function reservedKeys(value: Json, keys: readonly string[]): string[] {
  return placesOf(value, keys, []).map(
    (path) => `there is the key ${pathText(path)}, a name that all objects of JavaScript have; expected another`,
  );
}

function placesOf(value: Json, keys: readonly string[], path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<Json>(value).flatMap(([key, child]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    return keys.includes(key) && !Array.isArray(value) ? [place] : placesOf(child, keys, place);
  });
}
