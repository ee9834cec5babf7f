import { JsonPatch } from 'cdk8s';
import { nearestWord } from '../validation/nearest-word';
import type { Json } from './json';
import { isMap, stepsOfPointer, valueAt } from './object-path';

/** Operations that make what their path names, so that only what is around it must be there. */
const MAKING = new Set(['add', 'copy', 'move']);

/** Why JSON patches do not hit what they name in an object, which cdk8s would pass over; undefined if they do. */
export function patchProblem(object: Json, patches: readonly JsonPatch[]): string | undefined {
  let patched = object;
  for (const patch of patches) {
    const { op, path, from = '' } = patch._toJson();
    const problem = malformed(path) ?? missing(patched, from) ?? (MAKING.has(op) ? noRoom(patched, path) : missing(patched, path));
    if (problem) return `${op} ${path}: ${problem}`;
    try {
      patched = JsonPatch.apply(patched, patch);
    } catch {
      return `${op} ${path}: it has another value`;
    }
  }
  return undefined;
}

function malformed(path: string): string | undefined {
  return path === '' || path.startsWith('/') ? undefined : 'expected a path that begins with "/", as in "/spec/replicas"';
}

/** That a place is not there, with the key that may be meant by its last step. */
function missing(document: Json, path: string): string | undefined {
  const steps = stepsOfPointer(path);
  if (valueAt(document, steps) !== undefined) return undefined;
  const around = valueAt(document, steps.slice(0, -1));
  const nearest = isMap(around) ? nearestWord(`${steps.at(-1)}`, Object.keys(around)) : undefined;
  return `${path} is not there${nearest ? `; did you mean "${nearest}"?` : ''}`;
}

/** Why nothing can be put at a place: what is around it is missing, has no parts, or is a list that is shorter. */
function noRoom(document: Json, path: string): string | undefined {
  const parent = path.replace(/\/[^/]*$/, '');
  const around = valueAt(document, stepsOfPointer(parent));
  if (isMap(around)) return undefined;
  if (!Array.isArray(around)) return missing(document, parent) ?? `${parent} is neither a map nor a list`;
  const [last] = stepsOfPointer(path).slice(-1);
  return last === '-' || Number(last) <= around.length ? undefined : `${parent} is a list of ${around.length}; expected "-" to add to it`;
}
