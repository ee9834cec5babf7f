import type { Path } from '../../kubernetes/object-path';

/** A key of values.yaml, or one in a comment, with what it is indented by. */
const KEY = /^( *)(?:(#+) ?( *))?([A-Za-z][\w.-]*):(?:\s|$)/;

/** The keys that stand in comments of a values.yaml, as those do that have no default, and where they would be. */
export function commentedKeys(text: string): Path[] {
  const around: { readonly indent: number; readonly key: string }[] = [];
  return text.split('\n').flatMap((line) => {
    const [, before, mark, behind = '', key] = KEY.exec(line) ?? [];
    if (key === undefined) return [];
    const indent = before.length + behind.length;
    while (around.length > 0 && around[around.length - 1].indent >= indent) around.pop();
    around.push({ indent, key });
    return mark ? [around.map((each) => each.key)] : [];
  });
}
