import type { Json } from '../../lib/kubernetes/json';
import { isMap } from '../../lib/kubernetes/object-path';
import { getObjects } from './kubectl';
import { keyOf } from './object-id';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const MANAGED_BY = 'app.kubernetes.io/managed-by';
const INSTANCE = 'app.kubernetes.io/instance';
/** Those in a namespace that the library makes, and that every cluster has. */
const KINDS = [
  'configmaps',
  'cronjobs',
  'deployments',
  'horizontalpodautoscalers',
  'ingresses',
  'jobs',
  'networkpolicies',
  'persistentvolumeclaims',
  'poddisruptionbudgets',
  'rolebindings',
  'roles',
  'serviceaccounts',
  'services',
  'statefulsets',
];

/** How the cluster is asked: the objects that kubectl finds by these arguments, and a text for its standard input. */
export type Get = (args: readonly string[], input?: string) => Json[];

/**
 * What was applied before these objects: as `kubectl apply` noted it, or else of the object in the cluster as far as the new one goes. And what
 * was applied of the same Airflow, and is no more among these.
 */
export function objectsOfCluster(wanted: readonly Json[], get: Get = getObjects): Json[] {
  const living = get(['--filename', '-'], wanted.map((object) => JSON.stringify(object)).join('\n'));
  const before = wanted.flatMap((object) => {
    const found = living.find((candidate) => isSame(object, candidate));
    return found ? [{ ...(lastApplied(found) ?? asFarAs(found, object)), metadata: metadataOf(found, object) }] : [];
  });
  const keys = new Set(living.map(keyOf));
  return [...before, ...appliedBefore(wanted, get).filter((object) => !keys.has(keyOf(object)))];
}

/** A manifest need not say the namespace that kubectl is set to. */
function isSame(wanted: Json, found: Json): boolean {
  return (
    keyOf({ ...wanted, metadata: { ...wanted.metadata, namespace: wanted.metadata.namespace ?? found.metadata.namespace } }) ===
    keyOf(found)
  );
}

function metadataOf(found: Json, wanted: Json): Json {
  const { metadata } = lastApplied(found) ?? asFarAs(found, wanted);
  const { namespace, ...rest } = metadata;
  const named = wanted.metadata.namespace !== undefined ? { namespace: wanted.metadata.namespace } : {};
  // kubectl notes what is not there as an empty map.
  const isEmpty = (value: Json) => isMap(value) && Object.keys(value).length === 0;
  return { ...Object.fromEntries(Object.entries(rest).filter(([, value]) => !isEmpty(value))), ...named };
}

function lastApplied({ metadata }: Json): Json {
  const text = metadata.annotations?.[LAST_APPLIED];
  return text ? JSON.parse(text) : undefined;
}

/** Of what is in the cluster that which a manifest speaks of: the rest are defaults, and what controllers have written. */
export function asFarAs(found: Json, wanted: Json): Json {
  if (isMap(found) && isMap(wanted)) {
    const keys = Object.keys(wanted).filter((key) => key in found);
    return Object.fromEntries(keys.map((key) => [key, asFarAs(found[key], wanted[key])]));
  }
  if (Array.isArray(found) && Array.isArray(wanted)) {
    return found.map((item, index) => {
      const other = isMap(item) && item.name !== undefined ? wanted.find((candidate) => candidate?.name === item.name) : wanted[index];
      return other === undefined ? item : asFarAs(item, other);
    });
  }
  return found;
}

function appliedBefore(wanted: readonly Json[], get: Get): Json[] {
  const own = wanted.filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === 'cdk8s-airflow' && metadata.namespace);
  const places = new Map(own.map(({ metadata }) => [`${metadata.namespace} ${metadata.labels[INSTANCE]}`, metadata]));
  return [...places.values()].flatMap(({ namespace, labels }) => {
    const selector = `${MANAGED_BY}=cdk8s-airflow,${INSTANCE}=${labels[INSTANCE]}`;
    return get([KINDS.join(','), '--namespace', namespace, '--selector', selector]).flatMap((object) => lastApplied(object) ?? []);
  });
}
