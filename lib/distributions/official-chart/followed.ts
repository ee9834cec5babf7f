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

/** Which props the official chart has a value for, or can be led to. */
export const FOLLOWED: FollowedProps = {
  airflowVersion: true,
  taskPods: 'only the built-in distribution has pods of tasks; use Executor.celery(…) or Executor.local()',
  workerGroups: 'the official chart has them from 1.20.0 on as worker sets; use values.workers.celery.sets',
  autoscalingByWork: 'the official chart has KEDA by values of its own; use values.workers.keda, values.triggerer.keda',
  allComponents: COMPONENT,
  component: {
    ...COMPONENT,
    image: 'the official chart has one image for all components; use allComponents.image',
    replicas: true,
    autoscaling: true,
    queues: "the chart's value workers.queue says it; set it by values",
    concurrency: true,
    gracePeriod: true,
  },
  podPartOfAll: POD_PART,
  podPart: { ...POD_PART, envFrom: 'the official chart has envFrom for all components only; use allComponents.podParts' },
  database: DATA_STORE,
  broker: DATA_STORE,
};
