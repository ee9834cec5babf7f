import { eventually } from '../../support/eventually';
import { getObjects } from '../../support/kubectl';
import { type Manifest, nameOf } from '../../support/manifests';

/** Wait until each workload of a namespace has all its pods ready and each Job is done. */
export async function allReady(namespace: string, minutes = 12): Promise<void> {
  await eventually({ what: `all of ${namespace} to be ready`, minutes }, async () => {
    const workloads = await getObjects('deployments,statefulsets,jobs', '--namespace', namespace);
    const pods = await getObjects('pods', '--namespace', namespace);
    const waiting = workloads.filter((workload) => !(workload.kind === 'Job' ? isDone(workload) : isReady(workload, pods)));
    if (workloads.length === 0 || waiting.length > 0) throw new Error(`not yet: ${waiting.map(nameOf).join(', ') || 'nothing there'}`);
  });
}

/** The pods that a Deployment or a StatefulSet keeps running: of none that is going, or a Job's or a task's. */
export async function servingPods(namespace: string): Promise<Manifest[]> {
  const pods = await getObjects('pods', '--namespace', namespace);
  return pods.filter(({ metadata }) => {
    const owner = metadata.ownerReferences?.[0].kind;
    return owner !== undefined && owner !== 'Job' && !metadata.deletionTimestamp;
  });
}

/** For each pod its identity and how often each of its containers was started: the same as long as nothing restarted. */
export async function startsOf(namespace: string): Promise<{ [pod: string]: unknown }> {
  const entries = (await servingPods(namespace)).map(({ metadata, status }) => {
    const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
    return [metadata.name, [metadata.uid, ...containers.map(({ name, restartCount }) => `${name}: ${restartCount}`)]];
  });
  return Object.fromEntries(entries);
}

function isDone({ status }: Manifest): boolean {
  return (status.conditions ?? []).some(({ type, status }: Manifest) => type === 'Complete' && status === 'True');
}

/** By the pods themselves: what the workload's own status tells may be old. */
function isReady({ metadata, spec, status }: Manifest, pods: Manifest[]): boolean {
  const own = pods.filter((pod) => makerOf(pod) === metadata.name);
  const good = own.filter((pod) => !pod.metadata.deletionTimestamp && hasCondition(pod, 'Ready'));
  const settled = status.observedGeneration === metadata.generation && (status.updatedReplicas ?? 0) === spec.replicas;
  return settled && own.length === spec.replicas && good.length === spec.replicas;
}

/** The name of the Deployment or the StatefulSet that a pod is of: of a chart one may select the pods of another too. */
function makerOf({ metadata }: Manifest): string | undefined {
  const owner = metadata.ownerReferences?.[0];
  return owner?.kind === 'ReplicaSet' ? owner.name.replace(/-[^-]*$/, '') : owner?.name;
}

function hasCondition({ status }: Manifest, type: string): boolean {
  return (status.conditions ?? []).some((condition: Manifest) => condition.type === type && condition.status === 'True');
}
