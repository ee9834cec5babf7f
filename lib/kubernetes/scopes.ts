import { groupOf } from './api-group';
import { isBuiltInClusterScoped, isBuiltInGroup } from './served-apis';

/** Kinds that are in no namespace, of what is often installed in a cluster, by their group. */
const CLUSTER_SCOPED: { readonly [group: string]: readonly string[] } = {
  'apiextensions.crossplane.io': ['CompositeResourceDefinition', 'Composition', 'CompositionRevision', 'EnvironmentConfig'],
  'argoproj.io': ['ClusterAnalysisTemplate', 'ClusterWorkflowTemplate'],
  'cert-manager.io': ['ClusterIssuer'],
  'cilium.io': ['CiliumClusterwideNetworkPolicy', 'CiliumLoadBalancerIPPool', 'CiliumNode', 'CiliumNodeConfig'],
  'eventing.keda.sh': ['ClusterCloudEventSource'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'generators.external-secrets.io': ['ClusterGenerator'],
  'karpenter.k8s.aws': ['EC2NodeClass'],
  'karpenter.sh': ['NodeClaim', 'NodePool'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'kueue.x-k8s.io': ['AdmissionCheck', 'ClusterQueue', 'Cohort', 'ResourceFlavor', 'Topology', 'WorkloadPriorityClass'],
  'kyverno.io': ['ClusterCleanupPolicy', 'ClusterPolicy'],
  'nfd.k8s-sigs.io': ['NodeFeatureRule'],
  'nvidia.com': ['ClusterPolicy'],
  'operator.tigera.io': ['APIServer', 'Goldmane', 'Installation', 'TigeraStatus', 'Whisker'],
  'pkg.crossplane.io': ['Configuration', 'DeploymentRuntimeConfig', 'Function', 'Provider'],
  policy: ['PodSecurityPolicy'],
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'],
  'postgresql.cnpg.io': ['ClusterImageCatalog'],
  'projectcalico.org': ['GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  'security.openshift.io': ['SecurityContextConstraints'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'templates.gatekeeper.sh': ['ConstraintTemplate'],
  'trust.cert-manager.io': ['Bundle'],
};

/**
 * Whether objects of a kind are in no namespace. cdk8s gives them that of the chart nevertheless. The same kind of another group may well be
 * in one. Of custom resources only those count that are often installed.
 */
export function isClusterScoped(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  const { kind } = object;
  const group = groupOf(object);
  return (isBuiltInGroup(group) && isBuiltInClusterScoped(group, kind)) || (CLUSTER_SCOPED[group]?.includes(kind) ?? false);
}
