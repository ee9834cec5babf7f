import { applyObjects, getObjects, kubectl } from './kubectl';

/** Marks what tests have made, and so may delete: never a namespace that was there before them. */
const MARK = 'cdk8s-airflow/made-by-tests';

const POD_SECURITY = 'pod-security.kubernetes.io';

/** Delete a namespace that tests made, wait until it is gone; fail if it is somebody else's. */
export async function clearNamespace(name: string): Promise<void> {
  const [namespace] = await getObjects('namespace', name);
  if (!namespace) return;
  if (!namespace.metadata.annotations?.[MARK]) {
    throw new Error(`the namespace ${name} is there already, and not made by these tests: delete it, or choose another cluster`);
  }
  // Workers can't end in peace without their database. And while there is a pod, the controller lets half of its grace period pass
  // before it looks again: five minutes for a worker.
  await kubectl(['delete', 'deployments,jobs', '--namespace', name, '--all', '--cascade=foreground', '--timeout=5m'], {
    timeoutSeconds: 320,
  });
  // Charts give Redis ten minutes to end, and one that runs in a shell takes them.
  await kubectl(['delete', 'statefulsets', '--namespace', name, '--all', '--cascade=orphan']);
  await kubectl(['delete', 'pods', '--namespace', name, '--all', '--grace-period=10', '--timeout=2m'], { timeoutSeconds: 140 });
  await kubectl(['delete', 'namespace', name, '--ignore-not-found', '--timeout', '10m'], { timeoutSeconds: 620 });
}

/** Note that a namespace is the tests' own: to be called as soon as it is there. Does not change what `kubectl apply` finds. */
export async function markNamespace(name: string): Promise<void> {
  const [namespace] = await getObjects('namespace', name);
  if (namespace) await kubectl(['annotate', 'namespace', name, `${MARK}=true`, '--overwrite']);
}

/** A new namespace; one of an earlier run is deleted before. */
export async function freshNamespace(name: string, labels?: { readonly [name: string]: string }): Promise<void> {
  await clearNamespace(name);
  await applyObjects({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations: { [MARK]: 'true' } } });
}

/** A new namespace in which the API server refuses pods below Pod Security "restricted", and warns of what would make such pods. */
export function freshRestrictedNamespace(name: string): Promise<void> {
  return freshNamespace(name, { [`${POD_SECURITY}/enforce`]: 'restricted', [`${POD_SECURITY}/warn`]: 'restricted' });
}

/** The Pod Security level that the API server enforces in a namespace. */
export async function enforcedLevel(name: string): Promise<string | undefined> {
  const [namespace] = await getObjects('namespace', name);
  return namespace?.metadata.labels?.[`${POD_SECURITY}/enforce`];
}

/** Objects of all kinds are taken from now on, and no pod is made. */
export function letInNoPods(namespace: string): Promise<void> {
  const metadata = { name: 'no-pods', namespace };
  return applyObjects({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods: '0' } } });
}
