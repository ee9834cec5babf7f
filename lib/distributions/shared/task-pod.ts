import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { TaskGroupName } from '../../components/components';
import { objectName } from '../../components/names';
import type { AirflowConfig } from '../../config/airflow-config';
import { componentOf } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart, partOfJob } from '../../kubernetes/pod-part';
import type { ComponentProps } from '../../props/component-props';
import { imageReference, pullSecretsOf } from '../../props/image';
import { AIRFLOW_IDS, containerSecurity, type ImageIds, onPlatform, withImageIds } from '../../props/security-context';
import type { DistributionInput } from '../contract';
import { airflowPodSpec, foldersPart, mainFields, podMetadata } from './airflow-container';
import { airflowImage } from './airflow-image';
import { settingsOf } from './component-settings';
import { hostAddressPart } from './host-address';
import { installOptions, outwardPart } from './outward-part';
import { contentPart } from './pod-content';
import { serviceAccountName } from './service-accounts';
import { dagsPart } from './teams';

/** airflow.cfg of the pods of tasks, by the key in their ConfigMap. */
export const TASK_CONFIG = 'task.cfg';

/** Where that ConfigMap is in such a pod. */
const CONFIG_PATH = '/etc/airflow';

export interface TaskPodOptions {
  /** The options of Airflow. */
  readonly config: AirflowConfig;
  /** The ConfigMap that has airflow.cfg of these pods, and the key in it; without it that of the template has it too. */
  readonly configFile?: { readonly configMapName: string; readonly key: string };
  /** The Service of the API server. */
  readonly webService: string;
  /** Airflow's folder in the image. */
  readonly home: string;
  /** The image, where only a chart knows which it is: then the template is among its values. */
  readonly chartImage?: TaskImage;
}

/** The image of the pods of tasks. */
export interface TaskImage {
  readonly image: string;
  readonly imagePullPolicy: string | undefined;
  readonly ids: ImageIds;
  /** What commands go through that are not for the image's own entrypoint, if they have to. */
  readonly entrypoint: readonly string[];
  /** What its entrypoint needs. */
  readonly part: PodPart;
}

/** The pod as cdk8s would write it, were it an object of its own: with what is worked out when it is rendered. */
export function resolved(pod: Json): Json {
  return new ApiObject(new Chart(new App(), 'task'), 'pod', pod).toJson();
}

/**
 * The pod of a task, which Airflow gives a name, and its arguments to the container `base`. It holds no secret of Airflow's, and its airflow.cfg
 * names none.
 */
export function taskPod(scope: Construct, input: DistributionInput, group: 'task' | TaskGroupName, options: TaskPodOptions): Json {
  const name = objectName(input, group);
  const { config, configFile = { configMapName: name, key: TASK_CONFIG }, home, webService } = options;
  const props = settingsOf(input, group);
  const taskImage = options.chartImage ?? projectImage(input, props);
  const { image, imagePullPolicy, ids } = taskImage;
  const container = { image, imagePullPolicy, securityContext: containerSecurity(props.securityContext, ids) };
  const { uses } = componentOf(input.executor, group);
  const part = partOfJob(
    mergePodParts([
      {
        ...foldersPart(input, group, props, { configMapName: configFile.configMapName, configPath: CONFIG_PATH, home }),
        env: [{ name: 'AIRFLOW_CONFIG', value: `${CONFIG_PATH}/${configFile.key}` }],
      },
      taskImage.part,
      hostAddressPart(input, configFile.configMapName),
      outwardPart(input, group, container, webService),
      uses.includes('packages') ? packagesPart(input, group, taskImage, webService) : {},
      (uses.includes('connections') && input.connections?.podPart) || {},
      (uses.includes('logs') && input.logs?.part) || {},
      contentPart(input, group, home),
      pullSecretsOf(scope, airflowImage(input, props.image)),
      // What follows a repository would be of no use to a pod that runs one task.
      (uses.includes('dags') && { ...onPlatform(dagsPart(input, group), props.securityContext), containers: [] }) || {},
      ...(props.podParts ?? []),
    ]),
  );
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: objectName(input, group), ...podMetadata(input, group, props, part) },
    spec: {
      serviceAccountName: serviceAccountName(input, group),
      automountServiceAccountToken: uses.includes('kubernetes'),
      restartPolicy: 'Never',
      ...airflowPodSpec(input, group, props, part, ids),
      initContainers: part.initContainers,
      containers: [{ ...container, name: 'base', ...mainFields(input, config, group, props, part) }],
      volumes: part.volumes,
    },
  };
}

/** That of the Airflow project, whose entrypoint would wait for the database, which tasks do not use. */
function projectImage(input: DistributionInput, props: ComponentProps): TaskImage {
  const image = airflowImage(input, props.image);
  return {
    image: imageReference(image),
    imagePullPolicy: image.pullPolicy,
    ids: AIRFLOW_IDS,
    entrypoint: [],
    part: { env: [{ name: 'CONNECTION_CHECK_MAX_COUNT', value: '0' }] },
  };
}

function packagesPart(
  input: DistributionInput,
  group: 'task' | TaskGroupName,
  { image, imagePullPolicy, ids, entrypoint, part: { volumeMounts = [] } }: TaskImage,
  webService: string,
): PodPart {
  const options = installOptions(input, group, webService);
  const part = input.requirements?.installPart({
    image,
    imagePullPolicy,
    ...options,
    securityContext: withImageIds(options.securityContext, ids),
    volumeMounts: [...(options.volumeMounts ?? []), ...volumeMounts],
  });
  const initContainers = part?.initContainers?.map((container) => ({ ...container, command: [...entrypoint, ...container.command] }));
  return { ...part, initContainers };
}
