import { refusedFields } from '../../../lib/helm/plain/refused-fields';
import type { Json } from '../../../lib/kubernetes/json';

const deployment = (container: Json, metadata: Json = {}): Json => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a', ...metadata },
  spec: { template: { metadata: { labels: { app: 'a' } }, spec: { containers: [container] } } },
});

test.each<[Json, string]>([
  [deployment({}, { annotations: { n: 1 } }), 'metadata.annotations.n is a number; expected text, in quotes'],
  [deployment({}, { labels: { on: true } }), 'metadata.labels.on is a boolean; expected text, in quotes'],
  [
    deployment({
      env: [
        { name: 'A', value: 'a' },
        { name: 'B', value: 2 },
      ],
    }),
    'spec.template.spec.containers[0].env[1].value is a number; expected text, in quotes',
  ],
  [
    deployment({ resources: { limits: { memory: '128mb' } } }),
    'spec.template.spec.containers[0].resources.limits.memory is "128mb"; expected a quantity, as "500m" or "1Gi"',
  ],
  [deployment({ args: ['--port', 80] }), 'spec.template.spec.containers[0].args[1] is a number; expected text, in quotes'],
  [
    deployment({ livenessProbe: { exec: { command: ['test', true] } } }),
    'spec.template.spec.containers[0].livenessProbe.exec.command[1] is a boolean; expected text, in quotes',
  ],
  [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { selector: { n: 1 } } },
    'spec.selector.n is a number; expected text, in quotes',
  ],
  [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { volumes: [{ name: 'a', emptyDir: { sizeLimit: '1gb' } }] } },
    'spec.volumes[0].emptyDir.sizeLimit is "1gb"; expected a quantity, as "500m" or "1Gi"',
  ],
  [
    { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'a' }, spec: { capacity: { storage: '1gb' } } },
    'spec.capacity.storage is "1gb"; expected a quantity, as "500m" or "1Gi"',
  ],
  [
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'a' }, spec: { hard: { cpu: 'two' } } },
    'spec.hard.cpu is "two"; expected a quantity, as "500m" or "1Gi"',
  ],
  [
    { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'a' }, spec: { limits: [{ type: 'Container', default: { cpu: '1x' } }] } },
    'spec.limits[0].default.cpu is "1x"; expected a quantity, as "500m" or "1Gi"',
  ],
  [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { port: 80 } }, 'data.port is a number; expected text, in quotes'],
  [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { a: { b: 1 } } },
    'stringData.a is a map; expected text, in quotes',
  ],
])('what the API server refuses is found: %j', (manifest, problem) => {
  // THEN
  expect(refusedFields(manifest)).toEqual([problem]);
});

test.each<Json>([
  deployment({ env: [{ name: 'A', valueFrom: { fieldRef: {} } }], resources: { limits: { cpu: 1, memory: '1Gi' }, requests: {} } }),
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { 'a.yaml': 'labels: {n: 1}' } },
  { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'a' }, spec: { limits: [{ type: 'Container', default: { cpu: 1 } }] } },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' }, spec: { selector: { matchExpressions: [] } } },
  {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceSlice',
    metadata: { name: 'a' },
    spec: { devices: [{ name: 'a', capacity: { memory: { value: '1Gi' } } }] },
  },
  { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' }, spec: { labels: { n: 1 }, env: [{ value: 1 }] } },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'a' },
    spec: {
      versions: [
        { schema: { properties: { labels: { 'x-kubernetes-preserve-unknown-fields': true }, resources: { limits: { a: {} } } } } },
      ],
    },
  },
  { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: { name: 'a' }, revision: 1, data: { labels: { n: 1 } } },
  {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: { name: 'a' },
    spec: { devices: { config: [{ opaque: { driver: 'a', parameters: { labels: { n: 1 } } } }] } },
  },
])('what it takes is not: %j', (manifest) => {
  // THEN
  expect(refusedFields(manifest)).toEqual([]);
});
