import { restrictedContainer } from '../../kubernetes/security-context';

export interface SecurityContextOptions {
  readonly user: number;
  readonly group: number;
  /** Whether something is written to places that are no volumes. */
  readonly writesToRoot?: boolean;
}

/** Pod Security "restricted" in the two parts that the chart has values for: a pod's, and that of its containers. */
export function securityContexts({ user, group, writesToRoot = false }: SecurityContextOptions) {
  const { runAsUser, runAsNonRoot, seccompProfile, ...container } = restrictedContainer(user);
  return {
    pod: { runAsUser, runAsGroup: group, fsGroup: group, runAsNonRoot, seccompProfile },
    container: { ...container, readOnlyRootFilesystem: !writesToRoot },
  };
}
