import type { PodPart } from '../../kubernetes/pod-part';
import type { LastingComponentProps } from '../../props/component-props';
import type { DataStoreProps } from '../../props/data-store-props';
import { PROBES, type ProbeName } from '../../props/probes';
import type { Followed, FollowedProps } from '../shared/followed-props';

const COMPONENT: Followed<LastingComponentProps> = {
  resources: true,
  initContainerResources: true,
  labels: true,
  annotations: true,
  env: true,
  placement: true,
  image: true,
  podParts: true,
  files: true,
  serviceAccount: true,
  securityContext: true,
  runtimeClassName: true,
  hostAliases: true,
  dnsPolicy: true,
  dnsConfig: true,
  probes: true,
  strategy: true,
  revisionHistoryLimit: true,
  terminationGracePeriod: true,
  egress: true,
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
  labels: true,
  annotations: true,
  placement: true,
  volumeRetention: true,
  securityContext: true,
};

const STARTUP_AND_LIVENESS: readonly ProbeName[] = ['startup', 'liveness'];

/** Every prop. */
export const FOLLOWED: FollowedProps = {
  airflowVersion: true,
  ipv6: true,
  taskPods: true,
  logsVolume: true,
  logsSearch: true,
  logRetention: true,
  flower: true,
  workerGroups: true,
  teams: true,
  dagProcessorGroups: true,
  autoscalingByWork: true,
  login: true,
  users: true,
  pools: true,
  pgBouncer: true,
  databaseCleanup: true,
  formerFernetKeys: true,
  podCleanup: true,
  allComponents: COMPONENT,
  component: {
    ...COMPONENT,
    replicas: true,
    autoscaling: true,
    queues: true,
    concurrency: true,
    gracePeriod: true,
  },
  probes: {
    'api-server': PROBES,
    scheduler: STARTUP_AND_LIVENESS,
    'dag-processor': STARTUP_AND_LIVENESS,
    triggerer: STARTUP_AND_LIVENESS,
    worker: STARTUP_AND_LIVENESS,
    flower: PROBES,
  },
  optionalProbes: {
    'api-server': PROBES,
    scheduler: STARTUP_AND_LIVENESS,
    'dag-processor': STARTUP_AND_LIVENESS,
    triggerer: STARTUP_AND_LIVENESS,
    worker: STARTUP_AND_LIVENESS,
    flower: PROBES,
  },
  podPartOfAll: POD_PART,
  podPart: POD_PART,
  database: {
    builtIn: { ...DATA_STORE, parameters: true, backup: true },
    external: true,
    fromUrl: true,
    cloudNativePg: true,
    cloudNativePgCluster: true,
  },
  broker: { builtIn: DATA_STORE, external: true, redisSentinel: true, rabbitMq: true, fromUrl: true },
  metrics: { statsd: true, openTelemetry: true },
};
