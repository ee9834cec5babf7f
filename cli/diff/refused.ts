import { groupOf } from '../../lib/kubernetes/api-group';
import type { Json } from '../../lib/kubernetes/json';
import { quantityValue } from '../../lib/kubernetes/quantity';
import { argumentsOf, nameOf } from '../objects/object-id';
import type { Finding } from '../report/finding';
import type { Pair } from './compare';
import { withoutDefaults } from './defaults';
import { type ChangedField, changedFields } from './fields';

/** What of an object can't change, and what is to be done where it has to. */
interface Rule {
  /** The changes that the API server refuses. */
  readonly refuses: (before: Json, after: Json) => ChangedField[];
  readonly wayOut: (pair: Pair) => Pick<Finding, 'wayOut' | 'commands'>;
}

/** Of a StatefulSet these alone may change. */
const STATEFUL_SET_CHANGES = [
  'minReadySeconds',
  'ordinals',
  'persistentVolumeClaimRetentionPolicy',
  'replicas',
  'revisionHistoryLimit',
  'template',
  'updateStrategy',
];
/** And of a Job that is suspended these of its pods. */
const SUSPENDED = /^spec\.template\.(metadata\.(labels|annotations)|spec\.(nodeSelector|affinity|tolerations|schedulingGates))\b/;

const RULES: { readonly [kind: string]: readonly Rule[] } = {
  'apps/Deployment': [{ refuses: fixed('spec.selector'), wayOut: remade('its pods are away until the new ones are ready') }],
  'apps/DaemonSet': [{ refuses: fixed('spec.selector'), wayOut: remade('its pods are away until the new ones are ready') }],
  'apps/ReplicaSet': [{ refuses: fixed('spec.selector'), wayOut: remade('its pods are away until the new ones are ready') }],
  'apps/StatefulSet': [{ refuses: statefulSet, wayOut: aroundItsPods }],
  'batch/Job': [{ refuses: job, wayOut: remade('what it does is done again') }],
  '/Service': [{ refuses: service, wayOut: remade('its address is another one, and nothing answers for a moment') }],
  '/PersistentVolumeClaim': [{ refuses: claim, wayOut: anotherClaim }],
  '/PersistentVolume': [{ refuses: persistentVolume, wayOut: anotherName }],
  '/Secret': [
    { refuses: fixed('type'), wayOut: remade('pods that start meanwhile wait for it') },
    { refuses: sealed, wayOut: anotherName },
  ],
  '/ConfigMap': [{ refuses: sealed, wayOut: anotherName }],
  'rbac.authorization.k8s.io/RoleBinding': [{ refuses: fixed('roleRef'), wayOut: remade('the rights are away for a moment') }],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [{ refuses: fixed('roleRef'), wayOut: remade('the rights are away for a moment') }],
  'storage.k8s.io/StorageClass': [
    {
      refuses: fixed('provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'),
      wayOut: remade('volumes that there are stay as they are'),
    },
  ],
  'scheduling.k8s.io/PriorityClass': [
    { refuses: fixed('value', 'preemptionPolicy'), wayOut: remade('pods that there are keep what they have') },
  ],
  'networking.k8s.io/IngressClass': [{ refuses: fixed('spec.controller'), wayOut: remade('no controller serves its Ingresses meanwhile') }],
};

/** The changes that Kubernetes will not take, as the fields can't change. */
export function refusedOf(changed: readonly Pair[]): Finding[] {
  return changed.flatMap((pair) => {
    const { before, after } = pair;
    return (RULES[`${groupOf(after)}/${after.kind}`] ?? []).flatMap(({ refuses, wayOut }) => {
      const paths = refuses(before, after).map(({ path }) => path);
      return paths.length === 0 ? [] : [{ object: nameOf(after), problem: `can't change: ${paths.join(', ')}`, ...wayOut(pair) }];
    });
  });
}

/** Fields that can't change at all. */
function fixed(...paths: string[]): Rule['refuses'] {
  return (before, after) => differing(before, after).filter(({ path }) => paths.some((start) => isBelow(path, start)));
}

function isBelow(path: string, start: string): boolean {
  return path === start || path.startsWith(`${start}.`) || path.startsWith(`${start}[`);
}

function differing(before: Json, after: Json): ChangedField[] {
  const [from, to] = [before, after].map(({ apiVersion, kind, ...object }) => withoutDefaults(object) ?? {});
  return changedFields(from, to);
}

/** To `OnDelete` it can't change either: kubectl leaves there what the API server has added for the strategy before. */
function statefulSet(before: Json, after: Json): ChangedField[] {
  return differing(before, after).filter(
    ({ path, to }) =>
      (isBelow(path, 'spec') && !STATEFUL_SET_CHANGES.some((field) => isBelow(path, `spec.${field}`))) ||
      (isBelow(path, 'spec.updateStrategy') && (to === 'OnDelete' || to?.type === 'OnDelete')),
  );
}

function job(before: Json, after: Json): ChangedField[] {
  const paths = ['selector', 'template', 'completionMode', 'podFailurePolicy', 'successPolicy', 'backoffLimitPerIndex', 'managedBy'];
  const isIndexed = after.spec.completionMode === 'Indexed';
  const found = fixed(...paths.map((path) => `spec.${path}`), ...(isIndexed ? [] : ['spec.completions']))(before, after);
  return before.spec.suspend ? found.filter(({ path }) => !SUSPENDED.test(path)) : found;
}

/** An address may come and go with the type, and one that is taken out of a manifest stays as it is. */
function service(before: Json, after: Json): ChangedField[] {
  const hasNone = [before, after].some(({ spec }) => spec.type === 'ExternalName');
  if (hasNone) return [];
  return differing(before, after).filter(({ path, from, to }) => {
    if (path === 'spec.clusterIP') return to !== undefined && from !== to;
    if (/^spec\.(clusterIPs|ipFamilies)$/.test(path)) return from !== undefined && to !== undefined && from[0] !== to[0];
    return path === 'spec.loadBalancerClass' && from !== undefined && after.spec.type === 'LoadBalancer';
  });
}

/** A claim may ask for more, if its StorageClass allows that. */
function claim(before: Json, after: Json): ChangedField[] {
  return differing(before, after).filter(({ path, from, to }) => {
    if (!isBelow(path, 'spec') || path === 'spec.volumeAttributesClassName') return false;
    if (path === 'spec.storageClassName' && from === undefined) return false;
    if (!isBelow(path, 'spec.resources.requests')) return true;
    return (quantityValue(`${to}`) ?? 0) < (quantityValue(`${from}`) ?? 0);
  });
}

function persistentVolume(before: Json, after: Json): ChangedField[] {
  const free = ['capacity', 'accessModes', 'claimRef', 'persistentVolumeReclaimPolicy', 'storageClassName', 'mountOptions'];
  return differing(before, after).filter(
    ({ path }) => isBelow(path, 'spec') && ![...free, 'volumeAttributesClassName'].some((field) => isBelow(path, `spec.${field}`)),
  );
}

/** What says that it is immutable is so from then on, and so is that. */
function sealed(before: Json, after: Json): ChangedField[] {
  if (!before.immutable) return [];
  return fixed('immutable', 'data', 'binaryData', 'stringData')(before, after);
}

function remade(meanwhile: string): Rule['wayOut'] {
  return ({ after }) => ({
    wayOut: `delete it, and apply: ${meanwhile}`,
    commands: [`kubectl delete ${argumentsOf(after)}`],
  });
}

function anotherName(): Pick<Finding, 'wayOut' | 'commands'> {
  return { wayOut: 'give it another name where it is made and used', commands: [] };
}

function anotherClaim({ after }: Pair): Pick<Finding, 'wayOut' | 'commands'> {
  return {
    wayOut: 'keep it as it was, or make a claim of another name and move the data; to delete it is to delete the data',
    commands: [`kubectl get ${argumentsOf(after)} --output yaml`],
  };
}

/** Its volumes are claims of their own: they stay when it goes, and are not made anew when it comes back. */
function aroundItsPods({ before, after }: Pair): Pick<Finding, 'wayOut' | 'commands'> {
  const larger = sizesOf(after).flatMap(({ name, size }) => {
    const old = sizesOf(before).find((claim) => claim.name === name)?.size;
    return old !== undefined && (quantityValue(size) ?? 0) > (quantityValue(old) ?? 0) ? [{ name, size }] : [];
  });
  const { name, namespace } = after.metadata;
  const place = namespace ? ` --namespace ${namespace}` : '';
  const patches = larger.flatMap((claim) =>
    Array.from({ length: before.spec.replicas ?? 1 }, (_, index) => {
      const patch = JSON.stringify({ spec: { resources: { requests: { storage: claim.size } } } });
      return `kubectl patch persistentvolumeclaim ${claim.name}-${name}-${index}${place} --patch '${patch}'`;
    }),
  );
  return {
    wayOut: `delete it without its pods and volumes, and apply${larger.length > 0 ? '; the claims are made larger by hand, if their StorageClass allows it' : '; volumes that there are stay as they are'}`,
    commands: [...patches, `kubectl delete ${argumentsOf(after)} --cascade=orphan`],
  };
}

function sizesOf({ spec }: Json): { name: string; size: string }[] {
  const claims: Json[] = spec.volumeClaimTemplates ?? [];
  return claims.flatMap(({ metadata, spec }) => {
    const size = spec?.resources?.requests?.storage;
    return size === undefined ? [] : [{ name: metadata.name, size: `${size}` }];
  });
}
