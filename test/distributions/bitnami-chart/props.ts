import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import {
  type AirflowChartProps,
  Autoscaling,
  Broker,
  Credentials,
  Database,
  Executor,
  GitCredentials,
  NetworkDestination,
  Requirements,
} from '../../../lib';
import type { Options } from './release';

const DAGS = [{ url: 'https://gitlab.example.com/team/etl.git', credentials: GitCredentials.token({ secretName: 'gitlab-dags' }) }];
const REPLICATED = { replicas: 2, labels: { 'example.com/team': 'data' }, env: { TZ: EnvValue.fromValue('UTC') } };
const PLACEMENT = {
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'batch' }],
  affinity: { nodeAffinity: {} },
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }],
  priorityClassName: 'high',
};
const STORE = {
  image: {
    repository: 'registry.example.com/db',
    tag: '1',
    digest: `sha256:${'0'.repeat(64)}`,
    pullPolicy: 'Always',
    pullSecrets: ['pull'],
  },
  resources: { limits: { memory: '2Gi' } },
  storageSize: '20Gi',
  storageClassName: 'fast',
  placement: PLACEMENT,
};
const EVERYTHING: AirflowChartProps = {
  config: { core: { parallelism: '64' }, database: { sql_alchemy_pool_size: '7' } },
  dags: DAGS,
  requirements: Requirements.fromList(['pandas'], {
    pipConfig: { secretName: 'pip' },
    netrc: { secretName: 'netrc' },
    egress: [NetworkDestination.namespace('packages', [8080])],
  }),
  ingress: { host: 'airflow.example.com', path: '/airflow' },
  allComponents: { image: { repository: 'registry.example.com/airflow', pullSecrets: ['pull'] }, annotations: { 'example.com/note': 'x' } },
  apiServer: { ...REPLICATED, placement: PLACEMENT },
  scheduler: { ...REPLICATED, placement: PLACEMENT },
  dagProcessor: { ...REPLICATED, placement: PLACEMENT },
  triggerer: { ...REPLICATED, placement: PLACEMENT },
  executor: Executor.celery({
    workers: { ...REPLICATED, placement: PLACEMENT, concurrency: 8, gracePeriod: Duration.hours(1) },
    broker: Broker.builtIn(STORE),
  }),
  database: Database.builtIn(STORE),
  admin: { username: 'ada', email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
};
const OWN_SERVERS = {
  postgresql: { enabled: false },
  externalDatabase: { host: 'db.example.com', port: 5432 },
  redis: { enabled: false },
  externalRedis: { host: 'redis.example.com', port: 6379 },
};

/** What Airflow may be asked for: props, and options of the distribution. */
export const DEPLOYMENTS: { readonly [name: string]: readonly [AirflowChartProps, Options] } = {
  'the defaults': [{}, {}],
  'every prop': [EVERYTHING, {}],
  'workers by their load': [
    { executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ minReplicas: 1, maxReplicas: 5 }) } }) },
    {},
  ],
  LocalExecutor: [{ executor: Executor.local(), dags: DAGS }, {}],
  'legacy images': [{}, { legacyImages: true }],
  'servers outside of the chart': [
    { credentials: Credentials.existing({ database: { secretName: 'db' }, broker: { secretName: 'redis' } }) },
    { values: OWN_SERVERS },
  ],
};
