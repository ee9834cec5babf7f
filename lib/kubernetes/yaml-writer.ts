import type { Json } from './json';

/** No reader, of YAML 1.1 or 1.2, takes them for anything but text. Others are quoted: rather one too many than one too few. */
const PLAIN = /^(?:[A-Za-z_/]|--?[a-hj-mo-zA-HJ-MO-Z])[\w./@%+=,~^$*!?&;<>()[\]{}|\\:#" '-]*$/;
/** What ends a plain text, or begins a comment. */
const ENDS_PLAIN = /:[ ]|[: ]$| #/;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|-?e[-+]?\d+)$/i;
const QUANTITY = /^\d{1,18}(?:\.\d{1,9})?(?:m|k|M|G|T|Ki|Mi|Gi|Ti|s|h|d)$/;
/** What YAML does not allow as it is, or what a reader takes for the end of a line. JSON escapes those before U+0020 itself. */
const ESCAPED = /[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g;
/** With none of these a text of lines can stand as it is, below its key. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cs}\xa0\u2028\u2029\ufeff\ufffe\uffff]/u;
/** By the first line with something in it a reader finds out how far the text is indented. */
const BEGINS_WITHOUT_SPACE = /^\n*\S/;
/** Lines of nothing but space are not seen, and not safe in all readers. */
const BLANK_LINE = /^[ \t]+$/m;
/** A key that is longer is marked as one: readers look no further for what ends it. */
const MAX_KEY_LENGTH = 1000;
/** These come first, in this order. */
const FIRST: { readonly [key: string]: number } = {
  apiVersion: 1,
  kind: 2,
  metadata: 3,
  name: 4,
  namespace: 5,
  image: 6,
  command: 7,
  args: 8,
};

/** Objects as YAML, which every reader of YAML 1.1 and of 1.2 takes for the same. What is undefined is left out. */
export function writeYaml(...documents: readonly Json[]): string {
  return documents.map((document) => (document === undefined ? '\n' : `${node(document, '').replace(/^[\n ]/, '')}\n`)).join('---\n');
}

/** A value with what separates it from its key, or from the `-` of its list. */
function node(value: Json, indent: string): string {
  if (typeof value === 'string') return ` ${text(value, indent)}`;
  if (typeof value !== 'object' || value === null) return ` ${scalar(value)}`;
  if (typeof value.toJSON === 'function') return node(value.toJSON(), indent);
  if (Array.isArray(value)) return value.length === 0 ? ' []' : `\n${list(value, indent)}`;
  const keys = readingOrder(Object.keys(value).filter((key) => value[key] !== undefined));
  return keys.length === 0 ? ' {}' : `\n${indent}${map(value, keys, indent)}`;
}

/** The first key stands without the indent, as it may follow the `-` of a list. */
function map(value: Json, keys: readonly string[], indent: string): string {
  const below = `${indent}  `;
  let yaml = '';
  for (const key of keys) {
    if (yaml !== '') yaml += `\n${indent}`;
    const written = isPlain(key) ? key : yamlOfJson(key);
    const child = value[key];
    const isLong = written.length > MAX_KEY_LENGTH;
    yaml += isLong ? `? ${written}\n${indent}:` : `${written}:`;
    yaml += node(child, below);
  }
  return yaml;
}

function list(items: readonly Json[], indent: string): string {
  const below = `${indent}  `;
  return items.map((item) => `${indent}-${afterDash(item, below)}`).join('\n');
}

/** A map or a list begins in the line of its `-`. */
function afterDash(item: Json, indent: string): string {
  const yaml = node(item, indent);
  return yaml.startsWith('\n') ? ` ${yaml.slice(1 + indent.length)}` : yaml;
}

function text(value: string, indent: string): string {
  if (isPlain(value)) return value;
  return canStandInLines(value) ? lines(value, indent) : yamlOfJson(value);
}

function canStandInLines(value: string): boolean {
  return value.includes('\n') && BEGINS_WITHOUT_SPACE.test(value) && !BLANK_LINE.test(value) && !UNPRINTABLE.test(value);
}

function lines(value: string, indent: string): string {
  const ends = value.endsWith('\n\n') ? '|+' : value.endsWith('\n') ? '|' : '|-';
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  return `${ends}\n${body.replace(/^(?=.)/gm, indent)}`;
}

function isPlain(value: string): boolean {
  return (PLAIN.test(value) && !ENDS_PLAIN.test(value) && !WORD.test(value)) || QUANTITY.test(value);
}

/** A value in one line, for programs to read: JSON is YAML, but for characters that YAML does not allow as they are. */
export function yamlOfJson(value: Json): string {
  return JSON.stringify(value).replace(ESCAPED, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function scalar(value: Json): string {
  if (typeof value !== 'number') return `${value ?? null}`;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  // For YAML 1.1 a number with an exponent has a point.
  return JSON.stringify(value).replace(/^(-?\d+)(?=e)/, '$1.0');
}

/** As people read: what something is, what is done first, and then the rest as it is given. */
function readingOrder(keys: string[]): string[] {
  const containers = keys.indexOf('containers');
  const initContainers = keys.indexOf('initContainers');
  if (containers >= 0 && initContainers > containers) {
    keys.splice(initContainers, 1);
    keys.splice(containers, 0, 'initContainers');
  }
  if (!keys.some((key) => Object.hasOwn(FIRST, key))) return keys;
  const rank = (key: string) => (Object.hasOwn(FIRST, key) ? FIRST[key] : Number.MAX_SAFE_INTEGER);
  return keys.sort((a, b) => rank(a) - rank(b));
}
