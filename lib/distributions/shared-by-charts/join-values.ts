import type { Json } from '../../kubernetes/json';
import { isMap } from '../../kubernetes/object-path';

/** Values of a chart, with the user's own over them: maps are joined, lists put one behind the other, and of two other values the user's counts. */
export function joinValues(values: Json, user: Json): Json {
  if (user === undefined) return values;
  if (Array.isArray(values) && Array.isArray(user)) return [...values, ...user];
  if (!isMap(values) || !isMap(user)) return user;
  const joined = { ...values };
  for (const [key, value] of Object.entries(user)) joined[key] = key in values ? joinValues(values[key], value) : value;
  return joined;
}
