import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as it stands in a manifest. */
// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
export type Manifest = any;

/** The objects in the manifests of a folder, in the order in which kubectl reads them. */
export function readManifests(folder: string): Manifest[] {
  const files = readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name));
  return files.sort().flatMap((name) =>
    parseAllDocuments(readFileSync(join(folder, name), 'utf8'))
      .map((document) => document.toJS())
      .filter((object) => object),
  );
}

/** The namespaces that the objects lie in or are. */
export function namespacesOf(objects: readonly Manifest[]): string[] {
  const names = objects.map((object) => (object.kind === 'Namespace' ? object.metadata.name : object.metadata.namespace));
  return [...new Set(names.filter((name) => name))];
}

/** `Kind/name`, as the tests speak of an object. */
export function nameOf(object: Manifest): string {
  return `${object.kind}/${object.metadata.name}`;
}
