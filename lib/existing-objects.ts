import type { IConstruct } from 'constructs';

const METADATA = 'cdk8s-airflow:existing-object';

/**
 * Note that an object which manifests of this construct name is the user's own: it is in the cluster already, or comes from elsewhere.
 * The checks at synth then do not look for it among what is synthesised.
 */
export function declareExisting(scope: IConstruct, kind: string, name: string): void {
  scope.node.addMetadata(METADATA, `${kind}/${name}`);
}

/** All that was declared in this construct and below, as `Kind/name`. */
export function existingObjects(scope: IConstruct): Set<string> {
  const entries = scope.node.findAll().flatMap((construct) => construct.node.metadata);
  return new Set(entries.filter((entry) => entry.type === METADATA).map((entry) => entry.data));
}
