import { isClusterScoped } from '../../lib/kubernetes/scopes';

test.each([
  ['v1', 'Namespace'],
  ['v1', 'Node'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['admissionregistration.k8s.io/v1alpha1', 'MutatingAdmissionPolicy'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['storage.k8s.io/v1', 'VolumeAttributesClass'],
  ['gateway.networking.k8s.io/v1', 'GatewayClass'],
  ['karpenter.sh/v1', 'NodePool'],
  ['policy/v1beta1', 'PodSecurityPolicy'],
])('%s %s is in no namespace', (apiVersion, kind) => {
  // THEN
  expect(isClusterScoped({ apiVersion, kind })).toBe(true);
});

test.each([
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['apps/v1', 'Deployment'],
  ['ipam.cluster.x-k8s.io/v1', 'IPAddress'],
  ['cert-manager.io/v1', 'Issuer'],
  ['longhorn.io/v1beta2', 'Node'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['external-secrets.io/v1', 'SecretStore'],
  ['example.com/v1', 'ClusterPolicy'],
])('%s %s is in a namespace', (apiVersion, kind) => {
  // THEN
  expect(isClusterScoped({ apiVersion, kind })).toBe(false);
});
