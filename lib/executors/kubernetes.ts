import type { ComponentProps } from '../props/component-props';
import { type PodCleanupProps, validatePodCleanup } from '../props/pod-cleanup-props';
import type { PropValidator } from '../validation/prop-validator';
import type { ExecutorPlan } from './executor-plan';

/** What the Kubernetes executor is made from. */
export interface KubernetesExecutorProps {
  /**
   * The pods of tasks. A task changes its own by `executor_config={"pod_override": …}`. Further containers are sidecars, for which Kubernetes must be
   * 1.29 or later.
   * @default - those of the component
   */
  readonly tasks?: ComponentProps;
  /**
   * How many pods the scheduler makes in a round of its loop, at most.
   * @default 16
   * @see Airflow option [kubernetes_executor] worker_pods_creation_batch_size
   */
  readonly podsCreationBatchSize?: number;
  /**
   * Whether a pod that was killed, evicted or could not begin is deleted, and its logs with it. One that ran its task to the end always is, whether the task
   * succeeded or failed.
   * @default false
   * @see Airflow option [kubernetes_executor] delete_worker_pods_on_failure
   */
  readonly deletePodsOnFailure?: boolean;
  /**
   * Deletes pods of tasks that are done, and those that can't begin. A CronJob does it, each quarter of an hour unless said otherwise.
   * @default - they stay
   * @example
   * import { App, Duration } from 'cdk8s';
   * import { AirflowChart, Executor } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   namespace: 'airflow',
   *   executor: Executor.kubernetes({ podCleanup: { completedTime: Duration.hours(12) } }),
   * });
   */
  readonly podCleanup?: PodCleanupProps;
}

export function kubernetesPlan({
  tasks = {},
  podsCreationBatchSize = 16,
  deletePodsOnFailure = false,
  podCleanup,
}: KubernetesExecutorProps): ExecutorPlan {
  const option = (key: string, value: string, prop: string) => {
    return { section: 'kubernetes_executor', key, value, instead: `the prop executor, with ${prop}` };
  };
  return {
    name: 'KubernetesExecutor',
    runsTasks: ['task'],
    gracePeriodSeconds: {},
    workerGroups: {},
    tasks,
    podCleanup,
    options: [
      option('worker_pods_creation_batch_size', `${podsCreationBatchSize}`, 'podsCreationBatchSize'),
      option('delete_worker_pods_on_failure', deletePodsOnFailure ? 'True' : 'False', 'deletePodsOnFailure'),
    ],
    unusedSections: { pattern: /^celery(_|$)/i, what: 'Celery is not used under KubernetesExecutor' },
    validate: (validator: PropValidator, prop: string) => {
      validator.wholeNumber(`${prop}.podsCreationBatchSize`, podsCreationBatchSize, 1);
      if (podCleanup) validatePodCleanup(validator, `${prop}.podCleanup`, podCleanup);
    },
  };
}
