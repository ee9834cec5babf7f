import { groupOf } from '../../kubernetes/api-group';
import type { Json } from '../../kubernetes/json';
import { isMap, type Path, pathText } from '../../kubernetes/object-path';
import { quantityValue } from '../../kubernetes/quantity';
import { isBuiltInGroup } from '../../kubernetes/served-apis';

/** Maps of texts. */
const TEXTS = new Set(['annotations', 'labels', 'matchLabels', 'nodeSelector']);
/** Of these kinds. */
const DATA: { readonly [kind: string]: readonly string[] } = { ConfigMap: ['data', 'binaryData'], Secret: ['data', 'stringData'] };
/** Lists of texts. */
const TEXT_LISTS = new Set(['args', 'command']);
const QUANTITIES = new Set(['averageValue', 'divisor', 'sizeLimit']);
/** Maps of quantities. */
const QUANTITY_MAPS = new Set(['capacity', 'hard', 'limits', 'overhead', 'podFixed', 'requests']);
/** Maps that are called so in one kind alone. */
const TEXTS_OF: { readonly [kind: string]: readonly string[] } = { ReplicationController: ['selector'], Service: ['selector'] };
const QUANTITIES_OF: { readonly [kind: string]: readonly string[] } = {
  LimitRange: ['default', 'defaultRequest', 'max', 'maxLimitRequestRatio', 'min'],
};
/** In these stands what is of other kinds: schemas, of which a field may have any name, and objects as they once were. */
const OF_OTHERS = new Set(['ControllerRevision', 'CustomResourceDefinition']);

/** What the API server would not take of an object, as templates get it wrong that do not quote: where it is, and what would do. */
export function refusedFields(manifest: Json): string[] {
  const { kind, metadata } = manifest;
  if (!isBuiltInGroup(groupOf(manifest)) || OF_OTHERS.has(kind)) return refusedOf({ metadata }, [], kind);
  const data = (DATA[kind] ?? []).flatMap((field) => noTexts(manifest[field], [field]));
  return [...data, ...refusedOf(kind in DATA ? { metadata } : manifest, [], kind)];
}

function refusedOf(value: Json, path: Path, kind: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => refusedOf(item, [...path, index], kind));
  if (!isMap(value)) return [];
  return Object.entries<Json>(value).flatMap(([key, child]) => {
    const place = [...path, key];
    if (key === 'opaque') return []; // what a driver takes, of a claim of a device
    if (TEXTS.has(key) || TEXTS_OF[kind]?.includes(key)) return noTexts(child, place);
    if (TEXT_LISTS.has(key) && Array.isArray(child)) return child.flatMap((item, index) => noText(item, [...place, index]));
    if (QUANTITIES.has(key)) return noQuantity(child, place);
    if (isMap(child) && (QUANTITY_MAPS.has(key) || QUANTITIES_OF[kind]?.includes(key))) {
      return Object.entries<Json>(child).flatMap(([name, quantity]) => noQuantity(quantity, [...place, name]));
    }
    if (key === 'env' && Array.isArray(child))
      return child.flatMap((variable, index) => noText(variable?.value, [...place, index, 'value']));
    return refusedOf(child, place, kind);
  });
}

function noTexts(map: Json, path: Path): string[] {
  return isMap(map) ? Object.entries<Json>(map).flatMap(([key, value]) => noText(value, [...path, key])) : [];
}

function noText(value: Json, path: Path): string[] {
  if (typeof value === 'string' || value === undefined || value === null) return [];
  return [
    `${pathText(path)} is ${Array.isArray(value) ? 'a list' : isMap(value) ? 'a map' : `a ${typeof value}`}; expected text, in quotes`,
  ];
}

/** A map is of another form, as devices have it. */
function noQuantity(value: Json, path: Path): string[] {
  if (isMap(value) || value === undefined || value === null || quantityValue(`${value}`) !== undefined) return [];
  return [`${pathText(path)} is ${JSON.stringify(value)}; expected a quantity, as "500m" or "1Gi"`];
}
