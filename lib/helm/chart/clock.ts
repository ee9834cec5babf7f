/** An action of a template that asks for the time. */
const ASKS = /\{\{[^}]*\b(?:now|ago)\b/;

/** So much later the time is another one, for those too that tell no parts of a second, also if helm once takes longer to start. */
export const NEXT_SECOND_MS = 1500;

/** Whether a text, as far as it is a template, asks for the time. */
export function asksForTime(text: string): boolean {
  return ASKS.test(text);
}
