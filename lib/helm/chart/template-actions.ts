/** What may have the end of an action in it, or that end. */
const END = /\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|\}\}/g;
/** A comment, a quoted text, a name with its fields, or any other character. */
const TOKEN = /\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|[\w$.]+|[\s\S]/g;

/** What becomes of the tokens of an action. */
type Change = (tokens: readonly string[], isQuoted: boolean) => readonly string[];

/**
 * A template with other actions (`{{ … }}`), those too that stand in the quoted texts of others, as `tpl` reads them. What is no template
 * comes back as it is.
 * @param wanted only actions with such a text are looked into: most of a chart has none.
 * @param change gets the tokens of an action, and gives others.
 */
export function withActions(text: string, wanted: RegExp, change: Change): string {
  return changed(text, wanted, change, false);
}

function changed(text: string, wanted: RegExp, change: Change, isQuoted: boolean): string {
  let result = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('{{', at);
    const end = start < 0 ? -1 : endOfAction(text, start + 2);
    if (end < 0) return result + text.slice(at);
    const action = text.slice(start + 2, end);
    result += `${text.slice(at, start)}{{${wanted.test(action) ? changedAction(action, wanted, change, isQuoted) : action}}}`;
    at = end + 2;
  }
}

function changedAction(action: string, wanted: RegExp, change: Change, isQuoted: boolean): string {
  const tokens = (action.match(TOKEN) ?? []).map((token) =>
    token.includes('{{') ? withText(token, (inner) => changed(inner, wanted, change, true)) : token,
  );
  return change(tokens, isQuoted).join('');
}

/** Where the two brackets are that end it; -1 if nothing does. */
function endOfAction(text: string, from: number): number {
  END.lastIndex = from;
  for (let match = END.exec(text); match; match = END.exec(text)) {
    if (match[0] === '}}') return match.index;
  }
  return -1;
}

/** A quoted text, or a raw one, with another text in it. One that JSON would quote otherwise stays. */
function withText(token: string, change: (text: string) => string): string {
  if (token.startsWith('`')) return `\`${change(token.slice(1, -1))}\``;
  if (!token.startsWith('"')) return token;
  try {
    return JSON.stringify(change(JSON.parse(token)));
  } catch {
    return token;
  }
}
