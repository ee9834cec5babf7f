import {
  type AirflowChartProps,
  AirflowComponent,
  Broker,
  DagBundle,
  Executor,
  GitCredentials,
  Login,
  NetworkDestination,
  Requirements,
} from '../../../lib';
import { parseYamlDocument } from '../../../lib/kubernetes/kubernetes-yaml';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const PROPS: AirflowChartProps = {
  namespace: 'airflow',
  dags: ['finance', 'shared'].map((name) => ({
    url: `http://git.${name}.svc:8080/${name}/dags.git`,
    name,
    credentials: GitCredentials.token({ secretName: `git-${name}` }),
    egress: [NetworkDestination.namespace(`git-of-${name}`, [8080])],
  })),
  dagBundles: [
    DagBundle.git({
      url: 'https://git.example.com/research/models.git',
      branch: 'main',
      credentials: GitCredentials.token({ secretName: 'git-models' }),
      egress: [NetworkDestination.namespace('git-of-models', [8080])],
    }),
    DagBundle.s3({ bucket: 'reports', egress: [NetworkDestination.namespace('minio', [9000])] }),
  ],
  teams: {
    finance: { bundles: ['finance'], executor: Executor.celery() },
    ops: {
      bundles: ['reports'],
      executor: Executor.celery({ broker: Broker.external({ host: 'redis.ops.svc', password: { secretName: 'ops-redis' } }) }),
    },
    research: { bundles: ['models'], executor: Executor.kubernetes() },
  },
};

const objects = synthAirflow(PROPS);
const taskPod: Manifest = parseYamlDocument(objects.one('ConfigMap', 'airflow-task-team-research').data['pod_template.yaml'], 'pod');
const policyOf = (name: string): string => JSON.stringify(objects.one('NetworkPolicy', `airflow-${name}`).spec.egress);

test('Airflow is told whose a bundle is', () => {
  // GIVEN
  const bundles: { name: string; team_name?: string }[] = JSON.parse(objects.airflowConfig.dag_processor.dag_bundle_config_list);

  // THEN
  expect(bundles.map(({ name, team_name }) => [name, team_name])).toEqual([
    ['finance', 'finance'],
    ['shared', undefined],
    ['models', 'research'],
    ['reports', 'ops'],
  ]);
});

test('pods of a team have its bundles, and the Secrets of no others', () => {
  // GIVEN
  const secretsOf = (spec: Manifest) => [...new Set(JSON.stringify(spec).match(/git-(finance|shared|models)(?=")/g))];

  // THEN
  expect(secretsOf(objects.pod('worker-team-finance').spec)).toEqual(['git-finance']);
  expect(secretsOf(objects.pod('worker-team-ops').spec)).toEqual([]);
  expect(secretsOf(taskPod.spec)).toEqual(['git-models']);
  expect(secretsOf(objects.pod('worker').spec)).toEqual(['git-finance', 'git-shared', 'git-models']);
  expect(secretsOf(objects.pod('dag-processor').spec)).toEqual(['git-finance', 'git-shared', 'git-models']);
});

test('pods of a team reach its own repositories and its own broker alone', () => {
  // GIVEN
  const reached = (name: string) => (policyOf(name).match(/(?<=")(git-of-\w+|minio|redis[\w-]*)(?=")/g) ?? []).sort();

  // THEN
  expect(reached('worker-team-finance')).toEqual(['git-of-finance', 'redis-team-finance']);
  expect(reached('worker-team-ops')).toEqual(['minio']);
  expect(policyOf('worker-team-ops')).toContain('"kubernetes.io/metadata.name":"ops"');
  expect(reached('task-team-research')).toEqual(['git-of-models']);
  expect(reached('worker')).toEqual(['git-of-finance', 'git-of-models', 'git-of-shared', 'minio', 'redis']);
  expect(reached('scheduler')).toEqual(['redis', 'redis-team-finance']);
  expect(
    JSON.stringify(objects.one('NetworkPolicy', 'airflow-redis-team-finance').spec.ingress).match(/(?<="component":|component":")[\w-]+/g),
  ).toEqual(['scheduler', 'worker-team-finance']);
});

test('a broker that is made for a team has a password of its own, which is made with the others', () => {
  // GIVEN
  const { args } = objects.container('credentials');

  // THEN
  expect(args).toContain('airflow-broker password password');
  expect(args).toContain('airflow-broker-team-finance password password');
  expect(JSON.stringify(objects.pod('redis-team-finance').spec.volumes)).toContain('"airflow-broker-team-finance"');
  expect(objects.one('StatefulSet', 'airflow-redis-team-finance').spec.serviceName).toBe('airflow-redis-team-finance');
});

test('the scheduler has the template of each team’s pods, and no rights twice', () => {
  // GIVEN
  const { volumes, containers } = objects.pod('scheduler').spec;

  // THEN
  expect(volumes).toContainEqual({ name: 'task-pod-team-research', configMap: { name: 'airflow-task-team-research' } });
  expect(containers[0].volumeMounts).toContainEqual({
    name: 'task-pod-team-research',
    mountPath: '/etc/airflow-task-team-research',
    readOnly: true,
  });
  expect(objects.names('Role').filter((name) => name.endsWith('-task-pods'))).toEqual([
    'airflow-scheduler-task-pods',
    'airflow-api-server-task-pods',
  ]);
  expect(taskPod.metadata.labels['app.kubernetes.io/component']).toBe('task-team-research');
});

test('the Job of the migration brings teams into the database, and components wait for that', () => {
  // GIVEN
  const other = synthAirflow({ ...PROPS, teams: { ...PROPS.teams, guests: { bundles: ['shared'] } } });
  const waitsOf = (component: string) => objects.initContainers(component)['wait-for-migration'].command.slice(2);

  // THEN
  expect(objects.container('migrate').args).toEqual(['bash', '-c', 'airflow db migrate && airflow teams sync']);
  expect(objects.workload('migrate').metadata.name).not.toBe(other.workload('migrate').metadata.name);
  expect(waitsOf('scheduler')).toEqual(['--migrated', '--team=finance', '--team=ops', '--team=research']);
  expect(waitsOf('create-user')).toEqual(['--migrated']);
});

test('users with passwords can log in, though their auth manager knows no teams', () => {
  // GIVEN
  const file = 'cdk8s_airflow_teams.py';
  const mount = { name: 'config', mountPath: `/opt/airflow/config/${file}`, subPath: file, readOnly: true };
  const keycloak = synthAirflow({
    ...PROPS,
    login: Login.keycloak({
      serverUrl: 'https://id.example.com',
      realm: 'a',
      clientId: 'airflow',
      clientSecret: { secretName: 'keycloak' },
    }),
    requirements: Requirements.fromList(['apache-airflow-providers-keycloak']),
  });

  // THEN
  expect(objects.airflowConfig.core.auth_manager).toBe('cdk8s_airflow_teams.TeamsFabAuthManager');
  expect(objects.one('ConfigMap', 'airflow-config').data[file]).toContain('class TeamsFabAuthManager(FabAuthManager):');
  for (const component of ['api-server', 'migrate', 'create-user']) expect(objects.container(component).volumeMounts).toContainEqual(mount);
  expect(keycloak.airflowConfig.core.auth_manager).toMatch(/\.KeycloakAuthManager$/);
  expect(keycloak.one('ConfigMap', 'airflow-config').data).not.toHaveProperty([file]);
  expect(synthAirflow().airflowConfig.core.auth_manager).toMatch(/\.FabAuthManager$/);
});

test('the pods of a team can be asked for', () => {
  synthAirflow(PROPS, (airflow) => {
    // THEN
    expect(airflow.podLabels(AirflowComponent.WORKER, 'team-finance')['app.kubernetes.io/component']).toBe('worker-team-finance');
    expect(airflow.serviceAccountName(AirflowComponent.TASK, 'team-research')).toBe('airflow');
  });
});

test.each<[AirflowChartProps, string]>([
  [{ ...PROPS, airflowVersion: '3.2.2' }, "teams: Airflow 3.2.2 can't do it; expected airflowVersion 3.3.0 or later"],
  [{ ...PROPS, teams: { finance: { bundles: [] } } }, 'teams.finance.bundles: [] given; expected the name of a bundle or more'],
  [
    { ...PROPS, teams: { finance: { bundles: ['shared', 'other'] } } },
    'teams.finance.bundles[1]: "other" given; there is no such bundle; there is: finance, shared, models, reports',
  ],
  [
    { ...PROPS, teams: { finance: { bundles: ['shared'] }, ops: { bundles: ['shared'] } } },
    'teams.ops.bundles[0]: "shared" given; a team has it already; expected it once',
  ],
  [
    { ...PROPS, teams: { finance: { bundles: ['shared', 'shared'] } } },
    'teams.finance.bundles[1]: "shared" given; a team has it already; expected it once',
  ],
  [
    { config: { core: { multi_team: true } } },
    'config.core.multi_team: "True" given; the API server would not start, as no team is known; use the prop teams',
  ],
  [{ teams: { finance: { bundles: ['dags'] } } }, 'teams.finance.bundles[0]: "dags" given; there is no such bundle; there is: none'],
])('%#: an error', (props, expected) => {
  expect(airflowErrors(props)).toContain(`[airflow/airflow] ${expected}`);
});
