import { groupOf } from '../../kubernetes/api-group';
import type { Json } from '../../kubernetes/json';

/** What tells an object from all others in a cluster. The version of the API does not: it is one object in each. */
export function objectId(manifest: Json, name: string): string {
  return [groupOf(manifest), manifest.kind, manifest.metadata.namespace ?? '', name].join('/');
}

/** Objects by what tells them from others, whatever the hash in the name of a Job. */
export function objectsById<Item extends { readonly manifest: Json; readonly baseName: string }>(
  objects: readonly Item[],
): Map<string, Item> {
  return new Map(objects.map((object) => [objectId(object.manifest, object.baseName), object]));
}
