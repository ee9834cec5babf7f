/** The security context of a container under the Pod Security profile "restricted", and with a read-only root file system. */
export function restrictedContainer(user: number) {
  return {
    runAsUser: user,
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
