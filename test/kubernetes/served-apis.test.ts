import {
  apiVersionsOf,
  isBuiltInClusterScoped,
  isBuiltInGroup,
  isKnownVersion,
  oldestKnownVersion,
  servedApis,
} from '../../lib/kubernetes/served-apis';

test('it is known by version and by kind what a Kubernetes serves', () => {
  // WHEN
  const served = servedApis('1.34.0');

  // THEN
  expect(served).toEqual(
    expect.arrayContaining([
      'v1',
      'v1/Pod',
      'apps/v1/Scale',
      'policy/v1',
      'policy/v1/PodDisruptionBudget',
      'apiregistration.k8s.io/v1/APIService',
    ]),
  );
  for (const gone of ['policy/v1beta1', 'extensions/v1beta1', 'batch/v1beta1', 'autoscaling/v2beta1', 'resource.k8s.io/v1beta1']) {
    expect(served).not.toContain(gone);
  }
  expect(new Set(served).size).toBe(served.length);
});

test.each([
  ['1.28.0', 'flowcontrol.apiserver.k8s.io/v1', false],
  ['1.29', 'flowcontrol.apiserver.k8s.io/v1', true],
  ['v1.31.4-eks-2d5f260', 'flowcontrol.apiserver.k8s.io/v1beta3', true],
  ['v1.32.1+k3s1', 'flowcontrol.apiserver.k8s.io/v1beta3', false],
  ['1.33.2', 'resource.k8s.io/v1', false],
  ['1.34.2', 'resource.k8s.io/v1', true],
])('in %s, %s is served: %s', (version, api, isServed) => {
  // THEN
  expect(servedApis(version).includes(api)).toBe(isServed);
});

test('a version that is newer than those that are known counts as the newest, an older one is unknown', () => {
  // THEN
  expect(servedApis('1.99.0')).toEqual(servedApis('2.0.0'));
  expect(servedApis('1.99.0')).toContain('apps/v1');
  expect(isKnownVersion('1.99.0')).toBe(true);
  expect(isKnownVersion(`${oldestKnownVersion()}.0`)).toBe(true);
  expect(isKnownVersion('1.20.0')).toBe(false);
});

test('a kind is found in whatever version and group it is served', () => {
  // THEN
  expect(apiVersionsOf('HorizontalPodAutoscaler', '1.34.0')).toEqual(['autoscaling/v1', 'autoscaling/v2']);
  expect(apiVersionsOf('Ingress', '1.34.0')).toEqual(['networking.k8s.io/v1']);
  expect(apiVersionsOf('PodSecurityPolicy', '1.34.0')).toEqual([]);
});

test('groups of Kubernetes are told from others that have its name', () => {
  // THEN
  expect(['', 'apps', 'extensions', 'policy', 'internal.apiserver.k8s.io'].filter((group) => !isBuiltInGroup(group))).toEqual([]);
  expect(['gateway.networking.k8s.io', 'metrics.k8s.io', 'snapshot.storage.k8s.io'].filter(isBuiltInGroup)).toEqual([]);
  expect(isBuiltInClusterScoped('', 'Node')).toBe(true);
  expect(isBuiltInClusterScoped('longhorn.io', 'Node')).toBe(false);
});
