import { satisfies } from '../../requirements/pep440';
import type { PropValidator } from '../../validation/prop-validator';

/** A release such as 3.1.0, or what comes before it, as its image is tagged: 3.1.0rc1. */
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)((a|b|rc)\d+)?$/;

export function isAirflowVersion(text: string): boolean {
  return VERSION.test(text);
}

/** Whether a version comes before a release; a candidate for that release does not: it has what the release has. */
export function isOlder(version: string, release: string): boolean {
  return isAirflowVersion(version) && satisfies(version, '<', release);
}

/** @param reason why it has to be the oldest version or a later one. */
export function validateAirflowVersion(validator: PropValidator, version: string, oldest: string, reason: string): void {
  if (!isAirflowVersion(version)) {
    validator.report('airflowVersion', version, 'expected a version of Airflow, as in "3.3.2" or "3.3.2rc1"');
  } else if (isOlder(version, oldest)) {
    validator.report('airflowVersion', version, `expected ${oldest} or later: ${reason}`);
  }
}
