import type { Json } from '../../kubernetes/json';
import { valueAt } from '../../kubernetes/object-path';
import type { PropValidator } from '../../validation/prop-validator';

/** Values of a chart that a prop stands for, and that other objects rest on or that are secret: what to use instead of each path. */
export type OwnValues = { readonly [path: string]: string };

/** Reports those that the user sets. */
export function validateOwnValues(validator: PropValidator, own: OwnValues, userValues: Json): void {
  for (const [path, instead] of Object.entries(own)) {
    if (valueAt(userValues, path.split('.')) === undefined) continue;
    validator.reportHidden(`distribution.values.${path}`, `the library sets this value; use ${instead}`);
  }
}
