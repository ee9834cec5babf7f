import type { Json } from '../../kubernetes/json';
import { isReferredTo, referenceTo } from '../../kubernetes/object-reference';
import { throwAll } from '../chart-error';
import { clusterScope, isDefinition, withoutDescriptions } from './definitions';
import { HOOK, type HookOptions, isHook, withoutHooks, withoutHooksOfObjects } from './hooks';
import { baseNameOf, nameBeforeHash } from './job-names';
import { withRepeatableJobs } from './job-references';
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

export interface PlainObjectsOptions extends TargetCluster, HookOptions {
  /** The namespace of each namespaced object that names none. */
  readonly namespace: string;
  /** Objects to leave out, as `Kind/name`. */
  readonly exclude?: readonly string[];
  /** Objects, as `Kind/name`, that may be another in each render. */
  readonly keepFirstValueOf?: readonly string[];
  /** Whether CustomResourceDefinitions are there too, which they are unless said otherwise. */
  readonly includeCrds?: boolean;
  /** Whether they say what their fields mean. */
  readonly crdDescriptions?: boolean;
}

/** What a chart made, made plain: no hooks, no object twice, a namespace each, Jobs that can be applied again. */
export function plainObjects(documents: readonly RenderedDocument[], options: PlainObjectsOptions): PlainObject[] {
  documents = documents.map(withName);
  throwAll(documents.flatMap(malformed));
  const { namespace, exclude = [], keepFirstValueOf = [], includeCrds = true, crdDescriptions = true } = options;
  const kept = withoutHooks(documents, options);
  throwAll(wrongReferences({ exclude, keepFirstValueOf }, kept, namespace));
  const isWanted = ({ manifest }: RenderedDocument) =>
    (includeCrds || !isDefinition(manifest)) && !exclude.some((entry) => isEntry(entry, manifest, namespace));

  const isInCluster = clusterScope(documents);
  const placed = withoutHooksOfObjects(
    kept.filter(isWanted).map(({ manifest, source }) => ({
      manifest: placedIn(isInCluster(manifest) ? undefined : namespace, manifest),
      source,
      isHook: isHook(manifest),
    })),
  );
  throwAll([...duplicates(placed), ...notServed(placed, options)]);
  const definitions = placed.filter(({ manifest }) => isDefinition(manifest));
  const others = placed.filter(({ manifest }) => !isDefinition(manifest));
  const bare = crdDescriptions
    ? definitions
    : definitions.map(({ manifest, source }) => ({ manifest: withoutDescriptions(manifest), source }));
  const stored = [...bare, ...others].map(({ manifest, source }) => ({ manifest: storedForm(manifest), source }));
  return withRepeatableJobs(stored).map(({ manifest, source }) => ({ manifest, baseName: nameBeforeHash(manifest), source }));
}

/** A Job has its name by what it does, so that one for which the cluster was to find a name needs none. */
function withName(document: RenderedDocument): RenderedDocument {
  const { name, generateName, ...metadata } = document.manifest.metadata ?? {};
  if (name !== undefined || typeof generateName !== 'string' || document.manifest.kind !== 'Job') return document;
  return { ...document, manifest: { ...document.manifest, metadata: { name: generateName.replace(/[^a-z0-9]+$/, ''), ...metadata } } };
}

function malformed({ manifest, source }: RenderedDocument): string[] {
  const { apiVersion, kind, metadata } = manifest;
  const missing = Object.entries({ apiVersion, kind, 'metadata.name': metadata?.name }).filter(
    ([, text]) => typeof text !== 'string' || !text,
  );
  if (missing.length === 0) return [];
  if (metadata?.generateName) {
    return [
      `${source}: ${kind} has a generateName and no name, which \`kubectl apply\` refuses, as it makes another object each time; expected ` +
        'values with which the chart gives it a name, or does not make it',
    ];
  }
  const what = [kind, metadata?.name].filter((text) => typeof text === 'string').join('/') || 'a document';
  return [
    `${source}: ${what} has no ${missing.map(([field]) => field).join(', no ')}; expected text there, as each object of Kubernetes has`,
  ];
}

/** A Job is called by its name in the chart, and by that before its hash. */
function isEntry(entry: string, manifest: Json, namespace: string): boolean {
  const { metadata } = manifest;
  return isReferredTo(entry, inNamespace(manifest, namespace), metadata.name, baseNameOf(manifest));
}

function inNamespace(manifest: Json, namespace: string): Json {
  return { ...manifest, metadata: { ...manifest.metadata, namespace: manifest.metadata.namespace || namespace } };
}

/** What is said of an entry of a prop that is to name one object, and names none or several. */
function wrongReferences(
  entries: { readonly [prop: string]: readonly string[] },
  documents: readonly RenderedDocument[],
  namespace: string,
): string[] {
  // One object may be there twice, as a hook and as none.
  const objects = new Map(
    documents.map(({ manifest }) => {
      const [placed, { name }] = [inNamespace(manifest, namespace), manifest.metadata];
      return [objectId(placed, name), { manifest: placed, name }];
    }),
  );
  const all = [...objects.values()];
  const problemOf = (entry: string) => {
    const found = all.filter(({ manifest }) => isEntry(entry, manifest, namespace));
    if (found.length === 1) return [];
    if (found.length > 1) {
      const references = found.map((each) => `"${referenceTo(each, all)}"`);
      return [`the chart makes ${found.length} such objects; expected one of ${references.join(', ')}`];
    }
    const [kind] = entry.split(/[./]/);
    const names = documents.flatMap(({ manifest }) => (manifest.kind === kind ? [manifest.metadata.name] : []));
    return [`the chart makes no such object. Of this kind it makes: ${names.join(', ') || 'none'}`];
  };
  return Object.entries(entries).flatMap(([prop, ofProp]) =>
    ofProp.flatMap((entry) => problemOf(entry).map((problem) => `${prop}: "${entry}" given; ${problem}`)),
  );
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
