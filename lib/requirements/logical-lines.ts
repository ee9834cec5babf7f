/** A line as pip sees it: without comment, with its continuation lines. */
export interface LogicalLine {
  /** The number of its first line, from 1. */
  readonly number: number;
  readonly text: string;
}

// What Python's str.splitlines takes for the end of a line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const COMMENT = /(^|\s+)#.*$/;

/**
 * The text of a requirements file: UTF-8, or what its byte order mark says (PowerShell's `pip freeze > requirements.txt` is UTF-16).
 * @throws a TypeError if it is not text.
 */
export function decodeText(bytes: Uint8Array): string {
  const mark = `${bytes[0]} ${bytes[1]}`;
  const encoding = mark === '255 254' ? 'utf-16le' : mark === '254 255' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/** The lines of a requirements file that say something, joined and stripped in the order in which pip does it. */
export function logicalLines(text: string): LogicalLine[] {
  const result: LogicalLine[] = [];
  let joined: { number: number; text: string } | undefined;
  for (const [index, line] of text.split(LINE_END).entries()) {
    const isComment = /^\s*#/.test(line);
    joined ??= { number: index + 1, text: '' };
    // A comment ends a continued line, and is no continued line itself.
    joined.text += isComment ? ` ${line}` : line.replace(/\\+$/, '');
    if (line.endsWith('\\') && !isComment) continue;
    result.push(joined);
    joined = undefined;
  }
  if (joined) result.push(joined);
  return result.map(({ number, text }) => ({ number, text: text.replace(COMMENT, '').trim() })).filter((line) => line.text !== '');
}
