import { Executor } from '../../executor';
import type { NetworkFlow, NetworkPeer, NetworkPort } from '../../network/network-flow';
import { peerOfUrl } from '../../network/url-peer';
import type { DistributionInput } from '../contract';
import { type ComponentName, generatedSecrets, PORTS, pods } from './names';

const ANYWHERE: NetworkPeer = { kind: 'anywhere' };

const tcp = (port: number): NetworkPort => ({ port, protocol: 'TCP' });

/** Every component that a deployment has pods of. */
export function componentsOf(input: DistributionInput): ComponentName[] {
  const celery: ComponentName[] = input.executor === Executor.CELERY ? ['worker', 'redis'] : [];
  const credentials: ComponentName[] = generatedSecrets(input).length > 0 ? ['credentials'] : [];
  return ['api-server', 'scheduler', 'dag-processor', 'triggerer', ...celery, 'postgresql', ...credentials, 'migrate', 'create-user'];
}

/** Every connection that Airflow needs. The NetworkPolicies are made from these. */
export function networkFlows(input: DistributionInput): NetworkFlow[] {
  const { executor, ingress, dags, requirements, settings } = input;
  const celery = executor === Executor.CELERY;
  const tasks: ComponentName = celery ? 'worker' : 'scheduler';
  const airflow: ComponentName[] = ['api-server', 'scheduler', 'dag-processor', 'triggerer', ...(celery ? [tasks] : [])];
  const dagReaders: ComponentName[] = ['dag-processor', tasks];
  const userCode: ComponentName[] = [...dagReaders, 'triggerer'];

  const flow = (reason: string, from: ComponentName, to: NetworkPeer, ports?: readonly NetworkPort[]): NetworkFlow => ({
    reason,
    from: pods(input, from),
    to,
    ports,
  });
  const flows = (reason: string, from: readonly ComponentName[], to: ComponentName, port: number) =>
    from.map((component) => flow(reason, component, pods(input, to), [tcp(port)]));

  return [
    ...flows('tasks tell their state', [tasks], 'api-server', PORTS.apiServer),
    ...flows('metadata database', [...airflow, 'migrate', 'create-user'], 'postgresql', PORTS.postgresql),
    ...(celery ? flows('Celery broker', ['scheduler', 'worker'], 'redis', PORTS.redis) : []),
    ...flows('logs of tasks', ['api-server'], tasks, PORTS.taskLogs),
    ...flows('logs of triggers', ['api-server'], 'triggerer', PORTS.triggererLogs),
    ...componentsOf(input)
      .filter((component) => component !== 'postgresql' && component !== 'redis')
      .map((component) => flow('names (DNS)', component, ANYWHERE, [{ port: 53, protocol: 'UDP' }, tcp(53)])),
    ...(generatedSecrets(input).length > 0
      ? // The API server is no pod, and its port differs between clusters.
        [flow('the Kubernetes API makes the Secrets', 'credentials', ANYWHERE, [tcp(443), tcp(6443)])]
      : []),
    ...(ingress ? [webFlow(input, ingress.controllerNamespace)] : []),
    ...(dags?._destinations ?? []).flatMap(({ peer, ports }) =>
      dagReaders.map((component) => flow('git repository', component, peer, ports)),
    ),
    ...indexPeers(requirements).flatMap(({ peer, ports }) => airflow.map((component) => flow('package index', component, peer, ports))),
    ...(settings.networkPolicies?.taskEgress ?? []).flatMap(({ _peer, _ports }) =>
      userCode.map((component) => flow('code of DAGs', component, _peer, _ports)),
    ),
  ];
}

/** An index that only a Secret names may be anywhere. */
function indexPeers(requirements: DistributionInput['requirements']): { peer: NetworkPeer; ports?: NetworkPort[] }[] {
  if (!requirements) return [];
  return requirements.indexesKnown ? requirements.indexUrls.map((url) => peerOfUrl(new URL(url))) : [{ peer: ANYWHERE }];
}

function webFlow(input: DistributionInput, controllerNamespace: string | undefined): NetworkFlow {
  return {
    reason: 'web interface, through the Ingress',
    from: controllerNamespace === undefined ? ANYWHERE : { kind: 'namespace', name: controllerNamespace },
    to: pods(input, 'api-server'),
    ports: [tcp(PORTS.apiServer)],
  };
}
