import { parse } from 'yaml';
import { type AirflowChartProps, AirflowComponent, Executor, GitCredentials } from '../../../lib';
import { OLDEST, officialErrors, officialRelease, officialValues, variables } from './release';

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
    { ...PROPS, teams: { finance: { bundles: ['shared'], executor: Executor.celery() } } },
    {},
    'teams.finance.executor: the official chart makes no workers of a team; use Executor.kubernetes(), or the built-in distribution',
  ],
  [
    { ...PROPS, teams: { research: { bundles: ['research'], executor: Executor.kubernetes({ podCleanup: {} }) } } },
    {},
    'executor.podCleanup: the official chart has values of its own for it',
  ],
])('%#: an error', (props, values, expected) => {
  expect(officialErrors(props, { values: values as { [key: string]: unknown } })).toEqual([expect.stringContaining(expected)]);
});

test('labels of a team’s tasks may be those of the chart, as their pods are the library’s', () => {
  const executor = Executor.kubernetes({ tasks: { labels: { tier: 'tasks' } } });

  expect(officialErrors({ ...PROPS, teams: { research: { bundles: ['research'], executor } } })).toEqual([]);
});
