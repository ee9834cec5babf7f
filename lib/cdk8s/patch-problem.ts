import { JsonPatch } from 'cdk8s';
import type { Json } from '../kubernetes/json';
import { isMap, stepsOfPointer, valueAt } from '../kubernetes/object-path';
import { nearestWord } from '../validation/nearest-word';

/** Operations that make what their path names, so that only what is around it must be there. */
const MAKING = new Set(['add', 'copy', 'move']);
const INDEX = /^(?:0|[1-9]\d*)$/;

/**
 * Why a JSON patch does not hit what it names in an object, which cdk8s would pass over; undefined if it does. What a patch does is told by
 * its internal `_toJson` alone: without that, none could be checked.
 */
export function patchProblem(object: Json, patch: JsonPatch): string | undefined {
  if (typeof patch?._toJson !== 'function') return "no JSON patch given; expected one as JsonPatch.add('/spec/replicas', 2)";
  const { op, path, from = '' } = patch._toJson();
  const problem =
    malformed(path) ??
    missing(object, from) ??
    (MAKING.has(op) ? noRoom(object, path) : missing(object, path)) ??
    (op === 'test' ? otherValue(object, patch) : undefined);
  return problem && `${op} ${path}: ${problem}`;
}

function malformed(path: string): string | undefined {
  return typeof path === 'string' && path.startsWith('/') ? undefined : 'expected a path that begins with "/", as in "/spec/replicas"';
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
  return last === '-' || (INDEX.test(last) && Number(last) <= around.length)
    ? undefined
    : `${parent} is a list of ${around.length}; expected "-" to add to it`;
}

function otherValue(document: Json, test: JsonPatch): string | undefined {
  try {
    JsonPatch.apply(document, test);
    return undefined;
  } catch {
    return 'it has another value';
  }
}
