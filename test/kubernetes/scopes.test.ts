import { isClusterScoped } from '../../lib/kubernetes/scopes';

test.each([
  'ClusterRole',
  'CustomResourceDefinition',
  'GatewayClass',
  'MutatingAdmissionPolicy',
  'Namespace',
  'PriorityClass',
  'VolumeAttributesClass',
])('a %s is in no namespace', (kind) => {
  // THEN
  expect(isClusterScoped(kind)).toBe(true);
});

test.each(['ConfigMap', 'Deployment', 'IPAddress', 'Issuer', 'Role', 'RoleBinding', 'Secret', 'SecretStore', 'VolumeSnapshot'])(
  'a %s is in a namespace',
  (kind) => {
    // THEN
    expect(isClusterScoped(kind)).toBe(false);
  },
);
