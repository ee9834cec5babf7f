import { ApiObject, App, Chart } from 'cdk8s';
import type { Finding } from '../../lib/checks/finding';
import { Manifests } from '../../lib/checks/manifests';
import { declareExisting } from '../../lib/kubernetes/existing-objects';
import type { Manifest } from '../support/manifests';

export const LABELS = { app: 'web' };

/** A chart with these objects. */
export function chartOf(objects: readonly Manifest[], existing: readonly string[] = []): Chart {
  const chart = new Chart(new App(), 'chart', { namespace: 'airflow' });
  for (const [index, object] of objects.entries()) new ApiObject(chart, `object-${index}`, object);
  for (const id of existing) {
    const [kind, name] = id.split('/');
    declareExisting(chart, kind, name);
  }
  return chart;
}

/** What a check says of these objects; `existing` are those that are declared, as `Kind/name`. */
export function problemsOf(
  check: (manifests: Manifests) => Finding[],
  objects: readonly Manifest[],
  existing: readonly string[] = [],
): string[] {
  return check(Manifests.of(chartOf(objects, existing))).map(({ object, problem }) => `${object.kind}/${object.name}: ${problem}`);
}

/** A Deployment that no check has anything against, with other fields of its pod and its container. */
export function deployment(pod: Manifest = {}, container: Manifest = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: { automountServiceAccountToken: false, containers: [{ ...safeContainer('main'), ...container }], ...pod },
      },
    },
  };
}

export function safeContainer(name: string): Manifest {
  return {
    name,
    image: 'docker.io/apache/airflow:3.3.2',
    resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
    securityContext: {
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

export function configMap(name: string, data: Manifest): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

export function service(spec: Manifest): Manifest {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec };
}

/** An Ingress that leads to a port of the Service `web`. */
export function ingress(port: Manifest, serviceName = 'web'): Manifest {
  const backend = { service: { name: serviceName, port } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: { rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
  };
}

/** An HTTPRoute with a rule for all paths. */
export function httpRoute(rule: Manifest, parentRefs: Manifest[] = []): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web' },
    spec: { parentRefs, rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], ...rule }] },
  };
}
