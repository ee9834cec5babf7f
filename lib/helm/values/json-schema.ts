import type { Json } from '../../kubernetes/json';
import { isMap, stepsOfPointer } from '../../kubernetes/object-path';

/** A part of a values.schema.json. */
export interface SchemaPart {
  readonly schema: Json;
  /** The whole file, where references lead. */
  readonly root: Json;
  /** Whether it is of a chart that has the chart with these values in it. */
  readonly ofParent: boolean;
}

/**
 * A part without its reference, and what it joins (`allOf`) or chooses from (`anyOf`, `oneOf`, `then`, `else`). Which choice counts for a
 * value is not looked into: helm does that, and says too what is of a wrong type. Here all of them tell which keys there are.
 */
export function withChoices(part: SchemaPart): SchemaPart[] {
  const resolved = resolve(part);
  const { allOf = [], anyOf = [], oneOf = [], then, else: otherwise } = resolved.schema;
  return [resolved, ...subparts(resolved, [...allOf, ...anyOf, ...oneOf, then, otherwise]).flatMap(withChoices)];
}

/** Parts within a part. */
export function subparts(part: SchemaPart, schemas: readonly Json[] = []): SchemaPart[] {
  return schemas.filter(isMap).map((schema) => ({ ...part, schema }));
}

function resolve(part: SchemaPart, depth = 0): SchemaPart {
  const { $ref: reference, ...beside } = part.schema;
  if (typeof reference !== 'string' || depth > 50) return { ...part, schema: beside };
  const steps = reference.startsWith('#') ? stepsOfPointer(decodeURIComponent(reference.slice(1))) : undefined;
  const target = steps?.reduce((schema: Json, step) => schema?.[step], part.root);
  // What lies elsewhere is not looked up, and speaks of nothing.
  return resolve({ ...part, schema: { ...(isMap(target) ? target : {}), ...beside } }, depth + 1);
}

/** What a part says of a key by its form. */
export function patternProperties(part: SchemaPart, key: string): SchemaPart[] {
  const entries = Object.entries<Json>(part.schema.patternProperties ?? {});
  return subparts(
    part,
    entries.flatMap(([pattern, schema]) => (matches(pattern, key) ? [schema] : [])),
  );
}

/** A pattern that JavaScript does not have, as of Go it may be, fits everything. */
function matches(pattern: string, key: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(key);
  } catch {
    return true;
  }
}
