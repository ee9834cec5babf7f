import { Construct } from 'constructs';
import type { ComponentPods } from '../../components/component-pods';
import type { CommonComponentName, WorkerGroupName } from '../../components/components';
import { objectLabels, objectName } from '../../components/names';
import { groupsOfWorkers } from '../../executors/executor-plan';
import { defined } from '../../kubernetes/defined';
import type { Json } from '../../kubernetes/json';
import { cpuMetrics } from '../../scaling/cpu';
import { writtenReplicas } from '../../scaling/replicas';
import { scalingWork } from '../shared/scaling-work';
import type { OfficialContext } from './context';

/** How many pods of a component there are, as values say it. */
export function scalingValues(context: OfficialContext, name: CommonComponentName | WorkerGroupName): Json {
  const { components, holdsNull } = context;
  const scaled = components[name];
  const { databaseClient, targetUtilization, minReplicas, maxReplicas } = scaled?.autoscaling?._plan ?? {};
  // The chart's own number would be set anew by each apply.
  if (databaseClient) return holdsNull ? { replicas: null } : {};
  const metrics = targetUtilization === undefined ? undefined : cpuMetrics(targetUtilization);
  return {
    ...defined({ replicas: writtenReplicas(scaled) }),
    ...(scaled?.autoscaling &&
      !whyNoCpuScaling(context, name) && { hpa: { enabled: true, minReplicaCount: minReplicas, maxReplicaCount: maxReplicas, metrics } }),
  };
}

/** Why the chart can't have a HorizontalPodAutoscaler for it; undefined where it can. */
export function whyNoCpuScaling(
  { isAirflow3, features }: OfficialContext,
  name: CommonComponentName | WorkerGroupName,
): string | undefined {
  if (name === 'dag-processor' || name === 'triggerer') return 'the official chart scales neither DAG processor nor triggerer by CPU';
  if (name === 'api-server' && isAirflow3 && !features.scalesApiServer) return 'the official chart scales the API server from 1.20.0 on';
  return undefined;
}

/**
 * What scales by the work that the database tells. The chart's own lets KEDA look for the database by a name that means nothing where KEDA is, and
 * has its number of tasks from one option alone.
 */
export function addScalingByWork(scope: Construct, context: OfficialContext, pods: ComponentPods): void {
  const scaling = new Construct(scope, 'scaling');
  for (const component of [...groupsOfWorkers(context.executor).map(([name]) => name), 'triggerer'] as const) {
    const plan = context.components[component]?.autoscaling?._plan;
    if (!plan?.databaseClient || !pods.has(component)) continue;
    plan.addTo(new Construct(scaling, component), {
      name: objectName(context, component),
      labels: objectLabels(context, component),
      work: scalingWork(context, context.config, component),
    });
  }
}
