import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../lib/kubernetes/json';
import { parseYamlDocuments } from '../../lib/kubernetes/kubernetes-yaml';

/** The files that kubectl reads of a folder. */
export const MANIFEST_FILE = /\.(ya?ml|json)$/;

/** The objects in a file, or in the files of a folder, in the order in which kubectl reads them. */
export function objectsOfFolder(path: string): Json[] {
  if (!existsSync(path)) throw new Error(`there is no ${path}: run \`cdk8s synth\`, or name the folder that it wrote`);
  const files = statSync(path).isDirectory() ? manifestsIn(path) : [path];
  if (files.length === 0) throw new Error(`no manifest is in ${path}: expected files that end in .yaml, .yml or .json`);
  return files.flatMap((file) => objectsOfText(readFileSync(file, 'utf8'), file));
}

function manifestsIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => MANIFEST_FILE.test(name));
  return names.sort().map((name) => join(folder, name));
}

/**
 * The objects in a text, those of a list one by one.
 * @param source what the text is, for errors.
 */
export function objectsOfText(text: string, source: string): Json[] {
  return parseYamlDocuments(text, source).flatMap((document) => {
    const objects: Json[] = document.kind === 'List' ? (document.items ?? []) : [document];
    const wrong = objects.find((object) => !object?.kind || !object.apiVersion || !object.metadata?.name);
    if (wrong !== undefined) throw new Error(`${source}: something is no object of Kubernetes, with apiVersion, kind and metadata.name`);
    return objects;
  });
}
