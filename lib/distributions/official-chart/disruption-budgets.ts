import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { COMPONENT_PROPS, type ComponentProp } from '../../components/default-resources';
import { type ComponentName, objectLabels, objectName } from '../../components/names';
import type { ComponentPods } from '../../components/pod-flows';
import type { OfficialContext } from './context';

const COMPONENTS: { readonly [Prop in ComponentProp]: ComponentName } = {
  apiServer: 'api-server',
  scheduler: 'scheduler',
  dagProcessor: 'dag-processor',
  triggerer: 'triggerer',
  workers: 'worker',
};

/** A PodDisruptionBudget where there is more than one pod. Before 1.19.0 the chart has none for three of the components. */
export function addDisruptionBudgets(scope: Construct, context: OfficialContext, pods: ComponentPods): void {
  const budgets = new Construct(scope, 'pod-disruption-budgets');
  for (const prop of COMPONENT_PROPS) {
    const component = COMPONENTS[prop];
    const matchLabels = pods.get(component);
    if (!matchLabels || podCount(context, prop) < 2 || hasChartBudget(context, prop)) continue;
    new ApiObject(budgets, component, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: objectName(context, component), labels: objectLabels(context, component) },
      spec: { maxUnavailable: 1, selector: { matchLabels } },
    });
  }
}

function podCount({ settings }: OfficialContext, prop: ComponentProp): number {
  return (prop === 'workers' ? settings.workers?.autoscaling?.maxReplicas : undefined) ?? settings[prop]?.replicas ?? 1;
}

/** Pods that two budgets select can't be evicted. */
function hasChartBudget({ isAirflow3, userValues }: OfficialContext, prop: ComponentProp): boolean {
  const values = userValues[prop === 'apiServer' && !isAirflow3 ? 'webserver' : prop];
  return [values, values?.celery].some((component) => component?.podDisruptionBudget?.enabled === true);
}
