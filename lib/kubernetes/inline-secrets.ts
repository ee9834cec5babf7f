import type { IConstruct } from 'constructs';

const INLINE = 'cdk8s-airflow:inline-secret';

/** Note that the user has been told of the values in this Secret, and wants them there all the same. */
export function declareInline(secret: IConstruct): void {
  secret.node.addMetadata(INLINE, true);
}

export function isDeclaredInline(secret: IConstruct): boolean {
  return secret.node.metadata.some(({ type }) => type === INLINE);
}
