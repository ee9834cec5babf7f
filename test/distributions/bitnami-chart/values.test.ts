import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import {
  AirflowChart,
  type AirflowChartProps,
  Autoscaling,
  Broker,
  Credentials,
  Database,
  Delivery,
  Distribution,
  Executor,
  GitCredentials,
  Requirements,
} from '../../../lib';
import { checkValues } from '../../../lib/helm/values/strict-values';
import { testWithChart } from '../../support/chart-values';
import { synthErrors } from '../../support/synth-objects';
import { bitnamiValues, type Options } from './release';

const DAGS = [{ url: 'https://gitlab.example.com/team/etl.git', credentials: GitCredentials.token({ secretName: 'gitlab-dags' }) }];
const REPLICATED = { replicas: 2, labels: { 'example.com/team': 'data' }, env: { TZ: EnvValue.fromValue('UTC') } };
const PLACEMENT = {
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'batch' }],
  affinity: { nodeAffinity: {} },
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
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
  requirements: Requirements.fromList(['pandas'], { pipConfig: { secretName: 'pip' }, netrc: { secretName: 'netrc' } }),
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

const DEPLOYMENTS: { readonly [name: string]: readonly [AirflowChartProps, Options] } = {
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

for (const version of ['25.1.0', '22.6.0']) {
  for (const [name, [props, options]] of Object.entries(DEPLOYMENTS)) {
    testWithChart(`chart ${version} knows every value of ${name}`, `bitnami-${version}`, (chart) => {
      // WHEN
      const values = bitnamiValues(props, { ...options, version });

      // THEN
      expect(checkValues(values, chart)).toEqual([]);
      // A value that it does not know would be found.
      expect(checkValues({ ...values, workers: {} }, chart)).toHaveLength(1);
    });
  }
}

test.each(Object.entries(DEPLOYMENTS))('of %s there is no secret in the values', (_name, [props, options]) => {
  // WHEN
  const errors = synthErrors((app) => {
    const distribution = Distribution.bitnamiChart({ version: '25.1.0', ...options, delivery: Delivery.k3sHelmChart() });
    new AirflowChart(app, 'airflow', { ...props, distribution });
  });

  // THEN
  expect(errors).toEqual([]);
});

test('a password among the user’s values would be found', () => {
  // GIVEN
  const values = { externalRedis: { username: 'airflow' }, extraEnvVars: [{ name: 'API_TOKEN', value: 'glpat-0123456789abcdefghij' }] };

  // WHEN
  const errors = synthErrors((app) => {
    new AirflowChart(app, 'airflow', {
      distribution: Distribution.bitnamiChart({ version: '25.1.0', values, delivery: Delivery.k3sHelmChart() }),
    });
  });

  // THEN
  expect(errors).toHaveLength(1);
  expect(errors[0]).not.toContain('glpat');
});
