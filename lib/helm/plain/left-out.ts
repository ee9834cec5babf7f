import type { Json } from '../../kubernetes/json';
import { isJob } from './job-names';
import type { PlainObject } from './plain-objects';
import type { RenderedDocument } from './rendered-documents';

/** Whether something that a chart has made, and that is not among its objects, is another in a second render. */
export function leftOutDiffers(
  documents: readonly RenderedDocument[],
  second: readonly RenderedDocument[],
  objects: readonly PlainObject[],
): boolean {
  const kept = new Set(objects.map(keyOf));
  const [one, other] = [documents, second].map((all) => JSON.stringify(all.filter((document) => !kept.has(keyOf(document)))));
  return one !== other;
}

/** The name of a Job is no longer the chart's. */
function keyOf({ manifest, source }: { readonly manifest: Json; readonly source: string }): string {
  return JSON.stringify([manifest.kind, isJob(manifest) ? '' : manifest.metadata.name, source]);
}
