import type * as JsYaml from 'js-yaml';
import type { Json } from './json';

const MAX_NODES = 100_000;

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NO_JSON_NUMBER = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/**
 * The documents of a text, read as Kubernetes and helm read it: scalars of YAML 1.1 (`yes` is true, `0644` is 420), but no sexagesimal
 * numbers (`1:30` is text), and dates are text. Whole numbers above 2^53 become the nearest that JavaScript has. A key twice is an error, but
 * beside a merge (`<<`) it counts, wherever it stands. Empty documents are left out.
 * @param source what the text is, for errors.
 */
export function parseYamlDocuments(text: string, source: string): Json[] {
  const documents = load(text, source).filter((document) => document !== undefined && document !== null);
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

function load(text: string, source: string): unknown[] {
  const yaml = jsYaml();
  try {
    return yaml.loadAll(text, { schema: kubernetesSchema(yaml) });
  } catch (error) {
    if (!(error instanceof yaml.YAMLException)) throw error;
    // Without js-yaml's excerpt of the text, in which a secret may be.
    const place = error.mark ? `line ${error.mark.line + 1}, column ${error.mark.column + 1}: ` : '';
    throw new Error(`${source}: ${place}no YAML that Kubernetes would take: ${error.reason}`);
  }
}

let schema: JsYaml.Schema | undefined;

function kubernetesSchema(yaml: typeof JsYaml): JsYaml.Schema {
  schema ??= yaml.FAILSAFE_SCHEMA.withTags(
    yaml.nullYaml11Tag,
    yaml.boolYaml11Tag,
    yaml.mergeTag,
    numberTag(yaml, 'int'),
    numberTag(yaml, 'float'),
    {
      ...yaml.mapTag,
      addPair: (map, key, value) => (key === null ? 'a key that is null' : yaml.mapTag.addPair(map, key, value)),
    },
  );
  return schema;
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
  const sizeOf = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    sizes.set(node, Number.POSITIVE_INFINITY); // as long as it is looked at: what contains itself is endless
    const size = Object.values(node).reduce((sum, child) => sum + sizeOf(child), 1);
    sizes.set(node, size);
    return size;
  };
  if (sizeOf(documents) <= MAX_NODES) return;
  throw new Error(`${source}: its YAML aliases make more than ${MAX_NODES} values of it; expected fewer`);
}
