import { type Outcome, type RunOptions, run, runOrThrow } from './process';

/** Without a cluster these tests fail: who asked for them wants to know. */
export function requireKubeconfig(): void {
  if (!process.env.KUBECONFIG) {
    throw new Error('KUBECONFIG is not set: these tests need a Kubernetes cluster which they may change, and its kubeconfig');
  }
}

/** Fails with the reason unless the cluster answers. */
export async function requireCluster(): Promise<void> {
  requireKubeconfig();
  const { code, stderr } = await run('kubectl', ['get', '--raw', '/readyz', '--request-timeout', '20s'], { timeoutSeconds: 30 });
  if (code !== 0) throw new Error(`the cluster of KUBECONFIG does not answer: ${stderr.trim()}`);
}

/** Run kubectl; a failure is an outcome, not an error. */
export function tryKubectl(args: readonly string[], options?: RunOptions): Promise<Outcome> {
  requireKubeconfig();
  return run('kubectl', args, options);
}

/** Run a kubectl command that has to succeed; its standard output. */
export async function kubectl(args: readonly string[], options?: RunOptions): Promise<string> {
  requireKubeconfig();
  return runOrThrow('kubectl', args, options);
}

/** `kubectl get` as objects: the one that was named, or the items of a list. */
// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
export async function getObjects(...args: string[]): Promise<any[]> {
  const found = JSON.parse((await kubectl(['get', ...args, '--ignore-not-found', '--output', 'json'])) || '{"items": []}');
  return found.items ?? [found];
}

/** Apply objects of the tests' own, as opposed to what the library made. */
export async function applyObjects(...objects: object[]): Promise<void> {
  await kubectl(['apply', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) });
}
