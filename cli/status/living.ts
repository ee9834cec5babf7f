import type { Json } from '../../lib/kubernetes/json';

/** What is in a namespace of a cluster, as far as it tells how Airflow is. */
export interface Living {
  readonly namespace: string;
  /** Those that something has made and makes anew; not those of tasks. */
  readonly pods: readonly Json[];
  /** Deployments, StatefulSets and Jobs; of Jobs that have a hash in their name the newest. */
  readonly workloads: readonly Json[];
  readonly claims: readonly Json[];
  readonly events: readonly Json[];
  /** The Secrets and ConfigMaps that there are, as `secret/name`; what is in them is not asked. */
  readonly names: ReadonlySet<string>;
  /** The end of the logs of containers that have failed, or that wait for something, by `pod/container`. */
  readonly logs: ReadonlyMap<string, string>;
}

/** How kubectl is asked: its arguments, and what it writes. */
export type Ask = (args: readonly string[]) => string;

const WORKLOADS = ['Deployment', 'StatefulSet', 'Job'];
const HASH = /-[0-9a-f]{8}$/;
const TASK_LABEL = 'kubernetes_executor';
const LOG_LINES = '40';

/** Ask a cluster for all of it. */
export function readLiving(namespace: string, name: string | undefined, ask: Ask): Living {
  const place = ['--namespace', namespace];
  const selector = name === undefined ? [] : ['--selector', `app.kubernetes.io/instance=${name}`];
  const items = (kinds: string, ...args: string[]): Json[] => JSON.parse(ask(['get', kinds, ...place, ...args, '--output', 'json'])).items;
  const found = items('deployments,statefulsets,jobs,pods,persistentvolumeclaims', ...selector);
  const pods = found.filter(({ kind, metadata }) => kind === 'Pod' && metadata.ownerReferences && !metadata.labels?.[TASK_LABEL]);
  return {
    namespace,
    pods,
    workloads: newest(found.filter(({ kind, metadata }) => WORKLOADS.includes(kind) && !isOfCronJob(metadata))),
    claims: found.filter(({ kind }) => kind === 'PersistentVolumeClaim'),
    events: items('events'),
    names: new Set(
      ask(['get', 'secrets,configmaps', ...place, '--output', 'name'])
        .split('\n')
        .filter((line) => line !== ''),
    ),
    logs: new Map(pods.flatMap((pod) => logsOf(pod, ask, place))),
  };
}

/** Whether something of Airflow is there: by the labels of the library, of Bitnami's chart, which are the same, and of the official one. */
export function hasAirflow({ workloads }: Living): boolean {
  return workloads.some(({ metadata }) => {
    const { tier, 'app.kubernetes.io/name': name, 'app.kubernetes.io/managed-by': manager } = metadata.labels ?? {};
    return name === 'airflow' || manager === 'cdk8s-airflow' || tier === 'airflow';
  });
}

/** Of all containers of a pod, how they are. */
export function containersOf({ status }: Json): Json[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}

/** How a container ended that did not end well, now or the last time. */
export function failureOf({ state = {}, lastState = {}, ready }: Json): Json {
  if (state.terminated) return state.terminated.exitCode === 0 ? undefined : state.terminated;
  return !ready && lastState.terminated && lastState.terminated.exitCode !== 0 ? lastState.terminated : undefined;
}

/** Of a container that has started again since it failed the log before counts. */
function logsOf(pod: Json, ask: Ask, place: readonly string[]): [string, string][] {
  const asked = containersOf(pod).filter((container) => failureOf(container) || isWaiting(container));
  return asked.map((container) => {
    const args = ['logs', pod.metadata.name, ...place, '--container', container.name, '--tail', LOG_LINES];
    const isPrevious = !container.state?.terminated && failureOf(container) !== undefined;
    return [`${pod.metadata.name}/${container.name}`, logOf(args, isPrevious, ask)];
  });
}

/** Whether a container is there to wait, and does. */
export function isWaiting({ name, state }: Json): boolean {
  return name.startsWith('wait-for-') && state?.running !== undefined;
}

function logOf(args: readonly string[], isPrevious: boolean, ask: Ask): string {
  try {
    return ask(isPrevious ? [...args, '--previous'] : args);
  } catch {
    // It may be gone by now, with its container.
    return '';
  }
}

function isOfCronJob({ ownerReferences = [] }: Json): boolean {
  return ownerReferences.some(({ kind }: Json) => kind === 'CronJob');
}

function newest(workloads: readonly Json[]): Json[] {
  const byAge = [...workloads].sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1));
  return [...new Map(byAge.map((object) => [`${object.kind}/${object.metadata.name.replace(HASH, '')}`, object])).values()];
}
