import type { ManifestObject } from './manifests';

/** Something wrong with an object. */
export interface Finding {
  readonly object: ManifestObject;
  /** What is wrong. Never shows the value of a secret. */
  readonly problem: string;
  /** What would do. */
  readonly remedy: string;
}

/** `Kind/name (construct path): what is wrong; what would do` */
export function describeFinding({ object, problem, remedy }: Finding): string {
  return `${object.kind}/${object.name} (${object.construct.node.path}): ${problem}; ${remedy}`;
}
