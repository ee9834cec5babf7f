import type { IConstruct } from 'constructs';

const told = new Set<string>();

/** Tell, on standard error and once in a program, of something that is no error and that a user should know. No secret may be in it. */
export function warn(scope: IConstruct, text: string): void {
  const line = `warning: [${scope.node.path}] ${text}`;
  if (told.has(line)) return;
  told.add(line);
  console.warn(line);
}
