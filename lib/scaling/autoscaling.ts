import { defined } from '../kubernetes/defined';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';

/**
 * Pods whose number follows their use of CPU.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export interface CpuAutoscalingProps {
  /**
   * The least number of pods, 1 or more.
   * @default 1
   */
  readonly minReplicas?: number;
  /** The greatest number of pods. */
  readonly maxReplicas: number;
  /**
   * The CPU use that is aimed at, in percent of the request.
   * @default 80
   */
  readonly targetUtilization?: number;
}

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
 *   executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 5 }) } }),
 * });
 */
export class Autoscaling {
  /**
   * The use of CPU decides: a HorizontalPodAutoscaler. The cluster needs metrics-server.
   * @param props between which numbers, and at which use.
   */
  static cpu(props: CpuAutoscalingProps): Autoscaling {
    return new Autoscaling(props, ['cpu', props]);
  }

  private constructor(
    /** @internal */
    readonly _props: CpuAutoscalingProps,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _cpu(): Required<CpuAutoscalingProps> {
    return { minReplicas: 1, targetUtilization: 80, ...defined(this._props), maxReplicas: this._props.maxReplicas };
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    const { minReplicas, maxReplicas, targetUtilization } = this._props;
    validator.wholeNumber(`${prop}.minReplicas`, minReplicas, 1);
    validator.wholeNumber(`${prop}.maxReplicas`, maxReplicas, minReplicas ?? 1);
    validator.wholeNumber(`${prop}.targetUtilization`, targetUtilization, 1);
  }
}
