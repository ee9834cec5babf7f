import type { Json } from '../../kubernetes/json';

/** What a string may be without quotes: ASCII, no indicator at its start, no `: ` and no ` #` in it, no space or colon at its end. */
const PLAIN = /^(?:-(?=[^\s-]|-[^\s-])|[\w./$(+=^~;<])(?:[!-9;-~]|:(?=[!-~])| (?=[!-"$-~]))*$/;
/** What some reader of YAML takes for something else than a string. */
const RESOLVES = /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<|\.{3}.*|[-+]?\.(?:inf|nan)|[-+._]*(?:e?\d[\da-fox_.:+-]*)?|\d{4}-\d.*)$/i;
/** Control characters, what ends a line in some version of YAML, halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu;
/** What a block can't hold: the same but for tabs and line ends, space where it begins, and lines of nothing but space. */
const NOT_IN_BLOCK = /[^\P{Cc}\t\n]|[\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]|^\s|\n[\t ]+(?:\n|$)/u;
const LITERAL = /^(?:true|false|null|\{\}|\[\]|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const SPACE = 0x20;
const MAX_PLAIN = 1000; // characters; of much longer ones the patterns would run out of stack

/**
 * A JSON object or list as YAML that every reader takes for the same, and that people can read: no line is folded, a text of several lines
 * stands there as it is.
 */
export function dumpYaml(value: Json): string {
  const lines: string[] = [];
  writeNode(value, '', '', lines);
  return `${lines.join('\n')}\n`;
}

/** `lead` is what the first line begins with: the hyphen of an item, a key, or the spaces before the first entry of a collection. */
function writeNode(value: Json, lead: string, indent: string, lines: string[]): void {
  const isList = Array.isArray(value);
  if (typeof value !== 'object' || value === null) {
    lines.push(lead + scalar(value, indent));
    return;
  }
  const keys = isList ? [...value.keys()] : Object.keys(value).filter((key) => value[key] !== undefined);
  if (keys.length === 0) {
    lines.push(lead + (isList ? '[]' : '{}'));
    return;
  }
  let start = lead;
  // A collection begins in the line below its key, but in the same line as the hyphen of an item.
  if (lead.endsWith(': ')) {
    lines.push(lead.slice(0, -1));
    start = indent;
  }
  for (const key of keys) {
    writeNode(value[key], isList ? `${start}- ` : `${start}${text(key as string)}: `, `${indent}  `, lines);
    start = indent;
  }
}

function scalar(value: Json, indent: string): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  if (!value.includes('\n') || NOT_IN_BLOCK.test(value)) return text(value);
  const chomping = value.endsWith('\n\n') ? '+' : value.endsWith('\n') ? '' : '-';
  const lines = value.replace(/\n$/, '').split('\n');
  return [`|${chomping}`, ...lines.map((line) => line && indent + line)].join('\n');
}

/** Strings of JSON are strings of YAML too. */
function text(value: string): string {
  if (value.length <= MAX_PLAIN && PLAIN.test(value) && !RESOLVES.test(value)) return value;
  return JSON.stringify(value).replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Read what `dumpYaml` wrote, and nothing else: that can be done much faster than to read all of YAML. */
export function readDumpedYaml(dumped: string): Json {
  const lines = dumped.slice(0, -1).split('\n');
  let at = 0;
  return readNode(0);

  /** The node that begins in this column of the next line. */
  function readNode(column: number): Json {
    if (isItem(column)) return readList(column);
    if (keyEnd(lines[at], column) !== -1) return readMap(column);
    return readScalar(lines[at++].slice(column), column);
  }

  function readList(column: number): Json[] {
    const items: Json[] = [];
    do items.push(readNode(column + 2));
    while (continues(column) && isItem(column));
    return items;
  }

  function readMap(column: number): Json {
    const entries: [string, Json][] = [];
    do {
      const line = lines[at++];
      const end = keyEnd(line, column);
      const key = line.slice(column, end);
      const value = end + 1 === line.length ? readNode(column + 2) : readScalar(line.slice(end + 2), column + 2);
      entries.push([key.startsWith('"') ? JSON.parse(key) : key, value]);
    } while (continues(column));
    return Object.fromEntries(entries);
  }

  function continues(column: number): boolean {
    return at < lines.length && indentOf(lines[at]) === column;
  }

  function isItem(column: number): boolean {
    return lines[at].startsWith('- ', column);
  }

  function readScalar(source: string, column: number): Json {
    if (source.startsWith('"')) return JSON.parse(source);
    if (source.startsWith('|')) return readBlock(source[1], column);
    return LITERAL.test(source) ? JSON.parse(source) : source;
  }

  function readBlock(chomping: string | undefined, column: number): string {
    const content: string[] = [];
    while (at < lines.length && (lines[at] === '' || indentOf(lines[at]) >= column)) content.push(lines[at++].slice(column));
    return content.join('\n') + (chomping === '-' ? '' : '\n');
  }
}

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === SPACE) indent++;
  return indent;
}

/** Where the colon behind a key is, or -1 if what begins in this column is no key. */
function keyEnd(line: string, column: number): number {
  if (line[column] === '"') {
    let end = column + 1;
    while (end < line.length && line[end] !== '"') end += line[end] === '\\' ? 2 : 1;
    return line[end + 1] === ':' ? end + 1 : -1;
  }
  const end = line.indexOf(': ', column);
  return end === -1 && line.endsWith(':') ? line.length - 1 : end;
}
