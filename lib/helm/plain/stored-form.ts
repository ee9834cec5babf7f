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
const QUANTITIES = new Set(['limits', 'requests', 'hard']);

/**
 * An object in the form in which the API server keeps it, so that a second `kubectl apply` finds it unchanged: without lists and maps that are
 * empty, with quantities as it writes them, and with its defaults where kubectl compares more than single fields. Custom resources are kept
 * as they are applied.
 */
export function storedForm(manifest: Json): Json {
  return GROUPS.has(groupOf(manifest)) ? withDefaults(stored(manifest)) : manifest;
}

function stored(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(stored);
  const fields = Object.entries<Json>(value).filter(([key, field]) => !isDropped(key, field));
  return Object.fromEntries(
    fields.map(([key, field]) => {
      if (QUANTITIES.has(key) && isMap(field)) return [key, withCanonicalQuantities(field)];
      return [key, key === 'sizeLimit' ? canonicalQuantity(`${field}`) : stored(field)];
    }),
  );
}

function isDropped(key: string, field: Json): boolean {
  if (Array.isArray(field)) return field.length === 0;
  if (ZEROS[key] === field) return true;
  return MAPS.has(key) && isMap(field) && Object.keys(field).length === 0;
}

function withCanonicalQuantities(quantities: Json): Json {
  return Object.fromEntries(Object.entries(quantities).map(([name, quantity]) => [name, canonicalQuantity(`${quantity}`)]));
}

function withDefaults(manifest: Json): Json {
  const { kind, spec } = manifest;
  if (kind === 'Deployment' && spec?.strategy?.rollingUpdate && !spec.strategy.type) {
    return { ...manifest, spec: { ...spec, strategy: { type: 'RollingUpdate', ...spec.strategy } } };
  }
  if (kind === 'StatefulSet' && spec?.volumeClaimTemplates) {
    return { ...manifest, spec: { ...spec, volumeClaimTemplates: spec.volumeClaimTemplates.map(claimWithDefaults) } };
  }
  return manifest;
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
