import type { Json } from '../../kubernetes/json';
import { isMap, type Path, pathText } from '../../kubernetes/object-path';
import { nearestWord } from '../../validation/nearest-word';
import { holdsSecrets, isSecretName } from '../../validation/secret-words';
import { type SchemaPart, subparts, withChoices } from './json-schema';
import { type KnownValues, knownBelow, knownKeys, knownValues, type ValuesOfChart } from './known-values';

const MAX_SHOWN = 60; // characters of a value
const MAX_LISTED = 20; // keys

/**
 * What helm does not find wrong with values: a key that neither values.yaml nor values.schema.json of the chart and of the charts in it knows,
 * and a value of another type than the default, where no schema says of which. Each message begins with the path, and shows no value whose key
 * says that it is secret.
 */
export function checkValues(values: Json, chart: ValuesOfChart): string[] {
  if (!isMap(values)) return [`values: ${kindOf(values)} given; expected a map`];
  return check(values, knownValues(chart), ['values']);
}

function check(value: Json, known: KnownValues, path: Path): string[] {
  // Null takes a default away, which can be done everywhere.
  if (value === null || value === undefined) return [];
  const parts = known.schemas.flatMap(withChoices);
  const expected = expectedByDefault(known, parts, value);
  if (expected) return [`${pathText(path)}: ${shown(value, path)} given; expected ${expected}`];
  if (Array.isArray(value)) {
    const item = { defaults: [], schemas: parts.flatMap((part) => subparts(part, [part.schema.items])), isInList: true };
    return value.flatMap((each, index) => check(each, item, [...path, index]));
  }
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const below = knownBelow(known, parts, key);
    return below ? check(child, below, [...path, key]) : [unknownKey([...path, key], key, knownKeys(known, parts))];
  });
}

/** Where no schema says of what type a value is, the default does. */
function expectedByDefault({ defaults: [value] }: KnownValues, parts: readonly SchemaPart[], given: Json): string | undefined {
  if (value === undefined || value === null || parts.some(({ schema }) => 'type' in schema || 'enum' in schema || 'const' in schema))
    return undefined;
  // Text may well stand for a number or a switch, and the other way round; but a switch is on with the text "false".
  const isAsGood = kindOf(value) === kindOf(given) || (typeof value !== 'boolean' && isScalar(value) && isScalar(given));
  return isAsGood ? undefined : `${kindOf(value)}, as the chart's default is`;
}

function isScalar(value: Json): boolean {
  return typeof value !== 'object';
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (isMap(value)) return 'a map';
  return typeof value === 'boolean' ? 'true or false' : 'text or a number';
}

function shown(value: Json, path: Path): string {
  if (typeof value === 'object') return kindOf(value);
  if (path.some((step) => isSecretName(`${step}`) || holdsSecrets(`${step}`))) return 'a value that is not shown';
  const text = JSON.stringify(value);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}

function unknownKey(path: Path, key: string, known: readonly string[]): string {
  const nearest = nearestWord(key, known);
  const listed = `${[...known].sort().slice(0, MAX_LISTED).join(', ')}${known.length > MAX_LISTED ? ', …' : ''}`;
  return `${pathText(path)}: the chart does not know it; ${nearest ? `did you mean "${nearest}"?` : `it knows: ${listed || 'nothing by name'}`}`;
}
