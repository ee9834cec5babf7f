import { groupOf } from '../../kubernetes/api-group';
import { apiVersionsOf, isBuiltInGroup, isKnownVersion, servedApis } from '../../kubernetes/served-apis';
import type { RenderedDocument } from './rendered-documents';

/** The version of Kubernetes that objects are for where nobody says of which. */
export const DEFAULT_KUBE_VERSION = '1.34.0';

/** Which Kubernetes objects are for. */
export interface TargetCluster {
  readonly kubeVersion?: string;
  /** What there is besides Kubernetes' own, or with a hyphen before it what there is not. */
  readonly apiVersions?: readonly string[];
}

/** `group/version` and `group/version/Kind` of all that there is in a cluster. */
export function apisOf({ kubeVersion = DEFAULT_KUBE_VERSION, apiVersions = [] }: TargetCluster): string[] {
  const missing = apiVersions.filter((api) => api.startsWith('-')).map((api) => api.slice(1));
  const served = servedApis(kubeVersion).filter((api) => !missing.some((each) => api === each || api.startsWith(`${each}/`)));
  const added = apiVersions.filter((api) => !api.startsWith('-') && !served.includes(api));
  return [...served, ...added];
}

/**
 * Objects of Kubernetes' own groups that the API server would not take, for it has no such version or no such kind in it. Where it is not known what
 * a Kubernetes serves, there are none.
 */
export function notServed(documents: readonly RenderedDocument[], cluster: TargetCluster): string[] {
  const { kubeVersion = DEFAULT_KUBE_VERSION } = cluster;
  if (!isKnownVersion(kubeVersion)) return [];
  const served = new Set(apisOf(cluster));
  const wholeVersions = new Set(cluster.apiVersions);
  return documents.flatMap(({ manifest, source }) => {
    const { apiVersion, kind, metadata } = manifest;
    if (!isBuiltInGroup(groupOf(manifest)) || served.has(`${apiVersion}/${kind}`) || wholeVersions.has(apiVersion)) return [];
    const elsewhere = apiVersionsOf(kind, kubeVersion);
    return [
      `${kind}/${metadata.name} (${source}): Kubernetes ${kubeVersion} has no ${kind} in ${apiVersion}` +
        `${elsewhere.length > 0 ? `, but in ${elsewhere.join(' and ')}` : ''}; expected values with which the chart makes another, ` +
        `kubeVersion for an older cluster, apiVersions: ['${apiVersion}'] for one that has it, or exclude: ['${kind}/${metadata.name}']`,
    ];
  });
}
