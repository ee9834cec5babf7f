import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PodsName } from './components';
import { objectLabels, objectName, selectorLabels } from './names';

/** Where there is more than one pod: a node is drained of them one after another. */
export function addDisruptionBudget(
  scope: Construct,
  deployment: { readonly name: string },
  component: PodsName,
  { id = 'pod-disruption-budget', matchLabels = selectorLabels(deployment, component) } = {},
): void {
  new ApiObject(scope, id, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: objectName(deployment, component), labels: objectLabels(deployment, component) },
    // A pod that is not ready serves nobody, and would keep a node from being drained for good.
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels } },
  });
}
