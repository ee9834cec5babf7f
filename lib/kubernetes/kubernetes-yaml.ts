import type { Json } from './json';
import { readYamlNode, STANDARD, type YamlAlias, YamlError, type YamlMap, type YamlNode, type YamlScalar } from './yaml-nodes';

const SEPARATOR = /^---[^\S\n]*(?:#[^\n]*)?(?:\n|$)/m;
const NO_SEPARATOR = /^---/m;

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Where no digit comes first, underscores must stand between digits. */
const FRACTION = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const DATE = /^\d{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?:[Tt ]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)?)?$/;

/** How words and numbers begin. */
const NO_TEXT = /^(?:[-+.~\dFNOTYfnoty]|$)/;
const WORDS: { readonly [text: string]: boolean | number | null } = Object.fromEntries([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true]),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false]),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null]),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY]),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY]),
]);

/** What is told of a text that Kubernetes takes, though YAML does not allow it. */
export type WarnOfYaml = (text: string) => void;

/**
 * The documents of a text, read as Kubernetes and helm read it: scalars of YAML 1.1 (`yes` is true, `0644` is 420), but no sexagesimal
 * numbers (`1:30` is text), and dates are text. Whole numbers above 2^53 become the nearest that JavaScript has. Of a key twice the last counts,
 * a merge (`<<`) among them. Tags that are not known say nothing. Empty documents are left out, as is what stands behind the end of one (`...`).
 * @param source what the text is, for errors.
 */
export function parseYamlDocuments(text: string, source: string, warn?: WarnOfYaml): Json[] {
  let line = 1;
  return text
    .replaceAll('\r\n', '\n')
    .split(SEPARATOR)
    .flatMap((document) => {
      const placeOf = (at: number) => placeIn(document, at, line);
      try {
        const { index } = NO_SEPARATOR.exec(document) ?? {};
        if (index !== undefined) throw new YamlError('three hyphens begin a document, which begins in the next line', index);
        const { node, rest } = readYamlNode(document);
        const tell = (text: string, at: number) => warn?.(`${source}: ${placeOf(at)}${text}`);
        if (rest !== undefined) tell('the document has ended; what stands from here on is not read', rest);
        const value = node && new Values(tell).all(node);
        return value === undefined || value === null ? [] : [value];
      } catch (error) {
        if (!(error instanceof YamlError)) throw error;
        throw new Error(`${source}: ${placeOf(error.at)}no YAML that Kubernetes would take: ${error.reason}`);
      } finally {
        line += document.split('\n').length;
      }
    });
}

/** The one document of a text, read as by `parseYamlDocuments`; null if it is empty. */
export function parseYamlDocument(text: string, source: string): Json {
  const [document = null, ...others] = parseYamlDocuments(text, source);
  if (others.length > 0) throw new Error(`${source}: ${others.length + 1} YAML documents; expected one`);
  return document;
}

function placeIn(text: string, at: number, firstLine: number): string {
  const lines = text.slice(0, at).split(/[\n\r\x85\u2028\u2029]/);
  return `line ${firstLine + lines.length - 1}, column ${(lines.at(-1) as string).length + 1}: `;
}

/** What the nodes of a document stand for. */
class Values {
  private read = 0;
  private readByAliases = 0;
  private readonly aliases: YamlAlias[] = [];
  private noJson: YamlScalar | undefined;

  constructor(private readonly warn: (text: string, at: number) => void) {}

  /** Of a whole document. */
  all(node: YamlNode): Json {
    const value = this.of(node);
    // Of a key twice the first value does not count.
    if (this.noJson && hasNoJson(value)) throw new YamlError('JSON has no form for infinity, nor for what is no number', this.noJson.at);
    return value;
  }

  private of(node: YamlNode): Json {
    this.count();
    if (node.kind === 'alias') return this.ofAlias(node);
    if (node.kind === 'list') return node.items.map((item) => this.of(item));
    if (node.kind === 'map') return this.ofMap(node);
    const value = scalarOf(node);
    if (hasNoJson(value)) this.noJson = node;
    return typeof value === 'bigint' ? Number(value) : value;
  }

  /** Aliases make small texts of huge objects. */
  private count(): void {
    this.read++;
    if (this.aliases.length > 0) this.readByAliases++;
    if (this.readByAliases > 100 && this.read > 1000 && this.readByAliases / this.read > allowedByAliases(this.read)) {
      throw new YamlError('too much of it is there by aliases; expected less', this.aliases[0]?.at ?? 0);
    }
  }

  private ofAlias(node: YamlAlias): Json {
    if (this.aliases.includes(node)) throw new YamlError('an alias of what it stands in', node.at);
    this.aliases.push(node);
    const value = this.of(node.target);
    this.aliases.pop();
    return value;
  }

  private ofMap({ pairs }: YamlMap): Json {
    const map = new Map<string, Json>();
    const own = new Set<string>();
    for (const [key, node] of pairs) {
      if (isMerge(key)) {
        this.merge(node, map);
        continue;
      }
      const name = this.key(key);
      if (own.has(name)) this.warn('a key that is there twice; the last counts', key.at);
      own.add(name);
      map.set(name, this.of(node));
    }
    return Object.fromEntries(map);
  }

  /** Over the keys before it; of several maps the first counts. */
  private merge(node: YamlNode, map: Map<string, Json>): void {
    for (const each of node.kind === 'list' ? [...node.items].reverse() : [node]) {
      if (targetOf(each).kind !== 'map') throw new YamlError('a merge of something else than maps', each.at);
      for (const [key, value] of Object.entries<Json>(this.of(each))) map.set(key, value);
    }
  }

  /** Keys of JSON are texts. */
  private key(node: YamlNode): string {
    this.count();
    const target = targetOf(node);
    if (target.kind !== 'scalar') throw new YamlError('a key that is a list or a map', node.at);
    const value = scalarOf(target);
    if (value === null) throw new YamlError('a key that is null', node.at);
    if (typeof value === 'bigint' && value >= 2n ** 63n) throw new YamlError('a key that is too large a number', node.at);
    return typeof value === 'number' ? keyOfFloat(value) : `${value}`;
  }
}

function targetOf(node: YamlNode): YamlNode {
  return node.kind === 'alias' ? targetOf(node.target) : node;
}

function hasNoJson(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNoJson);
}

/** How much of a document may be there by aliases: of a large one little. */
function allowedByAliases(read: number): number {
  const [few, many] = [400_000, 4_000_000];
  return 0.99 - 0.89 * Math.min(Math.max((read - few) / (many - few), 0), 1);
}

function isMerge(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.text === '<<' && (node.tag === '' ? node.isPlain : node.tag === `${STANDARD}merge`);
}

type Scalar = string | number | bigint | boolean | null;

function scalarOf({ text, isPlain, tag, at }: YamlScalar): Scalar {
  if (tag === '') return isPlain ? plainScalar(text) : text;
  if (tag === `${STANDARD}binary`) return textOfBase64(text, at);
  const value = plainScalar(text);
  const isOfType: { readonly [tag: string]: boolean } = {
    bool: typeof value === 'boolean',
    float: typeof value === 'number' || typeof value === 'bigint',
    int: typeof value === 'bigint',
    null: value === null,
    timestamp: DATE.test(text),
  };
  const type = tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : '';
  // What else a tag says, Kubernetes passes over.
  if (!Object.hasOwn(isOfType, type)) return text;
  if (!isOfType[type]) throw new YamlError(`a scalar that is none of its tag, !!${type}`, at);
  return value;
}

function textOfBase64(text: string, at: number): string {
  const encoded = text.replace(/[\r\n]/g, '');
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded)) return `${Buffer.from(encoded, 'base64')}`;
  throw new YamlError('!!binary without base64', at);
}

/** What a scalar without quotes is; a whole number with all of its digits. */
function plainScalar(text: string): Scalar {
  if (!NO_TEXT.test(text)) return text;
  if (Object.hasOwn(WORDS, text)) return WORDS[text];
  if (text.startsWith('.')) return FRACTION.test(text) ? (finite(text.replaceAll('_', '')) ?? text) : text;
  const plain = text.replaceAll('_', '');
  return integer(plain) ?? (FLOAT.test(plain) ? finite(plain) : undefined) ?? text;
}

/** Go has 64 bits, and reads what needs more like any other text. */
function integer(text: string): bigint | undefined {
  if (!INTEGER.test(text)) return undefined;
  const [sign] = /^[-+]?/.exec(text) as RegExpExecArray;
  const value = BigInt(text.slice(sign.length).replace(/^0(?=[0-7])/, '0o'));
  if (sign === '-') return value <= 2n ** 63n ? -value : undefined;
  return value < (sign === '+' ? 2n ** 63n : 2n ** 64n) ? value : undefined;
}

function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** In 32 bits, with an exponent where there are more than six digits before the point. */
function keyOfFloat(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  let digits = 1;
  while (Math.fround(Number(single.toPrecision(digits))) !== single) digits++;
  const [mantissa, exponent] = single.toExponential(digits - 1).split('e');
  if (Number(exponent) >= -4 && Number(exponent) < 6) return `${Number(single.toPrecision(digits))}`;
  return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${exponent.slice(1).padStart(2, '0')}`;
}
