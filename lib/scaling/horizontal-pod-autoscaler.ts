import type { Autoscaling } from './autoscaling';

/** The limits and metrics of a HorizontalPodAutoscaler, in the form of `autoscaling/v2`. */
export function autoscalerSpec({ _cpu: { minReplicas, maxReplicas, targetUtilization } }: Autoscaling) {
  const target = { type: 'Utilization', averageUtilization: targetUtilization };
  return { minReplicas, maxReplicas, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}
