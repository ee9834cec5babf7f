import { groupOf } from '../../kubernetes/api-group';
import type { Json } from '../../kubernetes/json';
import { isMap } from '../../kubernetes/object-path';
import { isClusterScoped } from '../../kubernetes/scopes';
import type { RenderedDocument } from './rendered-documents';

/** Values, in which a description is no text of the schema. */
const VALUES = new Set(['const', 'default', 'enum', 'example', 'examples']);

export function isDefinition({ kind }: Json): boolean {
  return kind === 'CustomResourceDefinition';
}

/** Whether an object is in no namespace, as Kubernetes has it or a CustomResourceDefinition among the documents. */
export function clusterScope(documents: readonly RenderedDocument[]): (manifest: Json) => boolean {
  const scopes = new Map(
    documents
      .filter(({ manifest }) => isDefinition(manifest))
      .map(({ manifest: { spec } }) => [`${spec?.group}/${spec?.names?.kind}`, spec?.scope]),
  );
  return (manifest) => {
    const scope = scopes.get(`${groupOf(manifest)}/${manifest.kind}`);
    return scope === undefined ? isClusterScoped(manifest) : scope === 'Cluster';
  };
}

/** A CustomResourceDefinition without what its fields mean, which is most of it. `kubectl explain` then says nothing of them. */
export function withoutDescriptions(definition: Json): Json {
  const { versions, ...spec } = definition.spec;
  return { ...definition, spec: { ...spec, versions: versions?.map(bare) } };
}

function bare(value: Json): Json {
  if (Array.isArray(value)) return value.map(bare);
  if (!isMap(value)) return value;
  // A field of this name has a schema, not a text.
  const kept = Object.entries<Json>(value).filter(([key, child]) => key !== 'description' || typeof child !== 'string');
  return Object.fromEntries(kept.map(([key, child]) => [key, VALUES.has(key) ? child : bare(child)]));
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const MAX_ANNOTATIONS = 256 * 1024; // bytes, of keys and values

/** Whether an object is too large for the copy of it that `kubectl apply` keeps in an annotation. */
export function needsServerSide(manifest: Json): boolean {
  // As Go writes JSON.
  const copy = JSON.stringify(manifest).replace(/[<>&\u2028\u2029]/g, '\\u0000');
  const annotations = { ...manifest.metadata.annotations, [LAST_APPLIED]: `${copy}\n` };
  return Object.entries(annotations).reduce((sum, [key, value]) => sum + Buffer.byteLength(`${key}${value}`), 0) > MAX_ANNOTATIONS;
}
