/** An object without what is undefined, so that it does not take the place of a default when objects are joined. */
export function defined<Value extends object>(value: Value | undefined): Partial<Value> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, field]) => field !== undefined)) as Partial<Value>;
}
