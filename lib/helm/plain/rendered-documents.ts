import type { Json } from '../../kubernetes/json';
import { parseYamlDocuments } from '../../kubernetes/kubernetes-yaml';
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

/** What `helm template` printed, in its order: lists are unrolled, and fields that are null left out. */
export function renderedDocuments(stdout: string): RenderedDocument[] {
  let source = 'the output of helm';
  return stdout.split(DOCUMENT_START).flatMap((text) => {
    // A file of CustomResourceDefinitions is printed as it is: of its documents the first alone has the comment.
    source = SOURCE.exec(text)?.[1] ?? source;
    return parseYamlDocuments(text, source)
      .flatMap(unrolled)
      .map((manifest) => ({ manifest: withoutNulls(manifest), source }));
  });
}

function unrolled(manifest: Json): Json[] {
  const { kind, items } = manifest;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [manifest];
  return items.flatMap(unrolled);
}
