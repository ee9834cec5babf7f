import type { IConstruct } from 'constructs';

const OBJECT = 'cdk8s-airflow:existing-object';
const PODS = 'cdk8s-airflow:existing-pods';

/** The ConfigMap that Kubernetes puts into each namespace. */
export const CLUSTER_CA = 'kube-root-ca.crt';

/**
 * Note that an object which manifests of this construct name is the user's own: it is in the cluster already, or comes from elsewhere.
 * The checks at synth then do not look for it among what is synthesised.
 */
export function declareExisting(scope: IConstruct, kind: string, name: string): void {
  scope.node.addMetadata(OBJECT, `${kind}/${name}`);
}

/** All that was declared in this construct and below, as `Kind/name`. */
export function existingObjects(scope: IConstruct): Set<string> {
  return new Set(declared(scope, OBJECT));
}

/** Note that pods with these labels come from elsewhere, as those of a chart that a controller releases. */
export function declareExistingPods(scope: IConstruct, labels: { readonly [name: string]: string }): void {
  scope.node.addMetadata(PODS, labels);
}

/** The labels of all pods that were declared in this construct and below. */
export function existingPods(scope: IConstruct): { readonly [name: string]: string }[] {
  return declared(scope, PODS);
}

function declared<Data>(scope: IConstruct, type: string): Data[] {
  const entries = scope.node.findAll().flatMap((construct) => construct.node.metadata);
  return entries.filter((entry) => entry.type === type).map((entry) => entry.data);
}
