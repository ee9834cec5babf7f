/** What is wrong with a chart, its values, its output or its lock. The message has no secret in it, and says what would do. */
export class ChartError extends Error {}

/** Throw all that is wrong at once, if anything is. */
export function throwAll(messages: readonly string[]): void {
  if (messages.length === 0) return;
  throw new AggregateError(
    messages.map((message) => new ChartError(message)),
    messages.join('\n'),
  );
}
