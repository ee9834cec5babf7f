import { groupOf } from '../../lib/kubernetes/api-group';
import type { Json } from '../../lib/kubernetes/json';
import { isClusterScoped } from '../../lib/kubernetes/scopes';

/** Which object it is, for messages: `Kind namespace/name`, or `Kind name`. */
export function nameOf({ kind, metadata }: Json): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
}

/** By which Kubernetes tells one object from others: the version of its API is none of it. */
export function keyOf(object: Json): string {
  const { kind, metadata } = object;
  const namespace = isClusterScoped(object) ? '' : (metadata.namespace ?? '');
  return [groupOf(object), kind, namespace, metadata.name].join('/');
}

/** How kubectl is told of it: `kind name --namespace namespace`. */
export function argumentsOf(object: Json): string {
  const { kind, metadata } = object;
  const group = groupOf(object);
  const isOwnGroup = group.includes('.') && !group.endsWith('.k8s.io');
  const namespace = metadata.namespace && !isClusterScoped(object) ? ` --namespace ${metadata.namespace}` : '';
  return `${kind.toLowerCase()}${isOwnGroup ? `.${group}` : ''} ${metadata.name}${namespace}`;
}
