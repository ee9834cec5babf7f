import { propsOf } from '../../lib/validation/prop-types';
import { type Expression, type Fields, joined } from './expression';
import type { Note, Values } from './values';

/** What becomes of values of a chart, as the page about that chart says it too. */
export interface Row {
  /** The values, by their paths; one stands for all below it. */
  readonly values: readonly string[];
  /** In Markdown, as on the page. */
  readonly becomes: string;
  /** The props that they come to, as far as they do; nothing without. */
  readonly props?: (values: Values) => Fields | undefined;
}

/**
 * The props that values come to by the rows.
 * @param struct whose props there are; values that come to others are left as if nobody had read them.
 */
export function propsOfRows(rows: readonly Row[], values: Values, struct: string): Fields {
  const known = propsOf(struct)?.map(({ name }) => name) ?? [];
  return rows.reduce<Fields>((props, row) => {
    const more = values.attempt(() => {
      const given = row.props?.(values);
      return given && Object.keys(given).every((name) => known.includes(name)) ? given : undefined;
    });
    return more ? (joined(props, more as Expression) as Fields) : props;
  }, {});
}

/** What there is instead of a value, by the row that is nearest to it, as plain text. */
export function instead(rows: readonly Row[], { path, instead: said }: Note): string {
  if (said) return said;
  const named = rows.flatMap((row) => row.values.map((value) => ({ value, row })));
  const fitting = named.filter(({ value }) => path === value || path.startsWith(`${value}.`) || path.startsWith(`${value}[`));
  const [nearest] = fitting.sort((a, b) => b.value.length - a.value.length);
  if (!nearest) return 'no prop is known for it';
  const { becomes, props } = nearest.row;
  return props ? `it could not be taken over; see ${plain(becomes)}` : plain(becomes);
}

function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
}
