import { LOG_SERVER_SECRETS, type PodsName } from '../../components/components';
import type { NetworkPort } from '../../network/network-flow';
import type { ComponentProps } from '../../props/component-props';
import { containerResources } from '../../props/resources';
import { identityVariables } from '../../props/security-context';
import { LOG_SERVER_RESOURCES } from '../shared/init-resources';
import { CONFIG_FILE, CONFIG_PATH, LOGS_PATH } from './configuration';
import { containerSecrets, type PodContainer } from './container-secrets';
import type { BuiltInContext } from './context';

/** By which Airflow does not hand out logs from the container in which tasks or triggers run. */
export const SKIP_SERVE_LOGS = '--skip-serve-logs';

/**
 * The first process of a container ends by SIGTERM only if it says so, which the server does when it has started: a pod that is deleted before that
 * would take all of its grace period.
 */
function script(port: number): string {
  return [
    'import os, signal',
    'signal.signal(signal.SIGTERM, lambda *_: os._exit(0))',
    'from airflow.utils.serve_logs import serve_logs',
    `serve_logs(${port})`,
  ].join('\n');
}

/**
 * Airflow's server of logs, in a container beside the one in which tasks or triggers run, so that their code has not the key by which it knows who
 * may read logs. None of the user's code runs in it. It is a sidecar of Kubernetes 1.29 or later, which stops last: the logs of tasks that a pod
 * still finishes can be read.
 * @param common what all containers have in common that run Airflow's image.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export function logServer(
  context: BuiltInContext,
  component: PodsName,
  common: object,
  { port }: NetworkPort,
  props: ComponentProps,
): PodContainer {
  const { volumes, volumeMounts, env } = containerSecrets(context, component, 'log-server-secrets', LOG_SERVER_SECRETS);
  const container = {
    ...common,
    name: 'log-server',
    restartPolicy: 'Always',
    command: ['python', '-c', script(port)],
    env: [
      ...env,
      { name: 'AIRFLOW_CONFIG', value: `${CONFIG_PATH}/${CONFIG_FILE}` },
      { name: 'PYTHONDONTWRITEBYTECODE', value: '1' },
      // What airflow.cfg may name of the user's is not here: Airflow is a library to the server, and sets up no logging and no database by it.
      { name: '_AIRFLOW__AS_LIBRARY', value: '1' },
      { name: 'AIRFLOW__LOGGING__LOGGING_CONFIG_CLASS' },
      { name: 'AIRFLOW__SECRETS__BACKEND' },
      ...identityVariables(props.securityContext),
    ],
    ports: [{ name: 'logs', containerPort: port }],
    resources: containerResources(props.initContainerResources, LOG_SERVER_RESOURCES),
    volumeMounts: [
      ...volumeMounts,
      { name: 'config', mountPath: CONFIG_PATH, readOnly: true },
      { name: 'logs', mountPath: LOGS_PATH, readOnly: true },
    ],
  };
  return { container, volumes };
}
