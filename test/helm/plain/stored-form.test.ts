import { storedForm } from '../../../lib/helm/plain/stored-form';
import type { Json } from '../../../lib/kubernetes/json';

const deployment = (spec: object, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { spec: { ...spec, containers: [{ name: 'web', ...container }] } } },
});

test('lists and maps of text that are empty are left out, as the API server leaves them out', () => {
  expect(
    storedForm(deployment({ nodeSelector: {}, tolerations: [], imagePullSecrets: [] }, { env: [], envFrom: [], args: ['a'] })),
  ).toEqual(deployment({}, { args: ['a'] }));
  expect(storedForm({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: {}, annotations: {} }, data: {} })).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
  });
});

test.each([[{ affinity: {}, securityContext: {} }], [{ volumes: [{ name: 'a', emptyDir: {} }] }]])(
  'empty objects that say something stay: %j',
  (spec) => {
    expect(storedForm(deployment(spec))).toEqual(deployment(spec));
  },
);

test('a selector of all pods stays', () => {
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'a' }, spec: { podSelector: {} } };
  expect(storedForm({ ...policy, spec: { ...policy.spec, ingress: [] } })).toEqual(policy);
});

test('quantities are written as the API server writes them', () => {
  // GIVEN
  const resources = { requests: { cpu: 0.5, memory: '1024Mi' }, limits: { cpu: 2, memory: '1.5Gi' } };

  // THEN
  const { template } = storedForm(deployment({ volumes: [{ name: 'a', emptyDir: { sizeLimit: '2048Mi' } }] }, { resources })).spec;
  expect(template.spec.containers[0].resources).toEqual({
    requests: { cpu: '500m', memory: '1Gi' },
    limits: { cpu: '2', memory: '1536Mi' },
  });
  expect(template.spec.volumes[0].emptyDir.sizeLimit).toBe('2Gi');
});

test.each(['example.com/v1', 'gateway.networking.k8s.io/v1', 'apiextensions.k8s.io/v1'])('an object of %s stays as it is', (apiVersion) => {
  const object = { apiVersion, kind: 'Thing', metadata: { name: 'a' }, spec: { items: [], labels: {}, requests: { cpu: 0.5 } } };
  expect(storedForm(object)).toEqual(object);
});

test('a strategy has the type that goes with its settings', () => {
  const rollingUpdate = { maxSurge: '25%', maxUnavailable: 0 };
  const strategyOf = (strategy: object) =>
    storedForm({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { strategy } }).spec.strategy;
  expect(strategyOf({ rollingUpdate })).toEqual({ type: 'RollingUpdate', rollingUpdate });
  expect(strategyOf({ type: 'Recreate' })).toEqual({ type: 'Recreate' });
});

test('claims of a StatefulSet are complete, as kubectl compares the whole list', () => {
  // GIVEN
  const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } } };

  // WHEN
  const set = storedForm({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' }, spec: { volumeClaimTemplates: [claim] } });

  // THEN
  expect(set.spec.volumeClaimTemplates).toEqual([
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { volumeMode: 'Filesystem', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      status: { phase: 'Pending' },
    },
  ]);
});

test('what is the same as its absence is left out: false and 0 that the API server does not keep', () => {
  // GIVEN
  const httpGet = { path: '/', port: 'http' };
  const mount = { name: 'a', mountPath: '/a' };

  // WHEN
  const stored = storedForm(
    deployment(
      { hostNetwork: false, hostIPC: false, automountServiceAccountToken: false },
      { livenessProbe: { httpGet, initialDelaySeconds: 0 }, volumeMounts: [{ ...mount, readOnly: false }], ports: [{ hostPort: 0 }] },
    ),
  );

  // THEN
  expect(stored).toEqual(
    deployment({ automountServiceAccountToken: false }, { livenessProbe: { httpGet }, volumeMounts: [mount], ports: [{}] }),
  );
});

test('true and other numbers stay, and texts that look like them', () => {
  // GIVEN
  const object = deployment({ hostNetwork: true }, { livenessProbe: { initialDelaySeconds: 5 }, volumeMounts: [{ readOnly: true }] });
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { readOnly: 'false', hostPort: '0' } };

  // THEN
  expect(storedForm(object)).toEqual(object);
  expect(storedForm(configMap)).toEqual(configMap);
});

/** An object, and what the API server makes of it, as far as kubectl compares it. */
const STORED: readonly [string, Json, Json][] = [
  ['empty texts', { kind: 'Pod', spec: { priorityClassName: '', nodeName: '' } }, { kind: 'Pod', spec: {} }],
  [
    'empty variables',
    {
      kind: 'Pod',
      spec: {
        containers: [
          {
            env: [
              { name: 'A', value: '' },
              { name: 'B', value: 'b' },
            ],
          },
        ],
      },
    },
    { kind: 'Pod', spec: { containers: [{ env: [{ name: 'A' }, { name: 'B', value: 'b' }] }] } },
  ],
  [
    'a strategy alone',
    { apiVersion: 'apps/v1', kind: 'Deployment', spec: { strategy: { type: 'RollingUpdate' } } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } } },
    },
  ],
  [
    'another strategy',
    { apiVersion: 'apps/v1', kind: 'Deployment', spec: { strategy: { type: 'Recreate' } } },
    { apiVersion: 'apps/v1', kind: 'Deployment', spec: { strategy: { type: 'Recreate' } } },
  ],
  [
    'ports of a NetworkPolicy',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: { ingress: [{ ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: {
        ingress: [
          {
            ports: [
              { port: 80, protocol: 'TCP' },
              { port: 53, protocol: 'UDP' },
            ],
          },
        ],
      },
    },
  ],
  [
    'texts of a Secret',
    { kind: 'Secret', data: { b: 'Yg==' }, stringData: { a: 'a' } },
    { kind: 'Secret', data: { a: 'YQ==', b: 'Yg==' } },
  ],
  ['texts of a ConfigMap, which stay', { kind: 'ConfigMap', data: { host: '' } }, { kind: 'ConfigMap', data: { host: '' } }],
  [
    'fields that no schema knows',
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { group: 'a', preserveUnknownFields: false } },
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { group: 'a' } },
  ],
  [
    'rules of webhooks',
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      webhooks: [{ rules: [{ operations: ['*'] }] }],
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      webhooks: [{ rules: [{ operations: ['*'], scope: '*' }] }],
    },
  ],
  [
    'subjects of a binding',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      subjects: [
        { kind: 'ServiceAccount', apiGroup: '', name: 'a' },
        { kind: 'User', name: 'b' },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      subjects: [
        { kind: 'ServiceAccount', name: 'a' },
        { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'b' },
      ],
    },
  ],
  [
    'sources of a volume',
    deployment({
      volumes: [
        {
          name: 'a',
          projected: { sources: [{ serviceAccountToken: { path: 'a' } }, { downwardAPI: { items: [{ fieldRef: { fieldPath: 'b' } }] } }] },
        },
      ],
    }),
    deployment({
      volumes: [
        {
          name: 'a',
          projected: {
            sources: [
              { serviceAccountToken: { path: 'a', expirationSeconds: 3600 } },
              { downwardAPI: { items: [{ fieldRef: { fieldPath: 'b', apiVersion: 'v1' } }] } },
            ],
          },
        },
      ],
    }),
  ],
];

test.each(STORED)('of %s what the API server makes of it is written', (_what, given, stored) => {
  expect(storedForm({ apiVersion: 'v1', ...given })).toEqual({ apiVersion: 'v1', ...stored });
});
