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
 * The parts that speak of a value, without references: the given one, what it joins (`allOf`), and of alternatives (`anyOf`, `oneOf`) those
 * that accept the value, or could if something deeper in it were changed.
 */
export function applicable(part: SchemaPart, value: Json): SchemaPart[] {
  const resolved = resolve(part);
  const { allOf = [], anyOf, oneOf, then, else: otherwise } = resolved.schema;
  return [
    resolved,
    ...subparts(resolved, allOf).flatMap((each) => applicable(each, value)),
    ...[anyOf, oneOf].flatMap((branches) => accepting(subparts(resolved, branches), value)).flatMap((each) => applicable(each, value)),
    // Which of the two counts is not looked into: both are known.
    ...subparts(resolved, [then, otherwise]).flatMap((each) => applicable(each, value).map(namesOnly)),
  ];
}

/** Parts within a part. */
export function subparts(part: SchemaPart, schemas: readonly Json[] = []): SchemaPart[] {
  return schemas.filter(isMap).map((schema) => ({ ...part, schema }));
}

function namesOnly(part: SchemaPart): SchemaPart {
  const properties = Object.fromEntries(Object.keys(part.schema.properties ?? {}).map((name) => [name, {}]));
  return { ...part, schema: { properties } };
}

function resolve(part: SchemaPart, depth = 0): SchemaPart {
  const { $ref: reference, ...beside } = part.schema;
  if (typeof reference !== 'string' || depth > 50) return { ...part, schema: beside };
  const steps = reference.startsWith('#') ? stepsOfPointer(decodeURIComponent(reference.slice(1))) : undefined;
  const target = steps?.reduce((schema: Json, step) => schema?.[step], part.root);
  // What lies elsewhere is not looked up, and speaks of nothing.
  return resolve({ ...part, schema: { ...(isMap(target) ? target : {}), ...beside } }, depth + 1);
}

function accepting(branches: readonly SchemaPart[], value: Json): SchemaPart[] {
  const wholly = branches.filter((branch) => accepts(branch, value));
  return wholly.length > 0 ? wholly : branches.filter((branch) => !expectation(branch, value));
}

/** Whether a value is right as far as its type and its keys go, however deep. */
function accepts(part: SchemaPart, value: Json): boolean {
  if (expectation(part, value)) return false;
  return applicable(part, value).every((each) => {
    const { required = [], properties = {}, additionalProperties, items } = each.schema;
    if (Array.isArray(value)) return value.every((item) => subparts(each, [items]).every((child) => accepts(child, item)));
    if (!isMap(value)) return true;
    if (required.some((key: string) => !Object.hasOwn(value, key))) return false;
    return Object.entries(value).every(([key, child]) => {
      if (!Object.hasOwn(properties, key)) return additionalProperties !== false || patternProperties(each, key).length > 0;
      return subparts(each, [properties[key]]).every((childPart) => accepts(childPart, child));
    });
  });
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

/** What a part expects instead of a value that it can't be, whatever is deeper in it; undefined if it could. */
export function expectation(part: SchemaPart, value: Json): string | undefined {
  const resolved = resolve(part);
  const { type, enum: choice, allOf = [], anyOf, oneOf } = resolved.schema;
  const values = 'const' in resolved.schema ? [resolved.schema.const] : choice;
  if (Array.isArray(values) && !values.some((each) => JSON.stringify(each) === JSON.stringify(value)))
    return either(values.map((each) => JSON.stringify(each)));
  const types: string[] = type === undefined ? [] : [type].flat();
  if (types.length > 0 && !types.some((each) => isOfType(value, each))) return either(types.map((each) => TYPES[each] ?? each));
  for (const each of subparts(resolved, allOf)) {
    const expected = expectation(each, value);
    if (expected) return expected;
  }
  for (const branches of [anyOf, oneOf]) {
    const expected = subparts(resolved, branches).map((branch) => expectation(branch, value));
    if (expected.length > 0 && expected.every((each) => each !== undefined)) return either([...new Set(expected)]);
  }
  return undefined;
}

const TYPES: { readonly [type: string]: string } = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'object':
      return isMap(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function either(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}
