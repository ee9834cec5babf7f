import type { Json } from '../../kubernetes/json';
import { isMap, withValueAt } from '../../kubernetes/object-path';

/** Values over others, as helm has it: maps are joined, and what else there is takes the place of what was there. */
export function mergedValues(values: Json, others: Json): Json {
  if (!isMap(values) || !isMap(others)) return others;
  return Object.entries<Json>(others).reduce((all, [key, value]) => withValueAt(all, [key], mergedValues(all[key], value)), values);
}
