import type { Given } from '../validation/checked-props';
import { type CpuAutoscalingProps, cpuScaling } from './cpu';
import { type KedaAutoscalingProps, kedaScaling } from './keda';
import type { ScalingPlan } from './scaling-plan';

/**
 * What decides how many pods there are. The number is then not written, so that an apply leaves it as it is.
 *
 * A Deployment that was applied with a fixed number loses it with the first apply of this: `kubectl apply` takes away what it wrote, and one
 * pod is left until the autoscaler acts. Let kubectl forget what it wrote before that apply, and the number stays:
 * `kubectl annotate deployment NAME kubectl.kubernetes.io/last-applied-configuration-`
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Autoscaling, Executor } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   apiServer: { autoscaling: Autoscaling.cpu({ minReplicas: 2, maxReplicas: 5 }) },
 *   executor: Executor.celery({ workers: { autoscaling: Autoscaling.keda({ maxReplicas: 10 }) } }),
 * });
 */
export class Autoscaling {
  /**
   * The use of CPU decides: a HorizontalPodAutoscaler. The cluster needs metrics-server.
   * @param props between which numbers, and at which use.
   */
  static cpu(props: CpuAutoscalingProps): Autoscaling {
    return new Autoscaling(() => cpuScaling(props), ['cpu', props]);
  }

  /**
   * The work decides, which KEDA reads from the metadata database: of workers the tasks that wait in their queues or run, of the triggerer the
   * triggers. Without work there are none of these pods. The cluster needs KEDA.
   *
   * Kubernetes chooses which pod is stopped when there is less work: a worker finishes its tasks in its grace period, so that should be as long as
   * the longest task.
   * @param props between which numbers, and how quickly.
   */
  static keda(props: KedaAutoscalingProps): Autoscaling {
    return new Autoscaling(() => kedaScaling(props), ['keda', props]);
  }

  private constructor(
    private readonly planOf: () => ScalingPlan,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _plan(): ScalingPlan {
    return this.planOf();
  }
}
