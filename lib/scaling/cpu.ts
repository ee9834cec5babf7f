import { ApiObject } from 'cdk8s';
import { defined } from '../kubernetes/defined';
import type { ScalingPlan } from './scaling-plan';

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

type Limits = Required<CpuAutoscalingProps>;

/** A HorizontalPodAutoscaler. */
export function cpuScaling(props: CpuAutoscalingProps): ScalingPlan {
  const limits: Limits = { minReplicas: 1, targetUtilization: 80, ...defined(props), maxReplicas: props.maxReplicas };
  const { minReplicas, maxReplicas, targetUtilization } = limits;
  return {
    ...limits,
    addTo: (scope, { name, labels }) => {
      new ApiObject(scope, 'horizontal-pod-autoscaler', {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name, labels },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas,
          maxReplicas,
          metrics: cpuMetrics(targetUtilization),
        },
      });
    },
    validate: (validator, prop) => {
      validator.wholeNumber(`${prop}.minReplicas`, minReplicas, 1);
      validator.replicas(`${prop}.maxReplicas`, maxReplicas, minReplicas);
      validator.wholeNumber(`${prop}.targetUtilization`, targetUtilization, 1);
    },
  };
}

/** The metrics of a HorizontalPodAutoscaler, in the form of `autoscaling/v2`. */
export function cpuMetrics(averageUtilization: number) {
  return [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } }];
}
