import {
  type AirflowChartProps,
  Autoscaling,
  Broker,
  DagBundle,
  Executor,
  type ExternalRedisProps,
  NetworkDestination,
  type TeamProps,
} from '../../lib';
import { withTeams } from '../../lib/executors/teams';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

const BUNDLES = ['one', 'two', 'three'].map((name) => DagBundle.image({ name, path: `/opt/${name}` }));
const RABBIT = Broker.rabbitMq({ host: 'rabbit.example.com', password: { secretName: 'rabbit' } });
const redis = (props: Partial<ExternalRedisProps> = {}) => Broker.external({ host: 'redis.example.com', ...props });
const IN = (team: string) =>
  `dag_id IN (SELECT dag.dag_id FROM dag JOIN dag_bundle_team ON dag_bundle_name = bundle_name WHERE team_name IN ('${team}'))`;

function synthTeams(props: AirflowChartProps) {
  return synthAirflow({ namespace: 'airflow', dagBundles: BUNDLES, ...props });
}

test('without teams an executor is what it was', () => {
  // GIVEN
  const plan = Executor.celery()._plan;

  // THEN
  expect(withTeams(plan)).toBe(plan);
  expect(withTeams(plan, {})).toBe(plan);
});

test('teams may have a database each of one broker, or a master each of the same Sentinels', () => {
  // GIVEN
  const destination = NetworkDestination.namespace('redis', [6379, 26379]);
  const sentinel = (masterName: string) => Broker.redisSentinel({ sentinels: ['redis.example.com'], masterName, destination });
  const teams = (brokers: Broker[]) => {
    return Object.fromEntries(
      brokers.map((broker, index) => [`team${index}`, { bundles: [['one', 'two'][index]], executor: Executor.celery({ broker }) }]),
    );
  };

  // THEN
  for (const brokers of [
    [redis({ databaseNumber: 1 }), redis({ databaseNumber: 2 })],
    [sentinel('one'), sentinel('two')],
  ]) {
    expect(() => synthTeams({ executor: Executor.celery({ broker: redis() }), teams: teams(brokers) })).not.toThrow();
  }
});

test('the executor of no team comes first, and a team without one has its own nowhere', () => {
  // WHEN
  const { airflowConfig, names } = synthWith({
    finance: { bundles: ['one'], executor: Executor.several(Executor.celery(), Executor.kubernetes()) },
    research: { bundles: ['two'], executor: Executor.kubernetes() },
    guests: { bundles: ['three'] },
  });

  // THEN
  expect(airflowConfig.core.executor).toBe('LocalExecutor;finance=CeleryExecutor,KubernetesExecutor;research=KubernetesExecutor');
  expect(airflowConfig.core.multi_team).toBe('True');
  expect(names).toEqual([
    'airflow-api-server',
    'airflow-dag-processor',
    'airflow-scheduler',
    'airflow-triggerer',
    'airflow-worker-team-finance',
  ]);
});

function synthWith(teams: { [name: string]: TeamProps }) {
  const objects = synthTeams({ executor: Executor.local(), teams });
  return { airflowConfig: objects.airflowConfig, names: objects.names('Deployment').sort() };
}

test('the options of a team are its own, in sections of its own', () => {
  // WHEN
  const { airflowConfig } = synthTeams({
    teams: {
      finance: { bundles: ['one'], executor: Executor.celery({ workers: { concurrency: 2 } }) },
      research: { bundles: ['two'], executor: Executor.kubernetes({ podsCreationBatchSize: 3 }) },
    },
  });

  // THEN
  expect(airflowConfig['finance=celery']).toEqual({
    worker_concurrency: '2',
    extra_celery_config: airflowConfig.celery.extra_celery_config,
  });
  expect(airflowConfig['finance=celery_broker_transport_options']).toEqual(airflowConfig.celery_broker_transport_options);
  expect(airflowConfig['research=kubernetes_executor']).toEqual({
    delete_worker_pods_on_failure: 'False',
    namespace: 'airflow',
    pod_template_file: '/etc/airflow-task-team-research/pod_template.yaml',
    worker_pods_creation_batch_size: '3',
  });
  expect(airflowConfig.celery.worker_concurrency).toBe('4');
});

test('where tasks run in the scheduler that are of no team, workers of a team are neither recreated nor as large as it', () => {
  // WHEN
  const objects = synthTeams({ executor: Executor.local(), teams: { finance: { bundles: ['one'], executor: Executor.celery() } } });

  // THEN
  expect(objects.workload('scheduler').spec.strategy).toEqual({ type: 'Recreate' });
  expect(objects.workload('worker-team-finance').spec.strategy).toBeUndefined();
  expect(objects.container('worker-team-finance').resources.limits.memory).toBe('2Gi');
  expect(objects.container('worker-team-finance').args).toEqual(expect.arrayContaining(['--team', 'finance', '--concurrency', '4']));
});

test("KEDA counts a team's tasks for its workers, and the others for those of no team", () => {
  // WHEN
  const workers = { autoscaling: Autoscaling.keda({ maxReplicas: 3 }) };
  const objects = synthTeams({
    executor: Executor.celery({ workers, workerGroups: { big: workers } }),
    teams: { finance: { bundles: ['one'], executor: Executor.several(Executor.celery({ workers }), Executor.kubernetes()) } },
  });

  // THEN
  const queryOf = (name: string) => objects.one('ScaledObject', `airflow-${name}`).spec.triggers[0].metadata.query;
  const ofOthers = IN('finance').replace(' IN ', ' NOT IN ');
  expect(queryOf('worker')).toMatch(new RegExp(`queue IN \\('default'\\) AND ${escaped(ofOthers)}$`));
  expect(queryOf('worker-big')).toMatch(new RegExp(`queue IN \\('big'\\) AND ${escaped(ofOthers)}$`));
  expect(queryOf('worker-team-finance')).toMatch(
    new RegExp(`AND \\(executor IS NULL OR executor LIKE '%CeleryExecutor'\\) AND ${escaped(IN('finance'))}$`),
  );
});

function escaped(text: string): string {
  return text.replace(/[()]/g, '\\$&');
}

test.each<[string, { [name: string]: TeamProps }, AirflowChartProps, string]>([
  [
    'a name that objects can’t have',
    { Finance: { bundles: ['one'] } },
    {},
    'teams.Finance: "Finance" given; expected a name of at most 20 lower case',
  ],
  [
    'a name that Airflow has for too short',
    { ab: { bundles: ['one'] } },
    {},
    'teams.ab: "ab" given; expected a name of 3 characters or more',
  ],
  [
    'tasks in the scheduler',
    { finance: { bundles: ['one'], executor: Executor.local() } },
    {},
    'teams.finance.executor: its tasks would run in the scheduler, beside the keys of all teams; use Executor.celery or Executor.kubernetes',
  ],
  [
    'a broker that keeps no results',
    { finance: { bundles: ['one'], executor: Executor.celery({ broker: RABBIT }) } },
    {},
    "teams.finance.executor.broker: the results of its tasks would be in the database, to which a team's workers have no way; use Broker.builtIn(…)",
  ],
  [
    'the broker of all',
    { finance: { bundles: ['one'], executor: Executor.celery({ broker: redis() }) } },
    { executor: Executor.celery({ broker: redis() }) },
    'teams.finance.executor.broker: it is the same as executor.broker, whose workers would take its tasks; expected another, or another database',
  ],
  [
    'the broker of another team',
    {
      finance: { bundles: ['one'], executor: Executor.celery({ broker: redis({ databaseNumber: 1 }) }) },
      sales: { bundles: ['two'], executor: Executor.celery({ broker: redis({ databaseNumber: 1 }) }) },
    },
    {},
    'teams.sales.executor.broker: it is the same as teams.finance.executor.broker, whose workers would take its tasks',
  ],
  [
    'groups of workers',
    { finance: { bundles: ['one'], executor: Executor.celery({ workerGroups: { gpu: {} } }) } },
    {},
    'teams.finance.executor.workerGroups: a team has one group of workers; give it several queues, or make two teams',
  ],
  [
    'Flower',
    { finance: { bundles: ['one'], executor: Executor.celery({ flower: { basicAuth: { secretName: 'flower' } } }) } },
    {},
    'teams.finance.executor.flower: Flower shows what the workers of no team do; leave it out',
  ],
  [
    'what deletes pods twice',
    { finance: { bundles: ['one'], executor: Executor.kubernetes({ podCleanup: {} }) } },
    { executor: Executor.kubernetes({ podCleanup: {} }) },
    'teams.finance.executor.podCleanup: that of the prop executor deletes the pods of all teams; leave it out',
  ],
  [
    'pods of which one scheduler would not know whether to keep them',
    { finance: { bundles: ['one'], executor: Executor.kubernetes({ deletePodsOnFailure: true }) } },
    { executor: Executor.kubernetes() },
    'teams.finance.executor.deletePodsOnFailure: the scheduler looks after the pods of all teams together; expected the same as in the prop',
  ],
  [
    'what is wrong in its executor',
    { finance: { bundles: ['one'], executor: Executor.celery({ workers: { concurrency: 0, queues: ['fast'], replicas: 0 } }) } },
    {},
    'teams.finance.executor.workers.concurrency: 0 given; expected a whole number of 1 or more',
  ],
  [
    'queues to which no task goes that says none',
    { finance: { bundles: ['one'], executor: Executor.celery({ workers: { queues: ['fast'] } }) } },
    {},
    'teams.finance.executor.workers.queues: ["fast"] given; expected "default" in a group too: tasks that say no queue go there',
  ],
  [
    'a group of workers with a name that is for teams',
    { finance: { bundles: ['one'], executor: Executor.celery() } },
    { executor: Executor.celery({ workerGroups: { 'team-finance': {} } }) },
    'executor.workerGroups.team-finance: "team-finance" given; expected a name that does not begin with "team-": those are for teams',
  ],
])('%s is an error', (_what, teams, props, expected) => {
  // WHEN
  const errors = airflowErrors({ namespace: 'airflow', dagBundles: BUNDLES, teams, ...props });

  // THEN
  expect(errors.filter((error) => error.includes(`] ${expected}`))).toHaveLength(1);
});
