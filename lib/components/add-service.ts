import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { COMPONENTS, componentNameOf, type PodsName } from './components';
import { objectLabels, objectName, selectorLabels } from './names';

/** The Service of a component, with the ports of its pods. */
export function addService(scope: Construct, deployment: { readonly name: string }, component: PodsName): void {
  new ApiObject(scope, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: objectName(deployment, component), labels: objectLabels(deployment, component) },
    spec: {
      selector: selectorLabels(deployment, component),
      ports: Object.entries(COMPONENTS[componentNameOf(component)].ports).map(([name, { port, protocol }]) => ({
        name,
        port,
        targetPort: name,
        protocol,
      })),
    },
  });
}
