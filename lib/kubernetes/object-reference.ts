import { groupOf } from './api-group';
import type { Json } from './json';

/** `Kind/name`; where that is not one object, `Kind/namespace/name`, `Kind.group/name` or both. Kubernetes' first group is called `core` there. */
export const OBJECT_REFERENCE = /^[A-Z]\w*(?:\.[\w.-]+)?(?:\/[^/\s]+){1,2}$/;

const CORE = 'core';

/**
 * Whether a reference names an object.
 * @param names what the object is called.
 */
export function isReferredTo(reference: string, { apiVersion, kind, metadata }: Json, ...names: string[]): boolean {
  const [kindAndGroup, ...place] = reference.split('/');
  const [ofKind, ...group] = kindAndGroup.split('.');
  const namespace = place.length > 1 ? place[0] : undefined;
  return (
    ofKind === kind &&
    (group.length === 0 || group.join('.') === (groupOf({ apiVersion }) || CORE)) &&
    (namespace === undefined || namespace === metadata.namespace) &&
    names.includes(place[place.length - 1])
  );
}

/** An object with what it is called. */
export interface NamedObject {
  readonly manifest: Json;
  readonly name: string;
}

/** The shortest reference to an object that names no other. */
export function referenceTo({ manifest, name }: NamedObject, all: readonly NamedObject[]): string {
  const { kind, metadata } = manifest;
  const ofGroup = `${kind}.${groupOf(manifest) || CORE}`;
  const inNamespace = metadata.namespace ? `${metadata.namespace}/${name}` : name;
  const references = [`${kind}/${name}`, `${kind}/${inNamespace}`, `${ofGroup}/${name}`, `${ofGroup}/${inNamespace}`];
  const isOfOne = (reference: string) => all.filter((each) => isReferredTo(reference, each.manifest, each.name)).length === 1;
  return references.find(isOfOne) ?? references[references.length - 1];
}
