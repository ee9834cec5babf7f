/** Text, or items between two texts, which stand on one line where they fit there. */
export type Layout = string | Group;

interface Group {
  readonly before: string;
  readonly items: readonly Layout[];
  readonly after: string;
  /** What stands inside of both where all is on one line. */
  readonly padding: string;
  /** Whether each item has a line of its own in any case. */
  readonly isTall: boolean;
}

const WIDTH = 100;

export function group(
  before: string,
  items: readonly Layout[],
  after: string,
  { padding = '', isTall = false }: { padding?: string; isTall?: boolean } = {},
): Layout {
  return items.length === 0 ? `${before}${after}` : { before, items, after, padding, isTall };
}

/** With a text before it that is not parted from it. */
export function behind(text: string, layout: Layout): Layout {
  return typeof layout === 'string' ? `${text}${layout}` : { ...layout, before: `${text}${layout.before}` };
}

/** With a text behind it that is not parted from it. */
export function before(layout: Layout, text: string): Layout {
  return typeof layout === 'string' ? `${layout}${text}` : { ...layout, after: `${layout.after}${text}` };
}

/**
 * The lines.
 * @param step what lines within a group begin with more than those around it.
 */
export function render(layout: Layout, step: string, indent = '', behindIt = ''): string {
  if (typeof layout === 'string') return layout;
  const line = flat(layout);
  const isShort = line !== undefined && indent.length + line.length + behindIt.length <= WIDTH;
  if (isShort && !layout.isTall) return line;
  const inner = indent + step;
  const items = layout.items.map((item) => `${inner}${render(item, step, inner, ',')},\n`);
  return `${layout.before}\n${items.join('')}${indent}${layout.after}`;
}

/** On one line; undefined where it is none. */
function flat(layout: Layout): string | undefined {
  if (typeof layout === 'string') return layout.includes('\n') ? undefined : layout;
  const items = layout.items.map(flat);
  if (items.includes(undefined) || layout.isTall) return undefined;
  return `${layout.before}${layout.padding}${items.join(', ')}${layout.padding}${layout.after}`;
}
