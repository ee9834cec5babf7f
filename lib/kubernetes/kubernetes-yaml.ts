import type * as JsYaml from 'js-yaml';
import type { Json } from './json';

const MAX_NODES = 100_000;
/** Where more than this part of a document is there by aliases, it is none that anybody has written. */
const MAX_ALIASED = 0.9;
const MAX_DEPTH = 1000;
const MAX_ATTEMPTS = 1000; // lines between brackets that are indented too little
const INDENT = ' '.repeat(200);

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NO_JSON_NUMBER = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** What is told of a text that Kubernetes takes, though YAML does not allow it. */
export type WarnOfYaml = (text: string) => void;

/**
 * The documents of a text, read as Kubernetes and helm read it: scalars of YAML 1.1 (`yes` is true, `0644` is 420), but no sexagesimal
 * numbers (`1:30` is text), and dates are text. Whole numbers above 2^53 become the nearest that JavaScript has. Of a key twice the last counts,
 * but beside a merge (`<<`) the key counts, wherever it stands. Tags that are not known say nothing. Empty documents are left out.
 * @param source what the text is, for errors.
 */
export function parseYamlDocuments(text: string, source: string, warn?: WarnOfYaml): Json[] {
  const documents = load(text, source, warn).filter((document) => document !== undefined && document !== null);
  // Without an anchor nothing can stand in two places.
  if (text.includes('&')) checkSize(documents, source);
  return documents;
}

/** The one document of a text, read as by `parseYamlDocuments`; null if it is empty. */
export function parseYamlDocument(text: string, source: string): Json {
  const [document = null, ...others] = parseYamlDocuments(text, source);
  if (others.length > 0) throw new Error(`${source}: ${others.length + 1} YAML documents; expected one`);
  return document;
}

/** It is loaded when it is first needed, which it is not where the render lock matches. */
function jsYaml(): typeof JsYaml {
  return require('js-yaml');
}

function load(text: string, source: string, warn?: WarnOfYaml): unknown[] {
  const yaml = jsYaml();
  const options = { schema: kubernetesSchema(yaml), maxDepth: MAX_DEPTH, json: false };
  let indented = text;
  for (let attempt = 0; ; attempt++) {
    try {
      return yaml.loadAll(indented, options);
    } catch (error) {
      if (!(error instanceof yaml.YAMLException)) throw error;
      // Without js-yaml's excerpt of the text, in which a secret may be.
      const place = placeOf(error, indented);
      if (error.reason === 'duplicated mapping key' && !options.json) {
        warn?.(`${source}: ${place}a key that is there twice; the last counts`);
        options.json = true;
      } else if (error.reason === 'deficient indentation' && error.mark && attempt < MAX_ATTEMPTS) {
        indented = withLineIndented(indented, error.mark.position);
      } else throw new Error(`${source}: ${place}no YAML that Kubernetes would take: ${error.reason}`);
    }
  }
}

/** A line and a column of the text as it was given. */
function placeOf({ mark }: JsYaml.YAMLException, indented: string): string {
  if (!mark) return '';
  const added = indented.slice(mark.position - mark.column).startsWith(INDENT) ? INDENT.length : 0;
  return `line ${mark.line + 1}, column ${mark.column + 1 - added}: `;
}

/** Between brackets Kubernetes takes lines that begin anywhere, also in the column of their key. */
function withLineIndented(text: string, position: number): string {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return `${text.slice(0, start)}${INDENT}${text.slice(start).replace(/^\t+/, '')}`;
}

let schema: JsYaml.Schema | undefined;

function kubernetesSchema(yaml: typeof JsYaml): JsYaml.Schema {
  const mapTag: JsYaml.MappingTagDefinition<Record<string, unknown>, Record<string, unknown>> = {
    ...yaml.mapTag,
    addPair: (map, key, value) => (key === null ? 'a key that is null' : yaml.mapTag.addPair(map, key, value)),
  };
  schema ??= yaml.FAILSAFE_SCHEMA.withTags(
    yaml.nullYaml11Tag,
    yaml.boolYaml11Tag,
    yaml.mergeTag,
    numberTag(yaml, 'int'),
    numberTag(yaml, 'float'),
    yaml.defineScalarTag('tag:yaml.org,2002:binary', {
      identify: () => false,
      resolve: (source) => textOfBase64(source) ?? yaml.NOT_RESOLVED,
    }),
    mapTag,
    // What else a tag says, Kubernetes passes over.
    ...['!', 'tag:'].flatMap((tagName) => [
      yaml.defineScalarTag(tagName, { matchByTagPrefix: true, identify: () => false, resolve: (source) => source }),
      { ...mapTag, tagName, matchByTagPrefix: true },
      { ...yaml.seqTag, tagName, matchByTagPrefix: true },
    ]),
  );
  return schema;
}

function textOfBase64(source: string): string | undefined {
  const encoded = source.replace(/\s/g, '');
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded) ? `${Buffer.from(encoded, 'base64')}` : undefined;
}

/** One resolver serves both tags: of a plain scalar, JSON does not tell whole numbers from others. */
function numberTag(yaml: typeof JsYaml, name: 'int' | 'float'): JsYaml.ScalarTagDefinition<number> {
  return yaml.defineScalarTag(`tag:yaml.org,2002:${name}`, {
    implicit: true,
    implicitFirstChars: [...'+-.0123456789'],
    identify: () => false,
    resolve: (source) => {
      if (NO_JSON_NUMBER.test(source)) throw new yaml.YAMLException(`JSON has no form for the number ${source}`);
      return numberOf(source.startsWith('.') ? source : source.replaceAll('_', '')) ?? yaml.NOT_RESOLVED;
    },
  });
}

function numberOf(text: string): number | undefined {
  if (INTEGER.test(text)) {
    const negative = text.startsWith('-');
    const digits = text.replace(/^[-+]/, '');
    const value = Number(digits.replace(/^0(?=[0-7])/, '0o'));
    // Go has 64 bits, and reads what needs more like any other text.
    if (value < (negative ? 2 ** 63 : 2 ** 64)) return negative ? 0 - value : value;
  }
  const value = FLOAT.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** Aliases make small texts of huge objects, or of endless ones. */
function checkSize(documents: readonly unknown[], source: string): void {
  const sizes = new Map<unknown, number>();
  let written = 1;
  const sizeOf = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    sizes.set(node, Number.POSITIVE_INFINITY); // as long as it is looked at: what contains itself is endless
    const children = Object.values(node);
    written += children.length;
    const size = children.reduce((sum, child) => sum + sizeOf(child), 1);
    sizes.set(node, size);
    return size;
  };
  const size = sizeOf(documents);
  if (size <= MAX_NODES || 1 - written / size <= MAX_ALIASED) return;
  throw new Error(`${source}: its YAML aliases make more than ${MAX_NODES} values of it; expected fewer`);
}
