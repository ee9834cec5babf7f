import { tryKubectl } from '../../support/kubectl';

const TRY_SECONDS = 5;

const SCRIPT = `
import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), ${TRY_SECONDS}).close()
    print("connected")
except OSError as error:
    print("refused" if isinstance(error, ConnectionRefusedError) else "denied" if isinstance(error, TimeoutError) else error)
`;

/** Try a connection from a pod that has Python: "connected", "denied" (no answer), "refused" or what else went wrong. */
export async function connect(namespace: string, workload: string, host: string, port: number): Promise<string> {
  const args = ['exec', '--namespace', namespace, workload, '--', 'python', '-c', SCRIPT, host, `${port}`];
  const { code, stdout, stderr } = await tryKubectl(args, { timeoutSeconds: 60 });
  return code === 0 ? stdout.trim() : stderr.trim();
}
