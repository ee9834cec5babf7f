import { groupOf } from '../../kubernetes/api-group';
import type { Json } from '../../kubernetes/json';
import { isMap, type Path, pathText } from '../../kubernetes/object-path';
import { quantityValue } from '../../kubernetes/quantity';
import { isBuiltInGroup } from '../../kubernetes/served-apis';

/** Maps of texts. */
const TEXTS = new Set(['annotations', 'labels', 'matchLabels', 'nodeSelector']);
/** Of these kinds. */
const DATA: { readonly [kind: string]: readonly string[] } = { ConfigMap: ['data', 'binaryData'], Secret: ['data', 'stringData'] };
const QUANTITIES = new Set(['limits', 'requests']);
/** In these stands what is of other kinds: schemas, of which a field may have any name, and objects as they once were. */
const OF_OTHERS = new Set(['ControllerRevision', 'CustomResourceDefinition']);

/** What the API server would not take of an object, as templates get it wrong that do not quote: where it is, and what would do. */
export function refusedFields(manifest: Json): string[] {
  if (!isBuiltInGroup(groupOf(manifest)) || OF_OTHERS.has(manifest.kind)) return refusedOf({ metadata: manifest.metadata }, []);
  const data = (DATA[manifest.kind] ?? []).flatMap((field) => noTexts(manifest[field], [field]));
  return [...data, ...refusedOf(manifest.kind in DATA ? { metadata: manifest.metadata } : manifest, [])];
}

function refusedOf(value: Json, path: Path): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => refusedOf(item, [...path, index]));
  if (!isMap(value)) return [];
  return Object.entries<Json>(value).flatMap(([key, child]) => {
    const place = [...path, key];
    if (key === 'opaque') return []; // what a driver takes, of a claim of a device
    if (TEXTS.has(key)) return noTexts(child, place);
    if (key === 'resources' && isMap(child)) return [...QUANTITIES].flatMap((field) => noQuantities(child[field], [...place, field]));
    if (key === 'env' && Array.isArray(child))
      return child.flatMap((variable, index) => noText(variable?.value, [...place, index, 'value']));
    return refusedOf(child, place);
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

function noQuantities(map: Json, path: Path): string[] {
  if (!isMap(map)) return [];
  return Object.entries<Json>(map).flatMap(([key, value]) =>
    quantityValue(`${value}`) === undefined
      ? [`${pathText([...path, key])} is ${JSON.stringify(value)}; expected a quantity, as "500m" or "1Gi"`]
      : [],
  );
}
