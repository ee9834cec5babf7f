import { getObjects, tryKubectl } from './kubectl';
import type { Manifest } from './manifests';

const LOG_LINES = 25;
const LOGS_AT_MOST = 8;

/** Print what helps to see why a test failed in these namespaces: pods, the newest warnings, the logs of what is not well. */
export async function printDiagnostics(namespaces: readonly string[]): Promise<void> {
  for (const namespace of namespaces) {
    const [pods, events, logs] = [await podTable(namespace), await newestWarnings(namespace), await logsOfUnwell(namespace)];
    process.stderr.write(`\n=== namespace ${namespace}\n${pods}\n${events}\n${logs}\n`);
  }
}

async function podTable(namespace: string): Promise<string> {
  const { stdout, stderr } = await tryKubectl(['get', 'pods,jobs,pvc', '--namespace', namespace]);
  return stdout + stderr;
}

async function newestWarnings(namespace: string): Promise<string> {
  const args = ['get', 'events', '--namespace', namespace, '--field-selector', 'type!=Normal', '--sort-by', '.lastTimestamp'];
  const { stdout } = await tryKubectl(args);
  return stdout.trimEnd().split('\n').slice(-20).join('\n');
}

async function logsOfUnwell(namespace: string): Promise<string> {
  const pods = await getObjects('pods', '--namespace', namespace);
  const unwell = pods.flatMap((pod) => unwellContainers(pod).map((container) => ({ pod: pod.metadata.name, container })));
  const texts = unwell.slice(0, LOGS_AT_MOST).map(async ({ pod, container }) => {
    const args = ['logs', pod, '--container', container, '--namespace', namespace, '--tail', `${LOG_LINES}`];
    const { stdout, stderr } = await tryKubectl(args, { timeoutSeconds: 30 });
    return `--- log of ${pod} ${container}\n${stdout}${stderr}`;
  });
  return (await Promise.all(texts)).join('\n');
}

function unwellContainers({ status }: Manifest): string[] {
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const finished = (container: Manifest) => container.state.terminated?.exitCode === 0;
  return all.filter((container) => !container.ready && !finished(container) && container.imageID).map((container) => container.name);
}
