import type { PodPart } from '../../kubernetes/pod-part';
import type { LastingComponentProps } from '../../props/component-props';
import type { DataStoreProps } from '../../props/data-store-props';
import { PROBES } from '../../props/probes';
import type { Followed, FollowedProps } from '../shared/followed-props';

const noValue = (field: string) => `the Bitnami chart has no value for it; use a patch: /spec/template/spec/${field}`;
const NO_DEPLOYMENT = 'to the Bitnami chart it is a StatefulSet, whose pods are always replaced one by one; leave it out';

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
  revisionHistoryLimit: 'the Bitnami chart has no value for it; use a patch: /spec/revisionHistoryLimit',
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
  envFrom: 'the Bitnami chart has no envFrom; use values: { extraEnvVarsSecret: … } or { extraEnvVarsCM: … }',
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

const ONE_REDIS = 'the Bitnami chart wants a Redis with host and port; use Broker.external(…), or another distribution';

/** Which props the Bitnami chart has a value for, or can be led to. */
export const FOLLOWED: FollowedProps = {
  airflowVersion: 'the Bitnami chart has an image of its own for each of its versions; use allComponents.image.tag',
  ipv6: "Bitnami's chart knows IPv4 alone in its probes; use the built-in distribution",
  taskPods: true,
  logsVolume: "Bitnami's chart has no place for it; use Logs.s3(…) or another store",
  logsSearch: "Bitnami's chart waits for the database with containers that have neither the provider nor the certificates; use Logs.s3(…)",
  logRetention: 'the Bitnami chart deletes no logs; use another distribution, or keep them elsewhere by logs',
  flower: "Bitnami's chart has no Flower; use the built-in distribution",
  workerGroups: "Bitnami's chart has one group of workers; the built-in distribution and the official chart have others",
  teams: "Bitnami's chart makes no workers and brokers for teams; use the built-in distribution, or the official chart",
  dagProcessorGroups: "Bitnami's chart has one DAG processor for all bundles; only the built-in distribution has others",
  autoscalingByWork: "Bitnami's chart knows no KEDA; use Autoscaling.cpu(…)",
  login: 'the Bitnami chart makes a user with a password in any case; use webserverConfig, or another distribution',
  users: 'the Bitnami chart makes the admin user alone; run `airflow users create` in the pod of the web interface',
  pools: 'the Bitnami chart has no Job that makes pools; run `airflow pools import` in the pod of the scheduler',
  pgBouncer: 'the Bitnami chart has none; use a database that has one before it as Database.external(…), or the built-in distribution',
  databaseCleanup:
    'the Bitnami chart has nothing for it; run `airflow db clean` in the pod of the scheduler, or use the built-in distribution',
  formerFernetKeys:
    "Bitnami's chart reads one Secret; put all keys into it, the new one first, with commas between, and run `airflow rotate-fernet-key` in the pod of the scheduler",
  podCleanup: "Bitnami's chart has nothing for it; use the built-in distribution",
  allComponents: {
    ...COMPONENT,
    strategy: 'the Bitnami chart has StatefulSets too; use that of apiServer, scheduler and dagProcessor',
  },
  component: {
    ...COMPONENT,
    image: 'the Bitnami chart has one image for all components; use allComponents.image',
    securityContext: 'the Bitnami chart prepares the files of all components as one user; use allComponents.securityContext',
    initContainerResources: 'the Bitnami chart has one setting for all components; use allComponents.initContainerResources',
    replicas: true,
    autoscaling: true,
    queues: 'the chart has one group of workers, for the default queue; the built-in distribution and the official chart have others',
    concurrency: true,
    gracePeriod: true,
  },
  probes: {
    'api-server': PROBES,
    scheduler: PROBES,
    'dag-processor': PROBES,
    triggerer: PROBES,
    worker: PROBES,
    flower: [],
  },
  optionalProbes: {
    'api-server': PROBES,
    scheduler: PROBES,
    'dag-processor': PROBES,
    triggerer: PROBES,
    worker: PROBES,
    flower: [],
  },
  exceptions: { triggerer: { strategy: NO_DEPLOYMENT }, worker: { strategy: NO_DEPLOYMENT } },
  podPartOfAll: POD_PART,
  podPart: POD_PART,
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
      tls: 'the Bitnami chart takes the URL as it is; put it there, or use Database.external(…)',
    },
    cloudNativePg: true,
    cloudNativePgCluster: true,
  },
  broker: { builtIn: DATA_STORE, external: true, redisSentinel: ONE_REDIS, rabbitMq: ONE_REDIS, fromUrl: ONE_REDIS },
  metrics: {
    statsd: 'the Bitnami chart has an exporter of its own; use values: { metrics: { enabled: true } }',
    openTelemetry: 'the images of the Bitnami chart are older than Airflow 3.2, which it needs; use another distribution',
  },
};
