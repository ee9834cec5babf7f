/**
 * How git runs ssh: it asks nobody, and talks to no server that is not known.
 * @param knownHosts the file with the public keys of servers.
 * @param key flags that say which private key counts.
 */
export function sshCommand(knownHosts: string, ...key: readonly string[]): string {
  return ['ssh', ...key, '-o BatchMode=yes', '-o StrictHostKeyChecking=yes', `-o UserKnownHostsFile=${knownHosts}`].join(' ');
}
