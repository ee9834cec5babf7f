import type { Json } from '../../kubernetes/json';
import { type Path, pathText } from '../../kubernetes/object-path';
import type { PlainObject } from './plain-objects';

/** How a template writes whole numbers of seven and more digits: helm knows no whole numbers. */
const EXPONENT = /\b\d(?:\.\d+)?e\+\d{2}\b/g;

/** Values that are whole numbers, and that the chart writes into texts as others than they were given. */
export function exponentWarnings(objects: readonly PlainObject[], values: Json): string[] {
  const written = new Map(numbersIn(values, ['values']).map(([path, value]) => [value, path]));
  if (written.size === 0) return [];
  const warnings = objects.flatMap(({ manifest }) =>
    textsIn(manifest, []).flatMap(([path, text]) =>
      (text.match(EXPONENT) ?? []).flatMap((exponent) => {
        const given = written.get(Number(exponent));
        if (!given) return [];
        const object = `${manifest.kind}/${manifest.metadata.name}`;
        const value = Number(exponent);
        return `${object}: ${pathText(path)} has ${exponent}, which is how helm writes ${pathText(given)}, ${value}; expected it as text: "${value}"`;
      }),
    ),
  );
  return [...new Set(warnings)];
}

function numbersIn(value: Json, path: Path): [Path, number][] {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 1e6 ? [[path, value]] : [];
  return entriesOf(value, path).flatMap(([child, childPath]) => numbersIn(child, childPath));
}

function textsIn(value: Json, path: Path): [Path, string][] {
  if (typeof value === 'string') return [[path, value]];
  return entriesOf(value, path).flatMap(([child, childPath]) => textsIn(child, childPath));
}

function entriesOf(value: Json, path: Path): [Json, Path][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<Json>(value).map(([key, child]) => [child, [...path, Array.isArray(value) ? Number(key) : key]]);
}
