import type { Json } from '../../kubernetes/json';
import { parseYamlDocuments, type WarnOfYaml } from '../../kubernetes/kubernetes-yaml';
import { isMap } from '../../kubernetes/object-path';
import { throwAll } from '../chart-error';
import { PROTO, reservedKeys } from '../values/reserved-keys';
import { withoutNulls } from './without-nulls';

/** An object as the chart made it. */
export interface RenderedDocument {
  readonly manifest: Json;
  /** The template that it comes from, as `chart/templates/service.yaml`. */
  readonly source: string;
}

/** No text inside of a document can begin a line so. */
const DOCUMENT_START = /^---(?=[ \t\r\n]|$)/m;
const SOURCE = /^\s*# Source: ([^\r\n]+)/;

/** An object without the line before it with which helm begins each. */
const OBJECT = /^(?:apiVersion:|\s*\{)/m;

/**
 * What `helm template` printed, in its order: lists are unrolled, and fields that are null left out. What stands before the first document is
 * a message of helm.
 */
export function renderedDocuments(stdout: string, warn?: WarnOfYaml): RenderedDocument[] {
  let source = 'the output of helm';
  const [before, ...texts] = stdout.split(DOCUMENT_START);
  return [...(OBJECT.test(before) ? [before] : []), ...texts].flatMap((text) => {
    // A file of CustomResourceDefinitions is printed as it is: of its documents the first alone has the comment.
    source = SOURCE.exec(text)?.[1] ?? source;
    const documents = parseYamlDocuments(text, source, warn);
    throwAll(documents.flatMap((document) => reservedKeys(document, NOT_RENDERED)).map((problem) => `${source}: ${problem}`));
    return documents.flatMap(unrolled).map((manifest) => ({ manifest: withoutNulls(manifest), source }));
  });
}

/** By the latter cdk8s tells maps from instances of classes. */
const NOT_RENDERED = [PROTO, 'constructor'];

/**
 * As kubectl does it: an item that does not say what it is, is what the list is of. One with a name is no list, whatever it is called, but for the
 * kind `List` itself.
 */
function unrolled(manifest: Json): Json[] {
  const { apiVersion, kind, items, metadata } = manifest;
  const isList = kind === 'List' || (typeof kind === 'string' && kind.endsWith('List') && metadata?.name === undefined);
  if (!isList || !('items' in manifest)) return [manifest];
  if (items !== null && !Array.isArray(items)) return [manifest];
  const ofList = { apiVersion, kind: kind.slice(0, -'List'.length) };
  return (items ?? []).flatMap((item: Json) => unrolled(isMap(item) && !item.kind && !item.apiVersion ? { ...ofList, ...item } : item));
}
