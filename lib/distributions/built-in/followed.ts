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
  envFrom: true,
  annotations: true,
};

const DATA_STORE: Followed<DataStoreProps> = {
  image: true,
  resources: true,
  storageSize: true,
  storageClassName: true,
  placement: true,
};

/** Every prop. */
export const FOLLOWED: FollowedProps = {
  airflowVersion: true,
  taskPods: true,
  workerGroups: true,
  autoscalingByWork: true,
  allComponents: COMPONENT,
  component: {
    ...COMPONENT,
    replicas: true,
    autoscaling: true,
    queues: true,
    concurrency: true,
    gracePeriod: true,
  },
  podPartOfAll: POD_PART,
  podPart: POD_PART,
  database: DATA_STORE,
  broker: DATA_STORE,
};
