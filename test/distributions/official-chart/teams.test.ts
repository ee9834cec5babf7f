import { parse } from 'yaml';
import {
  type AirflowChartProps,
  AirflowComponent,
  Autoscaling,
  Broker,
  CaCertificates,
  type CeleryExecutorProps,
  Delivery,
  DeploymentStrategy,
  Executor,
  GitCredentials,
  Logs,
  NetworkDestination,
} from '../../../lib';
import type { Json } from '../../../lib/kubernetes/json';
import { OLDEST, type Options, officialErrors, officialRelease, officialValues, variables } from './release';

const PROPS: AirflowChartProps = {
  dags: ['guests', 'research', 'shared'].map((name) => ({
    url: `https://git.example.com/${name}/dags.git`,
    name,
    credentials: GitCredentials.token({ secretName: `git-${name}` }),
  })),
  teams: { guests: { bundles: ['guests'] }, research: { bundles: ['research'], executor: Executor.kubernetes() } },
};
const WITHOUT_EXECUTORS: AirflowChartProps = { ...PROPS, teams: { guests: { bundles: ['guests'] } } };

test('Airflow is told whose a bundle is, and its auth manager is one that does with teams', () => {
  // WHEN
  const { values, objects } = officialRelease(WITHOUT_EXECUTORS);

  // THEN
  const { core, dag_processor: dags } = values.config;
  expect(core).toMatchObject({ multi_team: 'True', auth_manager: 'cdk8s_airflow_teams.TeamsFabAuthManager' });
  expect(JSON.parse(dags.dag_bundle_config_list).map(({ team_name }: { team_name?: string }) => team_name)).toEqual([
    'guests',
    undefined,
    undefined,
  ]);
  const mountPath = '/opt/airflow/config/cdk8s_airflow_teams.py';
  for (const pods of ['apiServer', 'scheduler', 'dagProcessor', 'triggerer', 'workers', 'migrateDatabaseJob', 'createUserJob']) {
    expect(values[pods].extraVolumeMounts).toContainEqual(expect.objectContaining({ mountPath }));
  }
  expect(Object.values(objects.one('ConfigMap', 'airflow-files').data).join()).toContain('class TeamsFabAuthManager');
});

test('what does not start without teams brings them into the database', () => {
  // WHEN
  const argsOf = (props: AirflowChartProps) => {
    const { scheduler, dagProcessor } = officialValues(props);
    return [scheduler, dagProcessor].map(({ args = [] }) => args.at(-1));
  };

  // THEN
  const sync = '(airflow teams sync || airflow teams sync) && exec airflow';
  expect(argsOf({})).toEqual([undefined, undefined]);
  expect(argsOf(WITHOUT_EXECUTORS)).toEqual([undefined, `${sync} dag-processor`]);
  expect(argsOf(PROPS)).toEqual([`${sync} scheduler`, `${sync} dag-processor`]);
});

test.each([{}, OLDEST])('executors of teams are in a variable, as the chart would make a label of them: %j', (options) => {
  // WHEN
  const { executor, env, config } = officialValues(PROPS, options);

  // THEN
  expect(executor).toBe('CeleryExecutor');
  expect(config.core).not.toHaveProperty('executor');
  expect(variables(env)).toEqual({ AIRFLOW__CORE__EXECUTOR: 'CeleryExecutor;research=KubernetesExecutor' });
  expect(officialValues(WITHOUT_EXECUTORS, options)).not.toHaveProperty('env');
  expect(officialErrors(PROPS, options)).toEqual([]);
});

test('the pods of a team’s tasks have its bundles alone, and the scheduler what it makes them from', () => {
  // WHEN
  const { chart, values, objects } = officialRelease(PROPS);
  const template = objects.one('ConfigMap', 'airflow-task-team-research').data['pod_template.yaml'];

  // THEN
  expect(template.match(/(?<=secretName: )git-\w+/g)).toEqual(['git-research']);
  expect(parse(template).metadata.labels['app.kubernetes.io/component']).toBe('task-team-research');
  expect(values.config['research=kubernetes_executor'].pod_template_file).toBe('/etc/airflow-task-team-research/pod_template.yaml');
  expect(values.scheduler.extraVolumeMounts).toContainEqual({
    name: 'task-pod-team-research',
    mountPath: '/etc/airflow-task-team-research',
    readOnly: true,
  });
  expect(objects.names('Role')).toEqual(expect.arrayContaining(['airflow-scheduler-task-pods', 'airflow-api-server-task-pods']));
  expect(objects.one('NetworkPolicy', 'airflow-task-team-research').spec.podSelector.matchLabels).toMatchObject({
    'app.kubernetes.io/component': 'task-team-research',
  });
  expect(chart.airflow.serviceAccountName(AirflowComponent.TASK, 'team-research')).toBe('airflow');
});

test.each<[AirflowChartProps, object, string]>([
  [PROPS, { env: [{ name: 'A', value: 'b' }] }, "distribution.values.env: the pods of tasks, which are the library's, would not have it"],
  [PROPS, { scheduler: { args: ['true'] } }, 'distribution.values.scheduler.args: the library sets this value; use the prop teams'],
  [PROPS, { dagProcessor: { args: ['true'] } }, 'distribution.values.dagProcessor.args: the library sets this value; use the prop teams'],
  [
    { ...PROPS, teams: { research: { bundles: ['research'], executor: Executor.kubernetes({ podCleanup: {} }) } } },
    {},
    'executor.podCleanup: the official chart has values of its own for it',
  ],
])('%#: an error', (props, values, expected) => {
  expect(officialErrors(props, { values: values as { [key: string]: unknown } })).toEqual([expect.stringContaining(expected)]);
});

const finance = (props: CeleryExecutorProps = {}): AirflowChartProps => ({
  ...PROPS,
  teams: { finance: { bundles: ['shared'], executor: Executor.celery(props) } },
});

test('workers of a team are a set of their own, with its bundles and its broker alone', () => {
  // WHEN
  const { values } = officialRelease(finance({ workers: { queues: ['default', 'fast'], concurrency: 2, replicas: 3 } }));
  const { enableDefault, sets } = values.workers.celery;
  const [others, ofTeam] = sets;
  const secretsOf = ({ extraVolumes }: Json) => JSON.stringify(extraVolumes).match(/(?<="secretName":")git-\w+/g);
  const brokersOf = ({ env }: Json) => Object.fromEntries(Object.entries(variables(env)).filter(([name]) => name.includes('CELERY__')));

  // THEN
  const brokerOfTeam = (key: string) => ({ secretKeyRef: { name: 'airflow-broker-url-team-finance', key } });
  const ofFinance = {
    AIRFLOW__FINANCE___CELERY__BROKER_URL: brokerOfTeam('connection'),
    AIRFLOW__FINANCE___CELERY__RESULT_BACKEND: brokerOfTeam('results'),
  };
  expect([enableDefault, others.name, ofTeam.name]).toEqual([false, 'default', 'team-finance']);
  expect(values.workers).not.toHaveProperty('extraVolumes');
  expect(ofTeam).toMatchObject({
    replicas: 3,
    args: ['celery', 'worker', '--team', 'finance', '--queues', 'default,fast', '--concurrency', '2'],
  });
  expect(others.args).toEqual(['celery', 'worker']);
  expect(secretsOf(ofTeam)).toEqual(['git-shared']);
  expect(secretsOf(others)).toEqual(['git-guests', 'git-research', 'git-shared']);
  expect(brokersOf(ofTeam)).toEqual(ofFinance);
  expect(brokersOf(values.scheduler)).toEqual(ofFinance);
  expect(brokersOf(others)).toEqual({});
  expect(officialErrors(finance({ workers: { queues: ['default', 'fast'] } }))).toEqual([]);
});

test('pods of workers are told apart, and those of a team reach its broker, which is made for it, and no other', () => {
  // WHEN
  const { chart, objects, values } = officialRelease(finance());
  const reached = (name: string) => JSON.stringify(objects.one('NetworkPolicy', `airflow-${name}`).spec.egress).match(/redis[\w-]*/g);
  const labels = (name: string) => objects.one('NetworkPolicy', `airflow-${name}`).spec.podSelector.matchLabels;

  // THEN
  expect(reached('worker-team-finance')).toEqual(['redis-team-finance']);
  expect(reached('worker')).toEqual(['redis']);
  expect(reached('scheduler')).toEqual(expect.arrayContaining(['redis', 'redis-team-finance']));
  for (const [index, name] of ['worker', 'worker-team-finance'].entries()) {
    const label = { 'app.kubernetes.io/component': name };
    expect(values.workers.celery.sets[index].labels).toEqual(label);
    expect(labels(name)).toEqual({ tier: 'airflow', component: 'worker', release: 'airflow', ...label });
  }
  expect(objects.one('StatefulSet', 'airflow-redis-team-finance').spec.serviceName).toBe('airflow-redis-team-finance');
  expect(objects.container('credentials').args.join()).toContain('airflow-broker-team-finance password password');
  expect(objects.container('credentials').args.join()).toContain('@airflow-redis-team-finance:6379/0');
  expect(chart.airflow.podLabels(AirflowComponent.WORKER, 'team-finance')).toEqual(labels('worker-team-finance'));
});

test('a broker of a team with TLS has its certificates in a folder of its own', () => {
  // GIVEN
  const tls = { ca: CaCertificates.fromConfigMap('finance-ca') };

  // WHEN
  const { values } = officialRelease(finance({ broker: Broker.external({ host: 'valkey.finance.svc', tls }) }));

  // THEN
  const folder = '/etc/airflow-stores-team-finance';
  const mount = { name: 'stores-team-finance', mountPath: folder, readOnly: true };
  expect(values.config['finance=celery']).toMatchObject({ ssl_active: 'True', ssl_cacert: `${folder}/broker-ca.crt` });
  expect(values.scheduler.extraVolumeMounts).toContainEqual(mount);
  expect(values.workers.celery.sets[1].extraVolumeMounts).toContainEqual(mount);
  expect(values.workers.celery.sets[0].extraVolumeMounts).not.toContainEqual(mount);
});

test('workers of a team are scaled, and a node is drained of them one after another', () => {
  // GIVEN
  const scaled = officialRelease({
    namespace: 'airflow',
    ...finance({ workers: { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) } }),
  });

  // THEN
  const { spec } = scaled.objects.one('ScaledObject', 'airflow-worker-team-finance');
  expect(spec.scaleTargetRef.name).toBe('airflow-worker-team-finance');
  expect(spec.triggers[0].metadata.query).toContain("team_name IN ('finance')");
  expect(scaled.values.workers.celery.sets[1].replicas).toBeNull();
  expect(officialRelease(finance({ workers: { replicas: 2 } })).objects.names('PodDisruptionBudget')).toEqual([
    'airflow-worker-team-finance',
  ]);
});

test.each<[AirflowChartProps, Options, string]>([
  [
    finance(),
    OLDEST,
    'teams.finance.executor: the official chart has workers of teams from 1.20.0 on, as sets; use a later one, Executor.kubernetes() for the team',
  ],
  [
    { ...finance(), executor: Executor.kubernetes(), logs: Logs.pods() },
    {},
    'teams.finance.executor: the official chart has workers of teams beside others only; use Executor.celery(…) as the prop executor',
  ],
  [
    finance({
      broker: Broker.redisSentinel({ sentinels: ['a'], masterName: 'm', destination: NetworkDestination.namespace('redis') }),
    }),
    {},
    'teams.finance.executor.broker: only the built-in distribution finds Redis by Sentinels',
  ],
  [
    finance(),
    { values: { workers: { extraVolumes: [{ name: 'a', emptyDir: {} }] } } },
    'distribution.values.workers: where there are groups of workers the library has each as a set of its own',
  ],
  [
    { namespace: 'airflow', ...finance({ workers: { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) } }) },
    { delivery: Delivery.argoApplication() },
    "teams.finance.executor.workers.autoscaling: the chart's own number of pods would be set anew each time",
  ],
  [
    finance({ workers: { strategy: DeploymentStrategy.recreate() } }),
    {},
    'teams.finance.executor.workers.strategy: the official chart can recreate the pods of apiServer and scheduler only',
  ],
  [
    {
      ...finance({ workers: { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) } }),
      namespace: 'airflow',
      executor: Executor.celery({ workers: { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) } }),
    },
    {},
    'use replicas for it, or for teams.finance.executor.workers',
  ],
])('workers of a team, %#: an error', (props, options, expected) => {
  expect(officialErrors(props, options)).toEqual([expect.stringContaining(expected)]);
});

test('labels of a team’s tasks may be those of the chart, as their pods are the library’s', () => {
  const executor = Executor.kubernetes({ tasks: { labels: { tier: 'tasks' } } });

  expect(officialErrors({ ...PROPS, teams: { research: { bundles: ['research'], executor } } })).toEqual([]);
});
