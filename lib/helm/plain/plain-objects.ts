import { groupOf } from '../../kubernetes/api-group';
import type { Json } from '../../kubernetes/json';
import { isClusterScoped } from '../../kubernetes/scopes';
import { throwAll } from '../chart-error';
import { isJob, nameBeforeHash, repeatableJob } from './job-names';
import { notServed, type TargetCluster } from './not-served';
import { objectId } from './object-id';
import type { RenderedDocument } from './rendered-documents';
import { storedForm } from './stored-form';

/** An object of a chart that any tool can apply at any time. */
export interface PlainObject {
  readonly manifest: Json;
  /** The name in the manifest; for a Job that without the hash. */
  readonly baseName: string;
  /** The template that it comes from, as `chart/templates/service.yaml`. */
  readonly source: string;
}

export interface PlainObjectsOptions extends TargetCluster {
  /** The namespace of each namespaced object that names none. */
  readonly namespace: string;
  /** Objects to leave out, as `Kind/name`. */
  readonly exclude?: readonly string[];
}

const HOOK = 'helm.sh/hook';
const HOOKS_TO_KEEP = new Set(['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade']);

/** What a chart made, made plain: no hooks, no object twice, a namespace each, Jobs that can be applied again. */
export function plainObjects(documents: readonly RenderedDocument[], options: PlainObjectsOptions): PlainObject[] {
  throwAll(documents.flatMap(malformed));
  const kept = documents.filter(isWanted);
  const { namespace, exclude = [] } = options;
  throwAll(exclude.flatMap((entry) => withoutMatch(entry, kept)));
  const included = kept.filter(({ manifest }) => !exclude.includes(`${manifest.kind}/${manifest.metadata.name}`));

  const isInCluster = clusterScope(documents);
  const placed = included.map(({ manifest, source }) => ({
    manifest: placedIn(isInCluster(manifest) ? undefined : namespace, manifest),
    source,
  }));
  throwAll([...duplicates(placed), ...notServed(placed, options)]);
  return [...placed.filter(isDefinition), ...placed.filter((document) => !isDefinition(document))].map(plain);
}

function malformed({ manifest, source }: RenderedDocument): string[] {
  const { apiVersion, kind, metadata } = manifest;
  const missing = Object.entries({ apiVersion, kind, 'metadata.name': metadata?.name }).filter(
    ([, text]) => typeof text !== 'string' || !text,
  );
  if (missing.length === 0) return [];
  const what = [kind, metadata?.name].filter((text) => typeof text === 'string').join('/') || 'a document';
  return [
    `${source}: ${what} has no ${missing.map(([field]) => field).join(', no ')}; expected text there, as each object of Kubernetes has`,
  ];
}

/** Objects of the release itself, and hooks that are needed to install or upgrade it: not its tests, nor what cleans up behind it. */
function isWanted({ manifest }: RenderedDocument): boolean {
  const hooks: Json = manifest.metadata.annotations?.[HOOK];
  return hooks === undefined || `${hooks}`.split(',').some((hook) => HOOKS_TO_KEEP.has(hook.trim()));
}

function withoutMatch(entry: string, documents: readonly RenderedDocument[]): string[] {
  const [kind] = entry.split('/');
  const names = documents.flatMap(({ manifest }) => (manifest.kind === kind ? [manifest.metadata.name] : []));
  if (names.some((name) => entry === `${kind}/${name}`)) return [];
  return [`exclude: "${entry}" given; the chart makes no such object. Of this kind it makes: ${names.join(', ') || 'none'}`];
}

/** Whether an object is in no namespace, as Kubernetes has it or a CustomResourceDefinition among the documents. */
function clusterScope(documents: readonly RenderedDocument[]): (manifest: Json) => boolean {
  const scopes = new Map(
    documents.filter(isDefinition).map(({ manifest: { spec } }) => [`${spec?.group}/${spec?.names?.kind}`, spec?.scope]),
  );
  return (manifest) => {
    const scope = scopes.get(`${groupOf(manifest)}/${manifest.kind}`);
    return scope === undefined ? isClusterScoped(manifest) : scope === 'Cluster';
  };
}

function isDefinition({ manifest }: RenderedDocument): boolean {
  return manifest.kind === 'CustomResourceDefinition';
}

function placedIn(namespace: string | undefined, manifest: Json): Json {
  const { name, namespace: own, annotations, ...metadata } = manifest.metadata;
  const others = Object.entries(annotations ?? {}).filter(([annotation]) => !annotation.startsWith(HOOK));
  return {
    ...manifest,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace: own || namespace }),
      ...metadata,
      ...(others.length > 0 && { annotations: Object.fromEntries(others) }),
    },
  };
}

function duplicates(documents: readonly RenderedDocument[]): string[] {
  const first = new Map<string, string>();
  return documents.flatMap(({ manifest, source }) => {
    const { kind, metadata } = manifest;
    const id = objectId(manifest, metadata.name);
    const other = first.get(id);
    first.set(id, other ?? source);
    if (other === undefined) return [];
    const places = other === source ? `twice by ${source}` : `by ${other} and by ${source}`;
    return [
      `${kind}/${metadata.name} is made ${places}, and one would overwrite the other; expected values with which the chart makes it once`,
    ];
  });
}

function plain({ manifest, source }: RenderedDocument): PlainObject {
  const stored = storedForm(manifest);
  const repeatable = isJob(stored) ? repeatableJob(stored) : stored;
  return { manifest: repeatable, baseName: nameBeforeHash(repeatable), source };
}
