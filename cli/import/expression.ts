/** A part of a program, in no language yet: data, calls of factories, and names of what is said elsewhere. */
export type Expression = string | number | boolean | null | Call | Name | readonly Expression[] | Fields;

/** The props of a struct, or a map. */
export type Fields = { readonly [name: string]: Expression };

/** The call of a factory, as `Executor.celery`. */
export class Call {
  constructor(
    readonly callee: string,
    readonly args: readonly Expression[],
  ) {}
}

/** A variable, or the member of an enum, as `TlsMode.REQUIRE`. */
export class Name {
  constructor(readonly text: string) {}
}

export function call(callee: string, ...args: readonly Expression[]): Call {
  return new Call(callee, args);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Call) && !(value instanceof Name);
}

/** Props without those that are undefined; undefined where none is left. */
export function fields(given: { readonly [name: string]: Expression | undefined }): Fields | undefined {
  const entries = Object.entries(given).filter((entry): entry is [string, Expression] => entry[1] !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Props from two places: maps are joined, lists put behind one another; of anything else the latter counts. */
export function joined(one: Expression | undefined, other: Expression): Expression {
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  if (!isFields(one) || !isFields(other)) return other;
  const result: { [name: string]: Expression } = { ...one };
  for (const [name, value] of Object.entries(other)) result[name] = joined(result[name], value);
  return result;
}

/** All calls and names in it, outermost first. */
export function namesIn(value: Expression): string[] {
  if (value instanceof Name) return [value.text];
  if (value instanceof Call) return [value.callee, ...value.args.flatMap(namesIn)];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isFields(value) ? Object.values(value).flatMap(namesIn) : [];
}
