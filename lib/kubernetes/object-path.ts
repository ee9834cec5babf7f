import type { Json } from './json';

/** The keys and indexes that lead to a part of a JSON value. */
export type Path = readonly (string | number)[];

/** `spec.containers[0].env`, `metadata.annotations["checksum/config"]`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** The steps of a JSON pointer such as `/spec/containers/0`. */
export function stepsOfPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The places at which two values differ, the deepest that there are: of lists of different length that of the list. */
export function differingPaths(first: Json, second: Json, path: Path = []): Path[] {
  if (first === second) return [];
  if (isMap(first) && isMap(second)) {
    const keys = Object.keys({ ...first, ...second });
    return keys.flatMap((key) => differingPaths(first[key], second[key], [...path, key]));
  }
  if (Array.isArray(first) && Array.isArray(second) && first.length === second.length) {
    return first.flatMap((item, index) => differingPaths(item, second[index], [...path, index]));
  }
  return [path];
}

/** What is at the end of a path, or undefined if it leads nowhere. */
export function valueAt(value: Json, path: Path): Json {
  return path.reduce(
    (part, step) => (typeof part === 'object' && part !== null && Object.hasOwn(part, step) ? part[step] : undefined),
    value,
  );
}

/** A copy with another value at the end of a path that leads somewhere. */
export function withValueAt(value: Json, [step, ...rest]: Path, replacement: Json): Json {
  if (step === undefined) return replacement;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[step] = withValueAt(value[step], rest, replacement);
  return copy;
}

export function isMap(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
