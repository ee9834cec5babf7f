import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ComponentPods } from '../../components/component-pods';
import type { LastingComponentName } from '../../components/components';
import { objectLabels, objectName } from '../../components/names';
import { greatestReplicas } from '../../scaling/replicas';
import type { OfficialContext } from './context';

/** The values of each component. */
const VALUES: { readonly [Name in LastingComponentName]: string } = {
  'api-server': 'apiServer',
  scheduler: 'scheduler',
  'dag-processor': 'dagProcessor',
  triggerer: 'triggerer',
  worker: 'workers',
};

/** A PodDisruptionBudget where there is more than one pod. Before 1.19.0 the chart has none for three of the components. */
export function addDisruptionBudgets(scope: Construct, context: OfficialContext, pods: ComponentPods): void {
  const budgets = new Construct(scope, 'pod-disruption-budgets');
  for (const component of Object.keys(VALUES) as LastingComponentName[]) {
    const matchLabels = pods.get(component);
    if (!matchLabels || greatestReplicas(context.components[component]) < 2 || hasChartBudget(context, component)) continue;
    new ApiObject(budgets, component, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: objectName(context, component), labels: objectLabels(context, component) },
      // A pod that is not ready serves nobody, and would keep a node from being drained for good.
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels } },
    });
  }
}

/** Pods that two budgets select can't be evicted. */
function hasChartBudget({ isAirflow3, userValues }: OfficialContext, component: LastingComponentName): boolean {
  const values = userValues[component === 'api-server' && !isAirflow3 ? 'webserver' : VALUES[component]];
  return [values, values?.celery].some((each) => each?.podDisruptionBudget?.enabled === true);
}
