import type { Json } from '../../lib/kubernetes/json';
import { isMap, type Path, pathText, valueAt } from '../../lib/kubernetes/object-path';
import { canonicalQuantity } from '../../lib/kubernetes/quantity';

/** A part of an object that is another than it was; undefined where it is not there. */
export interface ChangedField {
  /** As `spec.template.spec.containers[worker].image`. */
  readonly path: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** By these the items of lists are told apart, whichever comes first. */
const ITEM_KEYS: readonly Path[] = [
  ['name'],
  ['metadata', 'name'],
  ['mountPath'],
  ['containerPort'],
  ['port'],
  ['host'],
  ['path'],
  ['key'],
];
const QUANTITY = /\.(requests|limits|capacity|hard)\./;

/** The deepest parts that differ. Items of lists are compared with those of the same name, so that one more does not change the others. */
export function changedFields(from: Json, to: Json, path = ''): ChangedField[] {
  if (isMap(from) && isMap(to)) {
    return Object.keys({ ...from, ...to }).flatMap((key) => changedFields(from[key], to[key], below(path, key)));
  }
  if (Array.isArray(from) && Array.isArray(to)) return changedItems(from, to, path);
  return isEqual(from, to, path) ? [] : [fieldOf(path, from ?? undefined, to ?? undefined)];
}

function changedItems(from: readonly Json[], to: readonly Json[], path: string): ChangedField[] {
  const key = ITEM_KEYS.find((path) => hasUnique(from, path) && hasUnique(to, path));
  if (!key) {
    const isOfMaps = from.length === to.length && [...from, ...to].every(isMap);
    if (isOfMaps) return from.flatMap((item, index) => changedFields(item, to[index], `${path}[${index}]`));
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [fieldOf(path, from, to)];
  }
  const [before, after] = [from, to].map((items) => new Map(items.map((item) => [`${valueAt(item, key)}`, item])));
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const inside = names.flatMap((name) => changedFields(before.get(name), after.get(name), `${path}[${name}]`));
  const stay = (items: ReadonlyMap<string, Json>) => [...items.keys()].filter((name) => before.has(name) && after.has(name));
  const isMoved = stay(before).join('\n') !== stay(after).join('\n');
  return isMoved ? [...inside, fieldOf(`${path} (order)`, stay(before), stay(after))] : inside;
}

function hasUnique(items: readonly Json[], key: Path): boolean {
  const values = items.map((item) => valueAt(item, key));
  return values.every((value) => value !== undefined) && new Set(values).size === items.length;
}

function below(path: string, key: string): string {
  const step = pathText([key]);
  return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}

function fieldOf(path: string, from: Json, to: Json): ChangedField {
  return { path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function isEqual(from: Json, to: Json, path: string): boolean {
  if (from === to || (from ?? to ?? null) === null) return true;
  return QUANTITY.test(`${path}.`) && from !== undefined && to !== undefined && canonicalQuantity(`${from}`) === canonicalQuantity(`${to}`);
}
