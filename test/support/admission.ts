import { TASK_POD_FILE } from '../../lib/kubernetes/pods-of';
import { eventually } from './eventually';
import { getObjects, kubectl } from './kubectl';
import { type Manifest, nameOf } from './manifests';

/**
 * Wait until each workload of a namespace has its pods. Where Pod Security is enforced, the API server refuses pods, not the
 * workloads they come from: so `kubectl apply` alone would not tell. It is no matter whether there is a node to run the pods.
 */
export async function podsAdmitted(namespace: string): Promise<void> {
  await eventually({ what: `the pods of the workloads in ${namespace} to be let in`, minutes: 2, everySeconds: 1 }, async () => {
    const workloads = await getObjects('deployments,statefulsets,daemonsets,jobs', '--namespace', namespace);
    const without = workloads.filter((workload) => podsOf(workload) < wanted(workload));
    if (without.length === 0) return;
    throw new Error(`${without.map(nameOf).join(', ')} without pods. ${await refusals(namespace)}`);
  });
  await taskPodsAdmitted(namespace);
}

/** From what the scheduler makes pods of tasks is a text in a ConfigMap to the API server: whether it would take them. */
async function taskPodsAdmitted(namespace: string): Promise<void> {
  for (const { data = {} } of await getObjects('configmaps', '--namespace', namespace)) {
    if (!data[TASK_POD_FILE]) continue;
    await kubectl(['create', '--dry-run=server', '--validate=strict', '--namespace', namespace, '--filename', '-'], {
      input: data[TASK_POD_FILE],
    });
  }
}

function podsOf({ status = {} }: Manifest): number {
  return status.replicas ?? status.currentNumberScheduled ?? (status.active ?? 0) + (status.succeeded ?? 0) + (status.failed ?? 0);
}

function wanted({ kind, spec, status = {} }: Manifest): number {
  if (kind === 'Job') return spec.suspend ? 0 : 1;
  if (kind === 'DaemonSet') return status.desiredNumberScheduled ?? 0;
  // A StatefulSet makes its second pod when the first is ready, which may never be.
  return Math.min(spec.replicas, 1);
}

async function refusals(namespace: string): Promise<string> {
  const events = await getObjects('events', '--namespace', namespace, '--field-selector', 'reason=FailedCreate');
  return events.map((event) => `${event.involvedObject.kind}/${event.involvedObject.name}: ${event.message}`).join('\n');
}
