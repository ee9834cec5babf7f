import type { Duration } from 'cdk8s';
import type { PropValidator } from '../validation/prop-validator';
import { type ScheduleProps, validateSchedule } from './schedule';

/**
 * Which pods of tasks are deleted that nobody else deletes, and when: those that are done, and those that can't begin. Pods of the KubernetesPodOperator
 * count too.
 * @see https://airflow.apache.org/docs/apache-airflow-providers-cncf-kubernetes/stable/cli-ref.html
 */
export interface PodCleanupProps extends ScheduleProps {
  /**
   * How long a pod may wait for a node or an image, in whole minutes: five or more.
   * @default Duration.minutes(30)
   * @see `airflow kubernetes cleanup-pods --min-pending-minutes`
   */
  readonly pendingTime?: Duration;
  /**
   * How long a pod that is done stays with its log, in whole minutes. The provider `cncf.kubernetes` of the image must know it: in that of Airflow 3.3.2
   * it does.
   * @default - that of the provider: a minute, or no time with earlier ones
   * @see `airflow kubernetes cleanup-pods --min-completed-minutes`
   */
  readonly completedTime?: Duration;
}

export function validatePodCleanup(validator: PropValidator, prop: string, props: PodCleanupProps): void {
  validateSchedule(validator, prop, props);
  for (const [name, least] of [
    ['pendingTime', 5],
    ['completedTime', 0],
  ] as const) {
    const minutes = props[name]?.toMinutes({ integral: false }) ?? least;
    if (minutes >= least && Number.isInteger(minutes)) continue;
    validator.report(`${prop}.${name}`, props[name]?.toHumanString(), `expected whole minutes, ${least} or more`);
  }
}
