import type { Json } from '../../kubernetes/json';
import { isMap, type Path, pathText, valueAt } from '../../kubernetes/object-path';
import type { PropValidator } from '../../validation/prop-validator';

/** What to use instead of values of a chart, by their paths. */
export type InsteadOf = { readonly [path: string]: string };

/** A value with which the chart would deploy what does not work, where it is set and not off. */
export interface BrokenValue {
  readonly path: string;
  /** Why, and what to use instead. */
  readonly problem: string;
}

/** What the user's own values may not say. */
export interface ValueRules {
  /** Values that other objects rest on, or that are secret. */
  readonly own: InsteadOf;
  /** Values that props stand for: where the library sets one, the user's would win in silence. */
  readonly ofProps: InsteadOf;
  readonly broken: readonly BrokenValue[];
  /** Switches of pods without which nothing runs, with what to use where they are not wanted. */
  readonly needed: InsteadOf;
}

/** Reports what the user's values may not say. One that is equal to the library's says nothing new. */
export function validateUserValues(
  validator: PropValidator,
  { own, ofProps, broken, needed }: ValueRules,
  values: Json,
  userValues: Json,
): void {
  const report = (path: Path, reason: string) => validator.reportHidden(`distribution.values.${pathText(path)}`, reason);
  const instead = (path: Path, text: string) => report(path, `the library sets this value; use ${text}`);
  for (const [path, text] of Object.entries(own)) {
    const steps = path.split('.');
    const given = valueAt(userValues, steps);
    if (given !== undefined && !isSame(given, valueAt(values, steps))) instead(steps, text);
  }
  for (const [path, text] of Object.entries(ofProps)) {
    const steps = path.split('.');
    for (const conflict of conflicts(valueAt(values, steps), valueAt(userValues, steps), steps)) instead(conflict, text);
  }
  for (const { path, problem } of broken) {
    const steps = path.split('.');
    if (!isOff(valueAt(userValues, steps))) report(steps, problem);
  }
  for (const [path, text] of Object.entries(needed)) {
    const steps = path.split('.');
    if (valueAt(userValues, steps) === false) report(steps, `the deployment rests on these pods; ${text}`);
  }
}

/** The places at which a value of the user's would stand instead of one of the library's. */
function conflicts(value: Json, given: Json, path: Path): Path[] {
  if (value === undefined || given === undefined || isSame(given, value)) return [];
  if (isMap(value) && isMap(given)) {
    return Object.keys(given).flatMap((key) => conflicts(value[key], given[key], [...path, key]));
  }
  return Array.isArray(value) && Array.isArray(given) && !isCommand(path) ? [] : [path];
}

/** Lists are put one behind the other, which makes no command. */
function isCommand(path: Path): boolean {
  return /^(?:args|command)$/.test(`${path.at(-1)}`);
}

function isSame(given: Json, value: Json): boolean {
  return JSON.stringify(given) === JSON.stringify(value) || (isOff(given) && isOff(value));
}

/** Not there, empty, or a switch that is off. */
export function isOff(value: Json): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
