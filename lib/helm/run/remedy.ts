import { ChartError } from '../chart-error';

/** What would do, by what is said of what is wrong: the first that fits counts. */
export type Remedies = readonly (readonly [said: RegExp, remedy: string])[];

/** An error with what would do. One that is no ChartError is a fault of this library, and stays as it is. */
export function withRemedy(error: unknown, remedies: Remedies): unknown {
  if (!(error instanceof ChartError)) return error;
  const [, remedy] = remedies.find(([said]) => said.test(error.message)) ?? [];
  return remedy ? new ChartError(`${error.message}\n${remedy}`) : error;
}
