/** A container that a user may add to any pod: it meets Pod Security "restricted" and what the library asks beyond it. */
export function helperContainer(name: string) {
  return {
    name,
    image: 'registry.example.com/helper:1',
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}
