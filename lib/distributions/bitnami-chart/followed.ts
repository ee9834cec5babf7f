import type { PodPart } from '../../kubernetes/pod-part';
import type { ComponentProps } from '../../props/component-props';
import type { DataStoreProps } from '../../props/data-store-props';
import type { Followed, FollowedProps } from '../shared/followed-props';

const COMPONENT: Followed<ComponentProps> = {
  resources: true,
  labels: true,
  annotations: true,
  env: true,
  placement: true,
  image: true,
  podParts: true,
  serviceAccount: true,
};

const POD_PART: Followed<PodPart> = {
  initContainers: true,
  containers: true,
  volumes: true,
  imagePullSecrets: true,
  volumeMounts: true,
  env: true,
  envFrom: 'the Bitnami chart has no envFrom; use values: { extraEnvVarsSecret: … } or { extraEnvVarsCM: … }',
  annotations: true,
};

const DATA_STORE: Followed<DataStoreProps> = {
  image: true,
  resources: true,
  storageSize: true,
  storageClassName: true,
  placement: true,
};

/** Which props the Bitnami chart has a value for, or can be led to. */
export const FOLLOWED: FollowedProps = {
  airflowVersion: 'the Bitnami chart has an image of its own for each of its versions; use allComponents.image.tag',
  taskPods: 'only the built-in distribution has pods of tasks; use Executor.celery(…) or Executor.local()',
  workerGroups: "Bitnami's chart has one group of workers; only the built-in distribution has others",
  autoscalingByWork: "Bitnami's chart knows no KEDA; use Autoscaling.cpu(…)",
  allComponents: COMPONENT,
  component: {
    ...COMPONENT,
    image: 'the Bitnami chart has one image for all components; use allComponents.image',
    serviceAccount: 'the Bitnami chart has one ServiceAccount for all components; use allComponents.serviceAccount',
    replicas: true,
    autoscaling: true,
    queues: 'the chart has one group of workers, for the default queue; only the built-in distribution has others',
    concurrency: true,
    gracePeriod: true,
  },
  podPartOfAll: POD_PART,
  podPart: POD_PART,
  database: DATA_STORE,
  broker: DATA_STORE,
};
