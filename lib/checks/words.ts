import { groupOf } from '../kubernetes/api-group';
import type { Json } from '../kubernetes/json';
import { LABEL_OPERATORS, NODE_OPERATORS } from '../kubernetes/selector-operators';
import { nearestWord } from '../validation/nearest-word';
import type { Finding } from './finding';
import type { Manifests } from './manifests';

/** The words that a field may have, by its path; `[]` stands for each item of a list. */
type Words = { readonly [path: string]: readonly string[] };

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const SCHEMES = ['HTTP', 'HTTPS'];
const SECCOMP = ['RuntimeDefault', 'Unconfined', 'Localhost'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const TRAFFIC = ['Cluster', 'Local'];
const NODES = 'DuringSchedulingIgnoredDuringExecution';
const CLAIM: Words = {
  'accessModes[]': ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
  volumeMode: ['Filesystem', 'Block'],
};

const CONTAINER: Words = {
  imagePullPolicy: PULL_POLICIES,
  'livenessProbe.httpGet.scheme': SCHEMES,
  'ports[].protocol': PROTOCOLS,
  'readinessProbe.httpGet.scheme': SCHEMES,
  'securityContext.seccompProfile.type': SECCOMP,
  'startupProbe.httpGet.scheme': SCHEMES,
  terminationMessagePolicy: ['File', 'FallbackToLogsOnError'],
  'volumeMounts[].mountPropagation': ['None', 'HostToContainer', 'Bidirectional'],
};

const POD: Words = {
  ...below('containers[]', CONTAINER),
  ...below('initContainers[]', { ...CONTAINER, restartPolicy: ['Always'] }),
  ...below('volumes[].ephemeral.volumeClaimTemplate.spec', CLAIM),
  [`affinity.nodeAffinity.required${NODES}.nodeSelectorTerms[].matchExpressions[].operator`]: NODE_OPERATORS,
  [`affinity.nodeAffinity.preferred${NODES}[].preference.matchExpressions[].operator`]: NODE_OPERATORS,
  ...Object.fromEntries(
    ['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
      [`affinity.${kind}.required${NODES}[].labelSelector.matchExpressions[].operator`, LABEL_OPERATORS],
      [`affinity.${kind}.preferred${NODES}[].podAffinityTerm.labelSelector.matchExpressions[].operator`, LABEL_OPERATORS],
    ]),
  ),
  dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  preemptionPolicy: ['PreemptLowerPriority', 'Never'],
  restartPolicy: ['Always', 'OnFailure', 'Never'],
  'securityContext.fsGroupChangePolicy': ['OnRootMismatch', 'Always'],
  'securityContext.seccompProfile.type': SECCOMP,
  'tolerations[].effect': ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  'tolerations[].operator': ['Exists', 'Equal'],
  'topologySpreadConstraints[].whenUnsatisfiable': ['DoNotSchedule', 'ScheduleAnyway'],
  'volumes[].emptyDir.medium': ['Memory', 'HugePages', 'HugePages-2Mi', 'HugePages-1Gi'],
  'volumes[].hostPath.type': ['DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'],
  'volumes[].image.pullPolicy': PULL_POLICIES,
};

/** Others have kinds of the same names. */
const GROUPS = ['', 'apps', 'batch', 'networking.k8s.io'];

const OBJECTS: { readonly [kind: string]: Words } = {
  CronJob: { 'spec.concurrencyPolicy': ['Allow', 'Forbid', 'Replace'] },
  Deployment: { 'spec.strategy.type': ['RollingUpdate', 'Recreate'] },
  Ingress: { 'spec.rules[].http.paths[].pathType': ['Exact', 'Prefix', 'ImplementationSpecific'] },
  NetworkPolicy: {
    'spec.egress[].ports[].protocol': PROTOCOLS,
    'spec.ingress[].ports[].protocol': PROTOCOLS,
    'spec.policyTypes[]': ['Ingress', 'Egress'],
  },
  PersistentVolumeClaim: below('spec', CLAIM),
  Service: {
    'spec.externalTrafficPolicy': TRAFFIC,
    'spec.internalTrafficPolicy': TRAFFIC,
    'spec.ipFamilyPolicy': ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
    'spec.ports[].protocol': PROTOCOLS,
    'spec.sessionAffinity': ['ClientIP', 'None'],
    'spec.type': ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  },
  StatefulSet: {
    ...below('spec.volumeClaimTemplates[].spec', CLAIM),
    'spec.podManagementPolicy': ['OrderedReady', 'Parallel'],
    'spec.updateStrategy.type': ['RollingUpdate', 'OnDelete'],
  },
};

function below(place: string, words: Words): Words {
  return Object.fromEntries(Object.entries(words).map(([path, each]) => [`${place}.${path}`, each]));
}

const FIELDS_OF_POD = fieldsOf(POD);
const FIELDS_OF_OBJECTS = new Map(Object.entries(OBJECTS).map(([kind, words]) => [kind, fieldsOf(words)]));

function fieldsOf(words: Words) {
  return Object.entries(words).map(([path, known]) => ({ path, steps: path.split('.'), known }));
}

/** Fields of Kubernetes' own kinds that have a closed set of words have one of them. */
export function checkWords(manifests: Manifests): Finding[] {
  const looked = [
    ...manifests.checkedPods.map(({ object, spec }) => ({ object, json: spec, fields: FIELDS_OF_POD })),
    ...manifests.checked
      .filter(({ manifest }) => GROUPS.includes(groupOf(manifest)))
      .map((object) => ({ object, json: object.manifest, fields: FIELDS_OF_OBJECTS.get(object.kind) ?? [] })),
  ];
  return looked.flatMap(({ object, json, fields }) =>
    fields.flatMap(({ path, steps, known }) =>
      valuesAt(json, steps)
        .filter((value) => value !== '' && !known.includes(value))
        .map((value) => ({ object, problem: `${path} is ${JSON.stringify(value)}`, remedy: expected(`${value}`, known) })),
    ),
  );
}

function expected(value: string, known: readonly string[]): string {
  const nearest = nearestWord(value, known);
  return `expected ${known.length > 1 ? `one of ${known.join(', ')}` : known[0]}${nearest ? `; did you mean "${nearest}"?` : ''}`;
}

function valuesAt(json: Json, steps: readonly string[], at = 0): Json[] {
  if (json === undefined || json === null) return [];
  if (at === steps.length) return [json];
  const step = steps[at];
  if (!step.endsWith('[]')) return valuesAt(json[step], steps, at + 1);
  const list = json[step.slice(0, -2)];
  return Array.isArray(list) ? list.flatMap((item: Json) => valuesAt(item, steps, at + 1)) : [];
}
