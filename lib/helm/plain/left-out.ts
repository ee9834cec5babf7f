import { isJob } from './job-names';
import type { PlainObject } from './plain-objects';
import type { RenderedDocument } from './rendered-documents';

/**
 * Whether something that a chart has made, and that is not among its objects, is another in a second render.
 * @param namespace that of documents that name none.
 */
export function leftOutDiffers(
  documents: readonly RenderedDocument[],
  second: readonly RenderedDocument[],
  objects: readonly PlainObject[],
  namespace: string,
): boolean {
  /** The name of a Job is no longer the chart's. */
  const keyOf = ({ manifest, source }: RenderedDocument) =>
    JSON.stringify([manifest.kind, manifest.metadata.namespace || namespace, isJob(manifest) ? '' : manifest.metadata.name, source]);
  const kept = new Set(objects.map(keyOf));
  const [one, other] = [documents, second].map((all) => JSON.stringify(all.filter((document) => !kept.has(keyOf(document)))));
  return one !== other;
}
