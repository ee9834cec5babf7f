import type { PodPart } from '../../kubernetes/pod-part';
import type { LastingComponentProps } from '../../props/component-props';
import type { DataStoreProps } from '../../props/data-store-props';
import { PROBES } from '../../props/probes';
import type { Followed, FollowedProps } from '../shared/followed-props';

const noValue = (field: string) => `the official chart has no value for it; use a patch: /spec/template/spec/${field}`;

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
  runtimeClassName: noValue('runtimeClassName'),
  hostAliases: true,
  dnsPolicy: noValue('dnsPolicy'),
  dnsConfig: noValue('dnsConfig'),
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

const OF_STATSD = 'the exporter is that of the official chart; use values: { statsd: … } or { images: { statsd: … } }';

/** Which props the official chart has a value for, or can be led to. */
export const FOLLOWED: FollowedProps = {
  airflowVersion: true,
  ipv6: 'the official chart knows IPv4 alone in its probes; use the built-in distribution',
  taskPods: true,
  logsVolume: true,
  logsSearch: true,
  logRetention: true,
  flower: 'the official chart has Flower by values of its own; use values: { flower: { enabled: true, secretName: … } }',
  workerGroups: true,
  teams: true,
  dagProcessorGroups: 'the official chart has one DAG processor for all bundles; only the built-in distribution has others',
  autoscalingByWork: true,
  login: true,
  users: true,
  pools:
    'the official chart has no Job that makes pools; run `airflow pools import` in the pod of the scheduler, or use the built-in distribution',
  pgBouncer:
    'the official chart keeps its password in a Secret of its own, made from values; set it by values.pgbouncer, or use the built-in distribution',
  databaseCleanup: 'the official chart has values of its own for it; use values: { databaseCleanup: { enabled: true, … } }',
  formerFernetKeys:
    'the official chart reads one Secret; put all keys into it, the new one first, with commas between, and run `airflow rotate-fernet-key` in the pod of the scheduler',
  podCleanup: 'the official chart has values of its own for it; use values: { cleanup: { enabled: true, … } }',
  allComponents: {
    ...COMPONENT,
    hostAliases: 'the official chart has none for the DAG processor and its Jobs; use those of each other component',
    terminationGracePeriod: 'the official chart has none for the API server; use that of each other component',
  },
  component: {
    ...COMPONENT,
    image: 'the official chart has one image for all components; use allComponents.image',
    replicas: true,
    autoscaling: true,
    queues: true,
    concurrency: true,
    gracePeriod: true,
  },
  probes: {
    'api-server': PROBES,
    scheduler: ['startup', 'liveness'],
    'dag-processor': ['liveness'],
    triggerer: ['liveness'],
    worker: ['liveness'],
    flower: [],
  },
  optionalProbes: {
    'api-server': [],
    scheduler: [],
    'dag-processor': [],
    triggerer: [],
    worker: ['liveness'],
    flower: [],
  },
  exceptions: {
    'api-server': { terminationGracePeriod: noValue('terminationGracePeriodSeconds') },
    'dag-processor': { hostAliases: noValue('hostAliases') },
  },
  podPartOfAll: POD_PART,
  podPart: { ...POD_PART, envFrom: 'the official chart has envFrom for all components only; use allComponents.podParts' },
  database: {
    builtIn: {
      ...DATA_STORE,
      parameters: true,
      backup: 'only the built-in distribution makes them; use that, or `pg_dump` as the page Back up and restore says',
    },
    external: true,
    fromUrl: {
      engine: true,
      secret: true,
      destination: true,
      tls: 'the official chart takes the URL as it is; put it there, or use Database.external(…)',
    },
    cloudNativePg: true,
    cloudNativePgCluster: true,
  },
  broker: {
    builtIn: DATA_STORE,
    external: true,
    redisSentinel: 'only the built-in distribution finds Redis by Sentinels; use that, or Broker.external(…)',
    rabbitMq: true,
    fromUrl: true,
  },
  metrics: {
    statsd: {
      scraping: true,
      prometheusNamespace: true,
      alerts: true,
      dashboard: true,
      image: OF_STATSD,
      resources: OF_STATSD,
      labels: OF_STATSD,
      annotations: OF_STATSD,
      placement: OF_STATSD,
      securityContext: OF_STATSD,
    },
    openTelemetry: true,
  },
};
