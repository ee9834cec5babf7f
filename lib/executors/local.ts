import type { Duration } from 'cdk8s';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import type { ExecutorPlan } from './executor-plan';
import { GRACE_PERIOD } from './grace-period';

/** What the Local executor is made from. */
export interface LocalExecutorProps {
  /**
   * How long a scheduler that has to stop may finish its running tasks. The next one starts when it has stopped, as Airflow would run again what
   * another scheduler has not finished: until then nothing new is scheduled.
   * @default Duration.minutes(10)
   * @see Kubernetes field terminationGracePeriodSeconds
   */
  readonly gracePeriod?: Duration;
}

export function localPlan({ gracePeriod = GRACE_PERIOD }: LocalExecutorProps): ExecutorPlan {
  return {
    name: 'LocalExecutor',
    runsTasks: ['scheduler'],
    taskResources: { scheduler: { requests: { cpu: '300m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } } },
    gracePeriodSeconds: { scheduler: wholeSeconds(gracePeriod) },
    workerGroups: {},
    recreated: 'scheduler',
    options: [],
    unusedSections: { pattern: /^celery(_|$)/i, what: 'Celery is not used under LocalExecutor' },
    validate: (validator, prop) => validator.wholeSeconds(`${prop}.gracePeriod`, gracePeriod),
  };
}
