import type { Json } from '../kubernetes/json';
import type { Finding } from './finding';
import type { Manifests, Pod } from './manifests';

/**
 * What this library asks of pods beyond Pod Security "restricted": a root file system that can't be written to, known needs of CPU and
 * memory, and no token of a ServiceAccount for those that don't talk to the Kubernetes API.
 */
export function checkPodHardening(manifests: Manifests): Finding[] {
  const bound = boundAccounts(manifests);
  return manifests.checkedPods.flatMap((pod) => [...containerFindings(pod), ...tokenFindings(pod, manifests, bound)]);
}

function containerFindings({ object, spec, containers }: Pod): Finding[] {
  // Ephemeral containers can't have resources.
  const withResources = containers.length - (spec.ephemeralContainers ?? []).length;
  const findings: Finding[] = [];
  for (const [index, { name, securityContext, resources }] of containers.entries()) {
    const where = `container "${name}"`;
    if (securityContext?.readOnlyRootFilesystem !== true) {
      const remedy = 'expected readOnlyRootFilesystem: true, and an emptyDir where it has to write';
      findings.push({ object, problem: `${where} may write to its root file system`, remedy });
    }
    if (index >= withResources) continue;
    const missing = [
      ...(resources?.requests?.cpu === undefined ? ['requests.cpu'] : []),
      ...(resources?.requests?.memory === undefined ? ['requests.memory'] : []),
      ...(resources?.limits?.memory === undefined ? ['limits.memory'] : []),
    ];
    if (missing.length > 0) {
      findings.push({
        object,
        problem: `${where} has no ${missing.join(', ')}`,
        remedy: 'expected requests of CPU and memory, and a limit of memory',
      });
    }
  }
  return findings;
}

/** The ServiceAccounts that have rights, as `namespace/name`. */
function boundAccounts({ objects }: Manifests): Set<string> {
  const bound = new Set<string>();
  for (const { kind, manifest, namespace: own } of objects) {
    if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') continue;
    for (const subject of manifest.subjects ?? []) {
      if (subject.kind === 'ServiceAccount') bound.add(`${subject.namespace ?? own}/${subject.name}`);
    }
  }
  return bound;
}

function tokenFindings({ object, spec }: Pod, manifests: Manifests, bound: ReadonlySet<string>): Finding[] {
  const account = spec.serviceAccountName ?? spec.serviceAccount ?? 'default';
  if (bound.has(`${object.namespace}/${account}`)) return [];
  const ofAccount = manifests.find('ServiceAccount', account, object.namespace)?.manifest.automountServiceAccountToken;
  const isMounted = (spec.automountServiceAccountToken ?? ofAccount) !== false;
  const remedies = [
    ...(isMounted ? ['automountServiceAccountToken: false'] : []),
    ...tokenVolumes(spec).map((name) => `no serviceAccountToken without an audience in the volume "${name}"`),
  ];
  return remedies.map((remedy) => ({
    object,
    problem: `the pod gets a token of the ServiceAccount "${account}", which no RoleBinding of the chart gives any right`,
    remedy: `expected ${remedy}`,
  }));
}

/** Those with a token that the API of Kubernetes takes; one for another audience is for somebody else. */
function tokenVolumes({ volumes = [] }: Json): string[] {
  const isOfApi = ({ serviceAccountToken: token }: Json) => token && !token.audience;
  return volumes.filter(({ projected }: Json) => projected?.sources?.some(isOfApi)).map(({ name }: Json) => name);
}
