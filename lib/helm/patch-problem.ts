import { JsonPatch } from 'cdk8s';
import type { Json } from '../kubernetes/json';
import { nearestWord } from './nearest-word';
import { isMap, stepsOfPointer, valueAt } from './object-path';

/** Operations that make what their path names; the others must find it. */
const MAKING = new Set(['add', 'copy', 'move']);

/** Why JSON patches do not hit what they name in an object, which cdk8s would pass over; undefined if they do. */
export function patchProblem(object: Json, patches: readonly JsonPatch[]): string | undefined {
  let patched = object;
  for (const patch of patches) {
    const { op, path, from } = patch._toJson();
    const pointers: string[] = [...(from === undefined ? [] : [from]), MAKING.has(op) ? path.replace(/\/[^/]*$/, '') : path];
    for (const pointer of pointers) {
      const problem = pointerProblem(patched, pointer);
      if (problem) return `${op} ${path}: ${problem}`;
    }
    try {
      patched = JsonPatch.apply(patched, patch);
    } catch {
      return `${op} ${path}: it has another value`;
    }
  }
  return undefined;
}

/** Why a JSON pointer leads nowhere. */
function pointerProblem(document: Json, pointer: string): string | undefined {
  if (pointer !== '' && !pointer.startsWith('/')) return 'expected a path that begins with "/", as in "/spec/replicas"';
  const steps = stepsOfPointer(pointer);
  const missing = steps.findIndex((_, index) => valueAt(document, steps.slice(0, index + 1)) === undefined);
  if (missing === -1) return undefined;
  const above = valueAt(document, steps.slice(0, missing));
  const keys = isMap(above) ? Object.keys(above) : [];
  const nearest = nearestWord(steps[missing], keys);
  return `${pointer} is not there${nearest ? `; did you mean "${nearest}"?` : ''}`;
}
