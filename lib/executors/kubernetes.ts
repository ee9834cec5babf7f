import type { ComponentProps } from '../props/component-props';
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
   * Whether the pod of a task that failed is deleted, and its logs with it. That of one that succeeded always is.
   * @default false
   * @see Airflow option [kubernetes_executor] delete_worker_pods_on_failure
   */
  readonly deletePodsOnFailure?: boolean;
}

export function kubernetesPlan({
  tasks = {},
  podsCreationBatchSize = 16,
  deletePodsOnFailure = false,
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
    options: [
      option('worker_pods_creation_batch_size', `${podsCreationBatchSize}`, 'podsCreationBatchSize'),
      option('delete_worker_pods_on_failure', deletePodsOnFailure ? 'True' : 'False', 'deletePodsOnFailure'),
    ],
    unusedSections: { pattern: /^celery(_|$)/i, what: 'Celery is not used under KubernetesExecutor' },
    validate: (validator: PropValidator, prop: string) => {
      validator.wholeNumber(`${prop}.podsCreationBatchSize`, podsCreationBatchSize, 1);
    },
  };
}
