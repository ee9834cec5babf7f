import { groupOf } from './api-group';
import type { Json } from './json';

/** `Kind/name`; where that is not one object, `Kind/namespace/name`, `Kind.group/name` or both. */
export const OBJECT_REFERENCE = /^[A-Z]\w*(?:\.[\w.-]+)?(?:\/[^/\s]+){1,2}$/;

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
    (group.length === 0 || group.join('.') === groupOf({ apiVersion })) &&
    (namespace === undefined || namespace === metadata.namespace) &&
    names.includes(place[place.length - 1])
  );
}
