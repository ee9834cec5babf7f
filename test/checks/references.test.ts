import { Manifests } from '../../lib/checks/manifests';
import { checkReferences } from '../../lib/checks/references';
import type { Manifest } from '../support/manifests';
import { chartOf, configMap, deployment, httpRoute, ingress, problemsOf } from './support';

const object = (kind: string, name: string, rest: Manifest = {}): Manifest => ({
  apiVersion: 'example.com/v1',
  kind,
  metadata: { name },
  ...rest,
});
const secretEnv = (reference: Manifest) => deployment({}, { env: [{ name: 'A', valueFrom: { secretKeyRef: reference } }] });
const volume = (source: Manifest) => deployment({ volumes: [{ name: 'v', ...source }] });

/** Each way to name another object, with what is said of it. */
const REFERENCES: [string, Manifest, string][] = [
  ['Secret', secretEnv({ name: 'x', key: 'k' }), 'Deployment/web: env A of container "main"'],
  ['Secret', deployment({}, { envFrom: [{ secretRef: { name: 'x' } }] }), 'Deployment/web: envFrom of container "main"'],
  ['Secret', volume({ secret: { secretName: 'x' } }), 'Deployment/web: volume "v"'],
  ['Secret', volume({ projected: { sources: [{ secret: { name: 'x' } }] } }), 'Deployment/web: volume "v"'],
  ['Secret', deployment({ imagePullSecrets: [{ name: 'x' }] }), 'Deployment/web: imagePullSecrets'],
  ['Secret', object('ServiceAccount', 'a', { imagePullSecrets: [{ name: 'x' }] }), 'ServiceAccount/a: imagePullSecrets'],
  ['Secret', object('ServiceAccount', 'a', { secrets: [{ name: 'x' }] }), 'ServiceAccount/a: secrets'],
  ['Secret', object('Ingress', 'a', { spec: { tls: [{ secretName: 'x' }] } }), 'Ingress/a: tls'],
  [
    'ConfigMap',
    deployment({ initContainers: [{ name: 'init', env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'x', key: 'k' } } }] }] }),
    'Deployment/web: env A of container "init"',
  ],
  ['ConfigMap', deployment({}, { envFrom: [{ configMapRef: { name: 'x' } }] }), 'Deployment/web: envFrom of container "main"'],
  ['ConfigMap', volume({ configMap: { name: 'x' } }), 'Deployment/web: volume "v"'],
  ['ConfigMap', volume({ projected: { sources: [{ configMap: { name: 'x' } }] } }), 'Deployment/web: volume "v"'],
  ['PersistentVolumeClaim', volume({ persistentVolumeClaim: { claimName: 'x' } }), 'Deployment/web: volume "v"'],
  ['ServiceAccount', deployment({ serviceAccountName: 'x' }), 'Deployment/web: serviceAccountName'],
  ['ServiceAccount', deployment({ serviceAccount: 'x' }), 'Deployment/web: serviceAccountName'],
  ['ServiceAccount', object('RoleBinding', 'a', { subjects: [{ kind: 'ServiceAccount', name: 'x' }] }), 'RoleBinding/a: subjects'],
  ['Service', ingress({ number: 80 }, 'x'), 'Ingress/web: the rule for a.example.com/'],
  ['Service', object('Ingress', 'a', { spec: { defaultBackend: { service: { name: 'x' } } } }), 'Ingress/a: defaultBackend'],
  ['Service', httpRoute({ backendRefs: [{ name: 'x', port: 80 }] }), 'HTTPRoute/web: the rule for /'],
  ['Gateway', httpRoute({}, [{ name: 'x' }]), 'HTTPRoute/web: parentRefs'],
  ['Service', object('StatefulSet', 'a', { spec: { serviceName: 'x' } }), 'StatefulSet/a: serviceName'],
  ['Role', object('RoleBinding', 'a', { roleRef: { kind: 'Role', name: 'x' } }), 'RoleBinding/a: roleRef'],
  ['ClusterRole', object('ClusterRoleBinding', 'a', { roleRef: { kind: 'ClusterRole', name: 'x' } }), 'ClusterRoleBinding/a: roleRef'],
  [
    'Deployment',
    object('HorizontalPodAutoscaler', 'a', { spec: { scaleTargetRef: { kind: 'Deployment', name: 'x' } } }),
    'HorizontalPodAutoscaler/a: scaleTargetRef',
  ],
];

test.each(REFERENCES)('a %s that is missing is told (%#)', (kind, naming, place) => {
  // WHEN
  const problems = problemsOf(checkReferences, [naming]);
  // THEN
  expect(problems).toEqual([`${place} names ${kind} "x", which is not in the chart`]);
});

test.each(REFERENCES)('a %s in the chart or declared will do (%#)', (kind, naming) => {
  // WHEN
  const inChart = problemsOf(checkReferences, [naming, object(kind, 'x', { data: { k: '' } })]);
  const declared = problemsOf(checkReferences, [naming], [`${kind}/x`]);
  // THEN
  expect(inChart).toEqual([]);
  expect(declared).toEqual([]);
});

test('an object of that name, but of another kind or in another namespace, will not do', () => {
  // GIVEN
  const elsewhere = { ...configMap('x', {}), metadata: { name: 'x', namespace: 'other' } };
  // WHEN
  const problems = problemsOf(checkReferences, [volume({ configMap: { name: 'x' } }), elsewhere, object('Service', 'x')], ['Secret/x']);
  // THEN
  expect(problems).toEqual(['Deployment/web: volume "v" names ConfigMap "x", which is not in the chart']);
});

test.each([
  [deployment({}, { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'x', key: 'wrong' } } }] }), 'env A of container "main"'],
  [volume({ configMap: { name: 'x', items: [{ key: 'right' }, { key: 'wrong' }] } }), 'volume "v"'],
  [volume({ projected: { sources: [{ configMap: { name: 'x', items: [{ key: 'wrong' }] } }] } }), 'volume "v"'],
])('a key that a ConfigMap of the chart does not have is told (%#)', (naming, place) => {
  // GIVEN
  const objects = [naming, { ...configMap('x', { right: '' }), binaryData: { image: '' } }];
  // WHEN
  const problems = problemsOf(checkReferences, objects);
  // THEN
  expect(problems).toEqual([`Deployment/web: ${place} names the key "wrong" of ConfigMap "x", which has no such key`]);
});

test('a finding tells how to declare an object, or which keys there are', () => {
  // GIVEN
  const items = [{ key: 'wrong' }];
  const chart = chartOf([
    deployment({
      volumes: [
        { name: 'v', configMap: { name: 'x', items } },
        { name: 'w', configMap: { name: 'y' } },
        { name: 'u', configMap: { name: 'z', items } },
      ],
    }),
    configMap('x', { a: '', b: '' }),
    configMap('z', undefined),
  ]);
  // WHEN
  const remedies = checkReferences(Manifests.of(chart)).map(({ remedy }) => remedy);
  // THEN
  expect(remedies).toEqual([
    'it has a, b',
    "add it, or say that it is in the cluster already: declareExisting('ConfigMap', 'y')",
    'it has none',
  ]);
});

test('what is optional may be missing, object and key', () => {
  // GIVEN
  const objects = [
    secretEnv({ name: 'x', key: 'k', optional: true }),
    { ...volume({ configMap: { name: 'y', items: [{ key: 'k' }], optional: true } }), metadata: { name: 'other' } },
    configMap('y', {}),
    { ...deployment({}, { envFrom: [{ secretRef: { name: 'x', optional: true } }] }), metadata: { name: 'third' } },
  ];
  // WHEN
  const problems = problemsOf(checkReferences, objects);
  // THEN
  expect(problems).toEqual([]);
});

test('what the cluster has anyway need not be there', () => {
  // GIVEN
  const objects = [
    deployment({ serviceAccountName: 'default' }),
    object('RoleBinding', 'a', {
      roleRef: { kind: 'ClusterRole', name: 'view' },
      subjects: [
        { kind: 'Group', name: 'team' },
        { kind: 'ServiceAccount', name: 'default' },
        // Of a namespace that nothing of the chart is in nothing can be known.
        { kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' },
      ],
    }),
  ];
  // WHEN
  const problems = problemsOf(checkReferences, objects);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  object('SealedSecret', 'x', { spec: { encryptedData: { k: 'AgB' } } }),
  object('SealedSecret', 'other', { spec: { template: { metadata: { name: 'x' }, data: { k: '' } } } }),
  object('ExternalSecret', 'x', { spec: { data: [{ secretKey: 'k' }] } }),
  object('ExternalSecret', 'other', { spec: { target: { name: 'x' }, data: [{ secretKey: 'k' }] } }),
  object('ExternalSecret', 'x', { spec: { target: { template: { data: { k: '' } } }, data: [{ secretKey: 'other' }] } }),
  object('ExternalSecret', 'x', {
    spec: { target: { template: { mergePolicy: 'Merge', data: { other: '' } } }, data: [{ secretKey: 'k' }] },
  }),
  // What these have only the controller knows.
  object('ExternalSecret', 'x', { spec: { dataFrom: [{ extract: { key: 'all' } }] } }),
  object('ExternalSecret', 'x', { spec: { target: { creationPolicy: 'Merge' }, data: [{ secretKey: 'other' }] } }),
  object('ExternalSecret', 'x', { spec: { target: { template: { templateFrom: [{}] } } } }),
  object('Certificate', 'other', { spec: { secretName: 'x' } }),
])('a $kind makes a Secret', (maker) => {
  // WHEN
  const problems = problemsOf(checkReferences, [secretEnv({ name: 'x', key: 'k' }), maker]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  object('SealedSecret', 'x', { spec: { encryptedData: { other: 'AgB' } } }),
  object('ExternalSecret', 'x', { spec: { data: [{ secretKey: 'other' }] } }),
  object('ExternalSecret', 'x', { spec: { target: { template: { data: { other: '' } } }, data: [{ secretKey: 'k' }] } }),
])('a key that the $kind does not make is told, be the Secret declared or not', (maker) => {
  // WHEN
  const problems = [[], ['Secret/x']].map((declared) => problemsOf(checkReferences, [secretEnv({ name: 'x', key: 'k' }), maker], declared));
  // THEN
  const problem = `Deployment/web: env A of container "main" names the key "k" of Secret "x", which ${maker.kind} "x" does not put there`;
  expect(problems).toEqual([[problem], [problem]]);
});

test('an ExternalSecret that makes no Secret is none', () => {
  // GIVEN
  const maker = object('ExternalSecret', 'x', { spec: { target: { creationPolicy: 'None' }, data: [{ secretKey: 'k' }] } });
  // WHEN
  const problems = problemsOf(checkReferences, [secretEnv({ name: 'x', key: 'k' }), maker]);
  // THEN
  expect(problems).toEqual(['Deployment/web: env A of container "main" names Secret "x", which is not in the chart']);
});

test('a name that stands in several places of an object is told once', () => {
  // GIVEN
  const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'x', key: 'k' } } }];
  // WHEN
  const problems = problemsOf(checkReferences, [deployment({ initContainers: [{ name: 'init', env }] }, { env })]);
  // THEN
  expect(problems).toEqual(['Deployment/web: env A of container "init" names Secret "x", which is not in the chart']);
});
