import { ApiObject, App, Chart, Lazy, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { addRole } from '../../cdk8s/add-role';
import { objectLabels, objectName } from '../../components/names';
import type { AirflowConfig, OwnedOption } from '../../config/airflow-config';
import { componentOf, TASK_POD_USERS } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart, partOfJob } from '../../kubernetes/pod-part';
import { TASK_POD_FILE } from '../../kubernetes/pods-of';
import { pullSecretsOf } from '../../props/image';
import { containerResources, scratchVolume } from '../../props/resources';
import { onPlatform } from '../../props/security-context';
import type { DistributionInput } from '../contract';
import { airflowContainer, airflowPodSpec, mainFields, podMetadata } from './airflow-container';
import { airflowImage } from './airflow-image';
import { settingsOf } from './component-settings';
import { hostAddressPart } from './host-address';
import { installOptions, outwardPart } from './outward-part';
import { contentPart } from './pod-content';
import { FIXED } from './remedies';
import { serviceAccountName } from './service-accounts';

/** airflow.cfg of the pods of tasks, by the key in the ConfigMap of their template. */
const TASK_CONFIG = 'task.cfg';

/** Where the ConfigMap with it is in such a pod, and in the scheduler's the one with the template. */
const CONFIG_PATH = '/etc/airflow';
const TEMPLATE_PATH = '/etc/airflow-task';

export interface TaskPodsOptions {
  /** The options of Airflow. */
  readonly config: AirflowConfig;
  /** The ConfigMap that has airflow.cfg of these pods, and the key in it; without it that of the template has it too. */
  readonly configFile?: { readonly configMapName: string; readonly key: string };
  /** The Service of the API server. */
  readonly webService: string;
  /** Airflow's folder in the image. */
  readonly home: string;
}

/** From what the scheduler makes the pods of tasks, and where. `left` is the value of options that would win over the template. */
export function taskPodOptions({ executor, namespace }: DistributionInput, left?: string): OwnedOption[] {
  if (!executor.tasks) return [];
  const option = (key: string, value?: string) => ({ section: 'kubernetes_executor', key, value, instead: FIXED });
  return [
    option('namespace', namespace),
    option('pod_template_file', `${TEMPLATE_PATH}/${TASK_POD_FILE}`),
    // They would win over the image of the template.
    option('worker_container_repository', left),
    option('worker_container_tag', left),
    // The rights are for this namespace of this cluster.
    ...['in_cluster', 'config_file', 'multi_namespace_mode'].map((key) => option(key)),
  ];
}

/** From what the scheduler makes the pods of tasks, for its own pod. Airflow reads it for each, so that a change needs no restart. */
export function taskTemplatePart(input: DistributionInput): PodPart {
  return {
    volumes: [{ name: 'task-pod', configMap: { name: objectName(input, 'task') } }],
    volumeMounts: [{ name: 'task-pod', mountPath: TEMPLATE_PATH, readOnly: true }],
  };
}

/** What the scheduler does with the pods of tasks, and what the API server reads of those that run. */
const RULES: { readonly [User in (typeof TASK_POD_USERS)[number]]: readonly object[] } = {
  scheduler: [{ apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] }],
  'api-server': [
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  ],
};

/** The pods of tasks under the Kubernetes executor: from what the scheduler makes them, and its rights to do so. */
export class TaskPods extends Construct {
  constructor(scope: Construct, id: string, input: DistributionInput, options: TaskPodsOptions) {
    super(scope, id);
    const name = objectName(input, 'task');
    const { config, configFile = { configMapName: name, key: TASK_CONFIG } } = options;
    const pod = taskPod(this, input, { ...options, configFile });
    new ApiObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels: objectLabels(input, 'task') },
      data: {
        [TASK_POD_FILE]: Lazy.any({ produce: () => Yaml.stringify(resolved(pod)) }),
        ...(!options.configFile && { [TASK_CONFIG]: config.render({ forTasks: true }) }),
      },
    });
    if (input.namespace === undefined) {
      input.validator.reportHidden(
        'executor',
        'pods of tasks need to know their namespace; give the chart one: new Chart(app, id, { namespace })',
      );
    }
    for (const user of TASK_POD_USERS) this.addRights(input, user);
  }

  private addRights(input: DistributionInput, component: keyof typeof RULES): void {
    addRole(this, `role-${component}`, {
      name: `${objectName(input, component)}-task-pods`,
      labels: objectLabels(input, component),
      rules: RULES[component],
      accounts: [serviceAccountName(input, component)],
      accountNamespace: input.namespace,
    });
  }
}

/** The pod as cdk8s would write it, were it an object of its own: with what is worked out when it is rendered. */
function resolved(pod: Json): Json {
  return new ApiObject(new Chart(new App(), 'task'), 'pod', pod).toJson();
}

/**
 * The pod of a task, which Airflow gives a name, and its arguments to the container `base`. It holds no secret of Airflow's, and its airflow.cfg
 * names none.
 */
function taskPod(scope: Construct, input: DistributionInput, { config, configFile, home, webService }: Required<TaskPodsOptions>): Json {
  const props = settingsOf(input, 'task');
  const container = airflowContainer(input, props);
  const { uses } = componentOf(input.executor, 'task');
  const { image, imagePullPolicy } = container;
  const install = { image, imagePullPolicy, ...installOptions(input, 'task', webService) };
  const resources = containerResources(props.resources, componentOf(input.executor, 'task').resources);
  const claimName = uses.includes('logs') ? input.logs?.claimName : undefined;
  const part = partOfJob(
    mergePodParts([
      {
        volumes: [
          { name: 'config', configMap: { name: configFile.configMapName } },
          claimName ? { name: 'logs', persistentVolumeClaim: { claimName } } : scratchVolume('logs', resources),
          scratchVolume('tmp', resources),
        ],
        volumeMounts: [
          { name: 'config', mountPath: CONFIG_PATH, readOnly: true },
          { name: 'logs', mountPath: `${home}/logs` },
          { name: 'tmp', mountPath: '/tmp' },
        ],
        env: [
          { name: 'AIRFLOW_CONFIG', value: `${CONFIG_PATH}/${configFile.key}` },
          // The image's entrypoint would wait for the database, which tasks do not use.
          { name: 'CONNECTION_CHECK_MAX_COUNT', value: '0' },
        ],
      },
      hostAddressPart(input, configFile.configMapName),
      outwardPart(input, 'task', container, webService),
      (uses.includes('packages') && input.requirements?.installPart(install)) || {},
      (uses.includes('connections') && input.connections?.podPart) || {},
      contentPart(input, 'task', home),
      pullSecretsOf(scope, airflowImage(input, props.image)),
      // What follows a repository would be of no use to a pod that runs one task.
      (uses.includes('dags') && { ...onPlatform(input.dags?.podPart ?? {}, props.securityContext), containers: [] }) || {},
      ...(props.podParts ?? []),
    ]),
  );
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: objectName(input, 'task'), ...podMetadata(input, 'task', props, part) },
    spec: {
      serviceAccountName: serviceAccountName(input, 'task'),
      automountServiceAccountToken: uses.includes('kubernetes'),
      restartPolicy: 'Never',
      ...airflowPodSpec(input, 'task', props, part),
      initContainers: part.initContainers,
      containers: [{ ...container, name: 'base', ...mainFields(input, config, 'task', props, part) }],
      volumes: part.volumes,
    },
  };
}
