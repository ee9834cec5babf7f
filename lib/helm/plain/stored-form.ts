import { groupOf } from '../../kubernetes/api-group';
import type { Json } from '../../kubernetes/json';
import { isMap } from '../../kubernetes/object-path';
import { canonicalQuantity } from '../../kubernetes/quantity';

/** The groups of Kubernetes' own kinds. */
const GROUPS = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);
/** Fields that are maps of text, or of quantities. Other empty maps say something, as `emptyDir: {}` and `podSelector: {}` do. */
const MAPS = new Set(['annotations', 'binaryData', 'data', 'labels', 'limits', 'matchLabels', 'nodeSelector', 'requests', 'stringData']);
/** Fields that are not kept where they have these values, which is what their absence says. */
const ZEROS: { readonly [field: string]: number | boolean } = {
  hostIPC: false,
  hostNetwork: false,
  hostPID: false,
  hostPort: 0,
  initialDelaySeconds: 0,
  minReadySeconds: 0,
  paused: false,
  publishNotReadyAddresses: false,
  readOnly: false,
  stdin: false,
  stdinOnce: false,
  tty: false,
};
/** Texts that are not kept where they are empty. Others say something then, as `storageClassName` does. */
const TEXTS = new Set([
  'clusterIP',
  'dnsPolicy',
  'externalName',
  'fsType',
  'host',
  'hostIP',
  'hostname',
  'imagePullPolicy',
  'loadBalancerIP',
  'medium',
  'nodeName',
  'priorityClassName',
  'restartPolicy',
  'schedulerName',
  'serviceAccountName',
  'sessionAffinity',
  'subPath',
  'subdomain',
  'volumeName',
]);
const QUANTITIES = new Set(['limits', 'requests', 'hard']);

/**
 * An object in the form in which the API server keeps it, so that a second `kubectl apply` finds it unchanged: without lists, maps and texts
 * that are empty, with quantities as it writes them, and with its defaults where kubectl compares more than single fields. Custom resources are
 * kept as they are applied.
 */
export function storedForm(manifest: Json): Json {
  if (manifest.kind === 'CustomResourceDefinition') return withoutDefault(manifest, 'preserveUnknownFields', false);
  return GROUPS.has(groupOf(manifest)) ? withDefaults(stored(manifest)) : manifest;
}

function stored(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(stored);
  const fields = Object.entries<Json>(value).filter(([key, field]) => !isDropped(key, field));
  return Object.fromEntries(
    fields.map(([key, field]) => {
      if (QUANTITIES.has(key) && isMap(field)) return [key, withCanonicalQuantities(field)];
      if (MAPS.has(key) && isMap(field)) return [key, field];
      if (key === 'env' && Array.isArray(field)) return [key, field.map(variable)];
      return [key, key === 'sizeLimit' ? canonicalQuantity(`${field}`) : stored(field)];
    }),
  );
}

function isDropped(key: string, field: Json): boolean {
  if (Array.isArray(field)) return field.length === 0;
  if (ZEROS[key] === field || (field === '' && TEXTS.has(key))) return true;
  return MAPS.has(key) && isMap(field) && Object.keys(field).length === 0;
}

function variable(variable: Json): Json {
  const { value, ...others } = variable;
  return value === '' ? others : stored(variable);
}

function withCanonicalQuantities(quantities: Json): Json {
  return Object.fromEntries(Object.entries(quantities).map(([name, quantity]) => [name, canonicalQuantity(`${quantity}`)]));
}

/** By kind, what of it is compared as a whole. */
const DEFAULTS: { readonly [kind: string]: (manifest: Json) => Json } = {
  ClusterRoleBinding: withSubjects,
  DaemonSet: withPodTemplate,
  Deployment: (manifest) => withPodTemplate(withStrategy(manifest)),
  Job: withPodTemplate,
  MutatingWebhookConfiguration: withScopes,
  NetworkPolicy: withProtocols,
  RoleBinding: withSubjects,
  Secret: withData,
  StatefulSet: (manifest) => withPodTemplate(changed(manifest, ['spec', 'volumeClaimTemplates'], claimWithDefaults)),
  ValidatingWebhookConfiguration: withScopes,
};

function withDefaults(manifest: Json): Json {
  return Object.hasOwn(DEFAULTS, manifest.kind) ? DEFAULTS[manifest.kind](manifest) : manifest;
}

/** With what is at the end of a path changed, or each item if that is a list. */
function changed(value: Json, [step, ...rest]: readonly string[], change: (value: Json) => Json): Json {
  if (value === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => (step === undefined ? change(item) : changed(item, [step, ...rest], change)));
  if (step === undefined) return change(value);
  if (!isMap(value) || value[step] === undefined) return value;
  return { ...value, [step]: changed(value[step], rest, change) };
}

function withoutDefault(manifest: Json, field: string, value: Json): Json {
  const { [field]: given, ...spec } = manifest.spec ?? {};
  return given === value ? { ...manifest, spec } : manifest;
}

/** Of a strategy kubectl takes away what is not given. */
function withStrategy(manifest: Json): Json {
  const strategy = manifest.spec?.strategy;
  if (!isMap(strategy) || (strategy.type ?? 'RollingUpdate') !== 'RollingUpdate') return manifest;
  const rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%', ...strategy.rollingUpdate };
  return { ...manifest, spec: { ...manifest.spec, strategy: { type: 'RollingUpdate', ...strategy, rollingUpdate } } };
}

function withPodTemplate(manifest: Json): Json {
  const volumes = ['spec', 'template', 'spec', 'volumes'];
  const projected = changed(manifest, [...volumes, 'projected', 'sources'], (source) =>
    changed(changed(source, ['downwardAPI', 'items'], withFieldVersion), ['serviceAccountToken'], (token) => ({
      expirationSeconds: 3600,
      ...token,
    })),
  );
  return changed(projected, [...volumes, 'downwardAPI', 'items'], withFieldVersion);
}

function withFieldVersion(item: Json): Json {
  return item.fieldRef ? { ...item, fieldRef: { apiVersion: 'v1', ...item.fieldRef } } : item;
}

function withProtocols(manifest: Json): Json {
  const withProtocol = (port: Json) => ({ protocol: 'TCP', ...port });
  return ['ingress', 'egress'].reduce((policy, way) => changed(policy, ['spec', way, 'ports'], withProtocol), manifest);
}

function withScopes(manifest: Json): Json {
  return changed(manifest, ['webhooks', 'rules'], (rule) => ({ scope: '*', ...rule }));
}

function withSubjects(manifest: Json): Json {
  return changed(manifest, ['subjects'], ({ apiGroup, ...subject }) => {
    if (subject.kind === 'ServiceAccount') return subject;
    return { apiGroup: apiGroup || 'rbac.authorization.k8s.io', ...subject };
  });
}

/** `stringData` can be given, and is not there afterwards. */
function withData(manifest: Json): Json {
  const { stringData, ...secret } = manifest;
  if (!isMap(stringData)) return manifest;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(`${text}`).toString('base64')]);
  return { ...secret, data: { ...secret.data, ...Object.fromEntries(encoded) } };
}

/** A list of claims is compared as a whole. */
function claimWithDefaults({ metadata, spec, ...claim }: Json): Json {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    ...claim,
    metadata,
    spec: { volumeMode: 'Filesystem', ...spec },
    status: { phase: 'Pending' },
  };
}
