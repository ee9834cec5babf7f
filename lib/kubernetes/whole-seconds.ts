import type { Duration } from 'cdk8s';

/** As Kubernetes has times: a number of whole seconds. */
export function wholeSeconds(duration: Duration): number {
  return Math.floor(duration.toMilliseconds() / 1000);
}
