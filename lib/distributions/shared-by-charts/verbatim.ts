import type { Json } from '../../kubernetes/json';

/** A value as the chart takes it where it looks for templates in it: it comes out as it was. */
export function verbatim(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll('{{', '{{`{{`}}');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(verbatim);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, verbatim(field)]));
}
