/** A comment, a quoted text, the end of an action, a name with its fields, or any other character. */
const TOKEN = /\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|\}\}|[\w$.]+|[\s\S]/gy;

/**
 * A template with other actions (`{{ … }}`), those too that stand in the quoted texts of others, as `tpl` reads them. What is no template
 * comes back as it is.
 * @param change gets the tokens of an action, and gives others.
 */
export function withActions(text: string, change: (tokens: readonly string[], isQuoted: boolean) => readonly string[]): string {
  return changed(text, change, false);
}

function changed(text: string, change: Parameters<typeof withActions>[1], isQuoted: boolean): string {
  let result = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('{{', at);
    if (start < 0) return result + text.slice(at);
    const tokens: string[] = [];
    TOKEN.lastIndex = start + 2;
    let end = -1;
    for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
      if (match[0] === '}}') {
        end = TOKEN.lastIndex;
        break;
      }
      tokens.push(match[0]);
    }
    if (end < 0) return result + text.slice(at);
    const nested = tokens.map((token) => (token.includes('{{') ? withText(token, (inner) => changed(inner, change, true)) : token));
    result += `${text.slice(at, start)}{{${change(nested, isQuoted).join('')}}}`;
    at = end;
  }
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
