import { Construct } from 'constructs';
import { addDisruptionBudget } from '../../components/add-disruption-budget';
import type { ComponentPods } from '../../components/component-pods';
import { type CommonComponentName, componentNameOf, type WorkerGroupName } from '../../components/components';
import { groupsOfWorkers } from '../../executors/executor-plan';
import { greatestReplicas } from '../../scaling/replicas';
import type { OfficialContext } from './context';

/** The values of each component. */
const VALUES: { readonly [Name in CommonComponentName]: string } = {
  'api-server': 'apiServer',
  scheduler: 'scheduler',
  'dag-processor': 'dagProcessor',
  triggerer: 'triggerer',
  worker: 'workers',
};

/** A PodDisruptionBudget where there is more than one pod. Before 1.19.0 the chart has none for three of the components. */
export function addDisruptionBudgets(scope: Construct, context: OfficialContext, pods: ComponentPods): void {
  const budgets = new Construct(scope, 'pod-disruption-budgets');
  const groups = groupsOfWorkers(context.executor).map(([name]) => name);
  for (const component of new Set([...(Object.keys(VALUES) as CommonComponentName[]), ...groups])) {
    const matchLabels = pods.get(component);
    if (!matchLabels || greatestReplicas(context.components[component]) < 2 || hasChartBudget(context, component)) continue;
    addDisruptionBudget(budgets, context, component, { id: component, matchLabels });
  }
}

/** Pods that two budgets select can't be evicted. */
function hasChartBudget({ isAirflow3, userValues }: OfficialContext, component: CommonComponentName | WorkerGroupName): boolean {
  const values =
    userValues[component === 'api-server' && !isAirflow3 ? 'webserver' : VALUES[componentNameOf(component) as CommonComponentName]];
  return [values, values?.celery].some((each) => each?.podDisruptionBudget?.enabled === true);
}
