import type { Json } from '../../kubernetes/json';

/** Maps of strings, of which the API server keeps a null as the empty string. */
const STRING_MAPS = new Set(['annotations', 'labels', 'matchLabels', 'nodeSelector']);
const DATA = new Set(['data', 'stringData']);

/** A copy of a manifest without the fields that are null: for the API server they are not there. */
export function withoutNulls(value: Json, isStringMap = false): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item));
  const holdsData = value.kind === 'ConfigMap' || value.kind === 'Secret';
  return Object.fromEntries(
    Object.entries<Json>(value).flatMap(([key, child]) => {
      if (child === null) return isStringMap ? [[key, '']] : [];
      return [[key, withoutNulls(child, STRING_MAPS.has(key) || (holdsData && DATA.has(key)))]];
    }),
  );
}
