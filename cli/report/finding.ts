/** Something that is not as it is meant, and what to do. */
export interface Finding {
  /** `Kind namespace/name`. */
  readonly object: string;
  readonly problem: string;
  /** The way out, in words. */
  readonly wayOut: string;
  /** Commands that are a part of it. */
  readonly commands: readonly string[];
}

export function findingLines({ object, problem, wayOut, commands }: Finding): string[] {
  const [first, ...more] = problem.split('\n');
  return [`${object}: ${first}`, ...more.map((line) => `  ${line}`), `  ${wayOut}`, ...commands.map((command) => `  $ ${command}`)];
}
