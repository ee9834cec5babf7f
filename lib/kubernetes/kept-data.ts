/**
 * Annotations of what holds data or keys: Argo CD and Flux neither prune it, as when the program comes to name another namespace, nor delete it
 * with what deployed it.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export const KEPT = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/**
 * The same for what is made in the cluster and is not in dist. An Argo CD that knows its objects by the label `app.kubernetes.io/instance` takes
 * it for its own, if the Application has the name of the deployment.
 */
export const KEPT_IN_CLUSTER = { ...KEPT, 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' };
