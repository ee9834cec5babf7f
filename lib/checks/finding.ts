import type { ManifestObject } from './manifests';

/** Something wrong with an object. */
export interface Finding {
  readonly object: ManifestObject;
  /** What is wrong. Never shows the value of a secret. */
  readonly problem: string;
  /** What would do. */
  readonly remedy: string;
  /** What several findings have in common that one change mends, where it is more than what is wrong and what would do. */
  readonly cause?: string;
}

/** How many of the objects with the same cause are named. */
const MAX_NAMED = 3;

/** What is wrong, once for each cause: `Kind/name (construct path), Kind/name and 7 more: what is wrong; what would do` */
export function describeFindings(findings: readonly Finding[]): string[] {
  const byCause = new Map<string, Finding[]>();
  for (const finding of findings) {
    const cause = finding.cause ?? `${finding.problem}; ${finding.remedy}`;
    byCause.set(cause, [...(byCause.get(cause) ?? []), finding]);
  }
  return [...byCause.values()].map(describeCause);
}

function describeCause(findings: readonly Finding[]): string {
  const [{ object, problem, remedy }] = findings;
  const others = [...new Set(findings.map((finding) => finding.object))].slice(1);
  const named = others.slice(0, MAX_NAMED - 1).map(({ kind, name }) => `${kind}/${name}`);
  const more = others.length - named.length;
  const objects = [`${object.kind}/${object.name} (${object.construct.node.path})`, ...named].join(', ');
  return `${objects}${more > 0 ? ` and ${more} more` : ''}: ${problem}; ${remedy}`;
}
