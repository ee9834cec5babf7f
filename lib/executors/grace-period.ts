import { Duration } from 'cdk8s';

/** How long tasks may go on in a pod that has to stop, where the user says nothing. */
export const GRACE_PERIOD = Duration.minutes(10);
