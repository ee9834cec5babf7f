import type { PodPart } from '../../kubernetes/pod-part';

/** SIGTERM must reach Airflow's process alone: it then takes no more tasks and ends when the running ones have. Tasks would be killed by it. */
export const FINISHES_TASKS: PodPart = { env: [{ name: 'DUMB_INIT_SETSID', value: '0' }] };
