import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
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
import type { ChartOptions } from '../../../lib/distributions/shared-by-charts/chart-options';

const AIRFLOW_2: AirflowChartProps = { airflowVersion: '2.11.0' };
export const INGRESS = { host: 'airflow.example.com', path: '/data/airflow' };

const COMPONENT = {
  resources: { requests: { cpu: '300m' }, limits: { memory: '4Gi' } },
  annotations: { 'example.com/note': 'any text' },
  env: { TZ: kplus.EnvValue.fromValue('UTC') },
  placement: {
    nodeSelector: { disk: 'ssd' },
    priorityClassName: 'high',
    tolerations: [{ key: 'batch', operator: 'Exists' }],
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }],
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
  },
};
/** The DAG processor has labels since chart 1.20.0. */
export const LABELLED = { ...COMPONENT, labels: { team: 'data' } };

/** As many props as go together, each of them set. */
export const EVERYTHING: AirflowChartProps = {
  config: { core: { parallelism: '64' }, smtp: { smtp_host: 'mail.example.com' } },
  allComponents: { ...COMPONENT, image: { repository: 'registry.example.com/airflow', tag: '3.3.2', pullSecrets: ['registry'] } },
  apiServer: { ...LABELLED, replicas: 2 },
  scheduler: { ...LABELLED, replicas: 2 },
  dagProcessor: { ...COMPONENT, replicas: 2 },
  triggerer: { ...LABELLED, replicas: 2 },
  executor: Executor.celery({
    workers: { ...LABELLED, replicas: 2, concurrency: 8, gracePeriod: Duration.minutes(1) },
    broker: Broker.builtIn({ image: { tag: '7.2' }, storageSize: '2Gi', storageClassName: 'fast', placement: COMPONENT.placement }),
  }),
  database: Database.builtIn({ storageSize: '20Gi', placement: COMPONENT.placement }),
  admin: { username: 'root' },
  networkPolicies: { taskEgress: [NetworkDestination.anywhere([443])] },
  dags: [{ url: 'https://gitlab.example.com/team/etl.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) }],
  requirements: Requirements.fromList(['pandas'], { netrc: { secretName: 'netrc' } }),
  ingress: INGRESS,
  credentials: Credentials.existing({ fernetKey: { secretName: 'mine', key: 'f' }, broker: { secretName: 'mine', key: 'b' } }),
};

/** What Airflow may be asked for: props, and values of the user beside them. */
export const SETS: readonly [string, AirflowChartProps, ChartOptions['values']][] = [
  ['without props', {}, {}],
  ['under LocalExecutor', { executor: Executor.local() }, {}],
  ['with autoscaling', { executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 3 }) } }) }, {}],
  ['with all props', EVERYTHING, {}],
  ['with Airflow 2', { ...EVERYTHING, ...AIRFLOW_2 }, {}],
  ['with logs on a volume', {}, { logs: { persistence: { enabled: true } } }],
  [
    'with PgBouncer',
    {},
    {
      data: { metadataSecretName: 'mine' },
      pgbouncer: { enabled: true, configSecretName: 'mine', metricsExporterSidecar: { statsSecretName: 'mine' } },
    },
  ],
  ['with a broker of the user’s', {}, { redis: { enabled: false }, data: { brokerUrlSecretName: 'mine' } }],
];
