import type { Json } from '../../kubernetes/json';
import { AIRFLOW_IDS, containerSecurity, type ImageIds, podSecurity, type SecurityContext } from '../../props/security-context';

export interface SecurityContextOptions extends ImageIds {
  /** As whom it is to run, if not as the user of the image. */
  readonly context?: SecurityContext;
  /** Whether something is written to places that are no volumes. */
  readonly writesToRoot?: boolean;
}

/** Pod Security "restricted" in the two parts that the chart has values for: a pod's, and that of its containers. */
export function securityContexts({ context, writesToRoot = false, ...ids }: SecurityContextOptions): { pod: Json; container: Json } {
  const { runAsUser, runAsGroup, runAsNonRoot, seccompProfile, ...container } = containerSecurity(context, ids);
  return {
    pod: {
      ...(runAsUser !== undefined && { runAsUser, runAsGroup }),
      ...podSecurity(context, { ...ids, fsGroup: ids.group }),
      runAsNonRoot,
      seccompProfile,
    },
    container: { ...container, readOnlyRootFilesystem: !writesToRoot },
  };
}

/** Those of pods with Airflow's image. */
export function airflowContexts(context: SecurityContext | undefined): { pod: Json; container: Json } {
  return securityContexts({ ...AIRFLOW_IDS, context, writesToRoot: true });
}
