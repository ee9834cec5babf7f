import { quantityValue } from '../kubernetes/quantity';
import type { Finding } from './finding';
import type { Manifests } from './manifests';

/** Requests and limits are quantities, and no request is above its limit: the API server refuses such pods. */
export function checkResources(manifests: Manifests): Finding[] {
  const findings: Finding[] = [];
  for (const { object, containers } of manifests.checkedPods) {
    for (const { name: container, resources } of containers) {
      const { requests = {}, limits = {} } = resources ?? {};
      for (const [group, amounts] of Object.entries({ requests, limits })) {
        for (const [name, amount] of Object.entries(amounts)) {
          if (quantityValue(`${amount}`) !== undefined) continue;
          const problem = `${group}.${name} of container "${container}" is ${JSON.stringify(amount)}`;
          findings.push({ object, problem, remedy: 'expected a Kubernetes quantity, as in "500m", "2" or "1Gi"' });
        }
      }
      for (const name of Object.keys(limits)) {
        const [request, limit] = [quantityValue(`${requests[name]}`), quantityValue(`${limits[name]}`)];
        if (request === undefined || limit === undefined || request <= limit) continue;
        const problem = `container "${container}" asks for ${requests[name]} of ${name} and may use ${limits[name]}`;
        findings.push({ object, problem, remedy: 'expected a limit of at least the request' });
      }
    }
  }
  return findings;
}
