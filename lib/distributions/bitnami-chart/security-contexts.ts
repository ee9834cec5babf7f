import { defined } from '../../kubernetes/defined';
import type { Json } from '../../kubernetes/json';
import type { SecurityContext } from '../../props/security-context';

/** Values that tell as whom pods run, and their containers. What is not given stays the chart's, which is Pod Security "restricted". */
export function securityValues(context: SecurityContext | undefined): Json {
  const { fsGroup, supplementalGroups } = context?._props ?? {};
  const ofPod = defined({ fsGroup, supplementalGroups });
  const ofContainer = containerValues(context);
  return {
    ...(Object.keys(ofPod).length > 0 && { podSecurityContext: ofPod }),
    ...(Object.keys(ofContainer).length > 0 && { containerSecurityContext: ofContainer }),
  };
}

/** The same of containers that prepare a pod. */
export function containerSecurityValues(context: SecurityContext | undefined): Json {
  const { containerSecurityContext } = securityValues(context);
  return containerSecurityContext ? { containerSecurityContext } : {};
}

function containerValues(context: SecurityContext | undefined): Json {
  const { runAsUser, runAsGroup, seLinuxOptions } = context?._props ?? {};
  return defined({ runAsUser, runAsGroup, seLinuxOptions: seLinuxOptions && defined(seLinuxOptions) });
}

/** The chart's own way to leave all ids to the platform, in the charts in it too. */
export function platformValues(context: SecurityContext | undefined): Json {
  return context?._isAssigned ? { compatibility: { openshift: { adaptSecurityContext: 'force' } } } : {};
}
