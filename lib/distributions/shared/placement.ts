import { defined } from '../../kubernetes/defined';
import type { PlacementProps } from '../../props/component-props';
import type { PropValidator } from '../../validation/prop-validator';

/** The fields of a pod's spec that tell on which nodes it runs. */
export function podPlacement(placement: PlacementProps | undefined): { [field: string]: unknown } {
  return defined(placement);
}

export function validatePlacement(validator: PropValidator, prop: string, placement: PlacementProps | undefined): void {
  validator.labels(`${prop}.nodeSelector`, placement?.nodeSelector);
  validator.dnsSubdomain(`${prop}.priorityClassName`, placement?.priorityClassName);
}
