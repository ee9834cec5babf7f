import { CLUSTER_CA } from '../../kubernetes/existing-objects';
import type { PodPart } from '../../kubernetes/pod-part';

/**
 * A token of the ServiceAccount where Kubernetes' clients look for it, for pods whose template is not the library's: none gets one by itself.
 * It is what Kubernetes would mount.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 */
export const TOKEN_PART: PodPart = {
  volumes: [
    {
      name: 'kube-api-access',
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
          { configMap: { name: CLUSTER_CA, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
        ],
      },
    },
  ],
  volumeMounts: [{ name: 'kube-api-access', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }],
};
