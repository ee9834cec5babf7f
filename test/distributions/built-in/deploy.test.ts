import { JsonPatch } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { type AirflowChartProps, Autoscaling, Broker, Database, Executor, Requirements } from '../../../lib';
import { airflowErrors, type SynthObjects, synthAirflow } from '../../support/synth-objects';

const URL = 'https://gitlab.example.com/team/dags.git';
const BASE: AirflowChartProps = {
  dags: [{ url: URL, branch: 'main' }],
  requirements: Requirements.fromList(['pandas>=2.2']),
  ingress: { host: 'airflow.example.com' },
};
const RUNNING = ['api-server', 'dag-processor', 'scheduler', 'triggerer', 'worker'];
const READERS = ['dag-processor', 'worker'];
const JOBS = ['credentials', 'create-user', 'migrate'];

test.each<[string, AirflowChartProps, string[]]>([
  ['an option', { config: { core: { parallelism: '64' } } }, RUNNING],
  ['the address', { ingress: { host: 'other.example.com' } }, RUNNING],
  ['the concurrency', { executor: Executor.celery({ workers: { concurrency: 8 } }) }, RUNNING],
  ['the folder of the DAGs', { dags: [{ url: URL, branch: 'main', path: 'dags' }] }, RUNNING],
  ['the requirements', { requirements: Requirements.fromList(['pandas>=2.3']) }, [...RUNNING, 'migrate', 'create-user']],
  ['a comment in the requirements', { requirements: Requirements.fromList(['pandas>=2.2 # tables']) }, []],
  ['the branch', { dags: [{ url: URL, branch: 'develop' }] }, READERS],
  ['the resources of git-sync', { gitSync: { resources: { limits: { cpu: '1' } } } }, READERS],
  ['the number of workers', { executor: Executor.celery({ workers: { replicas: 5 } }) }, []],
  ['the number of all others', { apiServer: { replicas: 2 }, scheduler: { replicas: 2 }, triggerer: { replicas: 3 } }, []],
  ['autoscaling', { executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 5 }) } }) }, []],
  ['the NetworkPolicies', { networkPolicies: { enabled: false } }, []],
  ['the image of PostgreSQL', { database: Database.builtIn({ image: { tag: '15.8' } }) }, ['postgresql']],
  [
    'the resources of Redis',
    { executor: Executor.celery({ broker: Broker.builtIn({ resources: { limits: { memory: '512Mi' } } }) }) },
    ['redis'],
  ],
  ['the volume of PostgreSQL', { database: Database.builtIn({ storageSize: '20Gi' }) }, []],
  ['the admin user', { admin: { username: 'ada' } }, ['create-user']],
  ['the image of Airflow', { airflowVersion: '3.3.1' }, [...RUNNING, ...JOBS]],
])('if %s changes, the pods that this is about are replaced, and no others', (_what, change, expected) => {
  // WHEN
  const [before, after] = [BASE, { ...BASE, ...change }].map((props) => synthAirflow(props).podTemplates());

  // THEN
  const replaced = Object.keys(before).filter((component) => JSON.stringify(before[component]) !== JSON.stringify(after[component]));
  expect(replaced.sort()).toEqual([...expected].sort());
});

test.each<[string, AirflowChartProps, string]>([
  ['an option', { config: { core: { parallelism: '64' } } }, 'cdk8s-airflow/config-checksum'],
  ['a requirement', { requirements: Requirements.fromList(['numpy']) }, 'cdk8s-airflow/requirements-checksum'],
])('that %s changes shows in one annotation', (_what, change, annotation) => {
  // WHEN
  const [before, after] = [BASE, { ...BASE, ...change }].map((props) => synthAirflow(props).pod('triggerer'));

  // THEN
  expect(before.metadata.annotations[annotation]).toMatch(/^[0-9a-f]{64}$/);
  expect(after.metadata.annotations[annotation]).not.toBe(before.metadata.annotations[annotation]);
  delete before.metadata.annotations[annotation];
  delete after.metadata.annotations[annotation];
  expect(after).toEqual(before);
});

test('a patch of the scripts counts as a change of the configuration', () => {
  // WHEN
  const before = synthAirflow();
  const after = synthAirflow({}, (airflow) =>
    airflow.find('ConfigMap', 'airflow-config').addJsonPatch(JsonPatch.replace('/data/database.py', '# mine')),
  );

  // THEN
  const checksum = (objects: SynthObjects) => objects.pod('worker').metadata.annotations['cdk8s-airflow/config-checksum'];
  expect(checksum(after)).toMatch(/^[0-9a-f]{64}$/);
  expect(checksum(after)).not.toBe(checksum(before));
});

test.each(['3.0.0', '3.0.1', '3.1.0', '3.3.2', '3.4.0rc1', '4.0.0'])('Airflow %s is deployed from its image', (airflowVersion) => {
  // WHEN
  const objects = synthAirflow({ airflowVersion });

  // THEN
  for (const component of [...RUNNING, ...JOBS]) {
    expect(objects.container(component).image).toBe(`docker.io/apache/airflow:${airflowVersion}`);
  }
});

test.each(['2.10.5', '2.11.0', '1.10.15'])('Airflow %s is an error', (airflowVersion) => {
  // THEN
  expect(airflowErrors({ airflowVersion })).toEqual([
    `[airflow/airflow] airflowVersion: "${airflowVersion}" given; expected 3.0.0 or later: the built-in distribution deploys Airflow 3, ` +
      'not Airflow 2',
  ]);
});

test.each(['', '3.0', 'latest', 'v3.3.2', ' 3.3.2'])('%j is no version of Airflow', (airflowVersion) => {
  // THEN
  expect(airflowErrors({ airflowVersion })).toContain(
    `[airflow/airflow] airflowVersion: ${JSON.stringify(airflowVersion)} given; expected a version of Airflow, as in "3.3.2" or "3.3.2rc1"`,
  );
});

test('what is wrong with the version is told once, also where there are requirements', () => {
  // WHEN
  const errors = airflowErrors({ airflowVersion: '3.3.2.', requirements: Requirements.fromList(['pandas']) });

  // THEN
  expect(errors).toEqual(['[airflow/airflow] airflowVersion: "3.3.2." given; expected a version of Airflow, as in "3.3.2" or "3.3.2rc1"']);
});

test('what belongs to Celery is an error under LocalExecutor, all of it at once', () => {
  // GIVEN
  const props: AirflowChartProps = {
    executor: Executor.local(),
    config: { Celery: { task_acks_late: 'True' }, celery_broker_transport_options: { visibility_timeout: '60' } },
    scheduler: {
      env: {
        AIRFLOW__CELERY__TASK_ACKS_LATE: EnvValue.fromValue('True'),
        AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT: EnvValue.fromValue('60'),
      },
    },
  };

  // THEN
  expect(airflowErrors(props)).toEqual([
    '[airflow/airflow] config.Celery: Celery is not used under LocalExecutor; leave it out',
    '[airflow/airflow] config.celery_broker_transport_options: Celery is not used under LocalExecutor; leave it out',
    '[airflow/airflow] scheduler.env["AIRFLOW__CELERY__TASK_ACKS_LATE"]: Celery is not used under LocalExecutor; leave it out',
    '[airflow/airflow] scheduler.env["AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT"]: ' +
      'Celery is not used under LocalExecutor; leave it out',
  ]);
});

test('every object can be told by labels to be of this Airflow', () => {
  // WHEN
  const objects = synthAirflow({
    ...BASE,
    name: 'team',
    executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 3 }) } }),
  });

  // THEN
  for (const { kind, metadata } of objects.all) {
    if (kind === 'Namespace') continue;
    expect([kind, metadata.name, metadata.labels]).toEqual([
      kind,
      metadata.name,
      expect.objectContaining({
        'app.kubernetes.io/name': 'airflow',
        'app.kubernetes.io/instance': 'team',
        'app.kubernetes.io/managed-by': 'cdk8s-airflow',
      }),
    ]);
  }
});

test('what is needed first comes first in the manifests', () => {
  // WHEN
  const kinds = synthAirflow(BASE).all.map(({ kind }) => kind);

  // THEN
  const first = (kind: string) => kinds.indexOf(kind);
  expect(first('Namespace')).toBe(0);
  for (const kind of ['ConfigMap', 'ServiceAccount', 'Role', 'RoleBinding']) expect(first(kind)).toBeLessThan(first('Job'));
  expect(first('ServiceAccount')).toBeLessThan(first('StatefulSet'));
});
