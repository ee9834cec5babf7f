import { apisOf, notServed } from '../../../lib/helm/plain/not-served';

const document = (apiVersion: string, kind: string) => ({
  manifest: { apiVersion, kind, metadata: { name: 'a' } },
  source: 'chart/templates/a.yaml',
});

test('there is what Kubernetes serves, what is added, and not what is taken away', () => {
  // WHEN
  const apis = apisOf({ kubeVersion: '1.34.0', apiVersions: ['cert-manager.io/v1', 'v1', '-autoscaling/v2', '-apps/v1/DaemonSet'] });

  // THEN
  expect(apis.filter((api) => /^(cert-manager|autoscaling)/.test(api))).toEqual([
    'autoscaling/v1',
    'autoscaling/v1/HorizontalPodAutoscaler',
    'cert-manager.io/v1',
  ]);
  expect(apis).toContain('apps/v1/Deployment');
  expect(apis).not.toContain('apps/v1/DaemonSet');
  expect(apis.filter((api) => api === 'v1')).toHaveLength(1);
});

test.each([
  ['policy/v1beta1', 'PodDisruptionBudget', ', but in policy/v1'],
  ['extensions/v1beta1', 'Ingress', ', but in networking.k8s.io/v1'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', ', but in autoscaling/v1 and autoscaling/v2'],
  ['batch/v1', 'CronJobs', ''],
  ['policy/v1beta1', 'PodSecurityPolicy', ''],
])('no Kubernetes of today has %s %s, which is an error with the ways out', (apiVersion, kind, elsewhere) => {
  // WHEN
  const [problem, ...others] = notServed([document(apiVersion, kind)], { kubeVersion: '1.34.0' });

  // THEN
  expect(others).toEqual([]);
  expect(problem).toBe(
    `${kind}/a (chart/templates/a.yaml): Kubernetes 1.34.0 has no ${kind} in ${apiVersion}${elsewhere}; expected values with which the ` +
      `chart makes another, kubeVersion for an older cluster, apiVersions: ['${apiVersion}'] for one that has it, or exclude: ['${kind}/a']`,
  );
});

test('what a cluster serves besides its version, and kinds of others, are taken', () => {
  // GIVEN
  const documents = [document('resource.k8s.io/v1beta1', 'ResourceClaim'), document('monitoring.coreos.com/v1', 'ServiceMonitor')];

  // THEN
  expect(notServed(documents, { kubeVersion: '1.33.0', apiVersions: ['resource.k8s.io/v1beta1'] })).toEqual([]);
  expect(notServed(documents, { kubeVersion: '1.33.0', apiVersions: ['resource.k8s.io/v1beta1/ResourceClaim'] })).toEqual([]);
  expect(notServed(documents, { kubeVersion: '1.33.0' })).toHaveLength(1);
});

test('what was taken away is not there for objects either', () => {
  // THEN
  expect(notServed([document('autoscaling/v2', 'HorizontalPodAutoscaler')], { apiVersions: ['-autoscaling/v2'] })).toHaveLength(1);
});
