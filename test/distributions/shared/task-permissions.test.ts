import { type App, Chart } from 'cdk8s';
import { parse } from 'yaml';
import { Airflow, type AirflowChartProps, Delivery, Distribution, Executor, ServiceAccount, TaskPermission } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, type SynthObjects, synthAirflow, synthErrors } from '../../support/synth-objects';

const SPARK = TaskPermission.rule({
  apiGroups: ['sparkoperator.k8s.io'],
  resources: ['sparkapplications'],
  verbs: ['create', 'get'],
  namespaces: ['spark'],
});

test('without them nothing that has code of DAGs gets a token', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.names('Role')).toEqual(['airflow-credentials']);
  expect(withToken(objects)).toEqual(['credentials']);
});

test('the workers and the triggerer may do it, each with an account and a way to the API, and no other pod', () => {
  // GIVEN
  const executor = Executor.celery({ workerGroups: { gpu: {} } });

  // WHEN
  const objects = synthAirflow({ executor, taskPermissions: [TaskPermission.kubernetesPodOperator()] });

  // THEN
  const { rules } = objects.one('Role', 'airflow-tasks');
  expect(rules).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    { apiGroups: [''], resources: ['pods/exec'], verbs: ['create', 'get'] },
    { apiGroups: [''], resources: ['events'], verbs: ['list', 'watch'] },
  ]);
  const { subjects } = objects.one('RoleBinding', 'airflow-tasks');
  expect(subjects.map(({ name }: Manifest) => name).sort()).toEqual(['airflow-triggerer', 'airflow-worker', 'airflow-worker-gpu']);
  expect(withToken(objects)).toEqual(['credentials', 'triggerer', 'worker', 'worker-gpu']);
  for (const component of ['triggerer', 'worker', 'worker-gpu']) {
    expect(objects.pod(component).spec.serviceAccountName).toBe(`airflow-${component}`);
    expect(reachesKubernetes(objects, component)).toBe(true);
  }
  expect(reachesKubernetes(objects, 'scheduler')).toBe(false);
});

test('in other namespaces there is a Role for the same accounts, and in that of the deployment only what is for it', () => {
  // WHEN
  const objects = synthAirflow({ taskPermissions: [TaskPermission.kubernetesJobOperator('jobs', 'spark'), SPARK] });

  // THEN
  const roles = objects.ofKind('Role').filter(({ metadata }) => metadata.name === 'airflow-airflow-tasks');
  expect(
    roles.map(({ metadata, rules }) => [metadata.namespace, rules.map(({ resources }: Manifest) => resources.join()).join(' ')]),
  ).toEqual([
    ['jobs', 'jobs jobs/status pods pods/log pods/exec events'],
    ['spark', 'jobs jobs/status pods pods/log pods/exec events sparkapplications'],
  ]);
  const bindings = objects.ofKind('RoleBinding').filter(({ metadata }) => metadata.name === 'airflow-airflow-tasks');
  for (const { subjects } of bindings) {
    expect(subjects).toEqual(
      ['airflow-triggerer', 'airflow-worker'].map((name) => ({ kind: 'ServiceAccount', name, namespace: 'airflow' })),
    );
  }
});

test.each<[string, AirflowChartProps, string[]]>([
  ['the scheduler, under the Local executor', { executor: Executor.local(), triggerer: { enabled: false } }, ['airflow-scheduler']],
  ['the pods of tasks, under the Kubernetes executor', { executor: Executor.kubernetes() }, ['airflow-task', 'airflow-triggerer']],
  ['an account that is there', { allComponents: { serviceAccount: ServiceAccount.existing('mine') } }, ['mine']],
])('who may is where tasks run: %s', (_where, props, accounts) => {
  // WHEN
  const objects = synthAirflow({ ...props, taskPermissions: [SPARK] });

  // THEN
  const { subjects } = objects.one('RoleBinding', 'airflow-airflow-tasks');
  expect(subjects.map(({ name }: Manifest) => name).sort()).toEqual(accounts);
});

test('the pod of a task has a token then', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.kubernetes(), taskPermissions: [SPARK] });

  // THEN
  const { spec } = parse(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']);
  expect(spec).toMatchObject({ serviceAccountName: 'airflow-task', automountServiceAccountToken: true });
});

test.each<[string, Distribution, string[]]>([
  [
    'the official chart',
    Distribution.officialChart({ version: '1.20.0', delivery: Delivery.argoApplication() }),
    ['airflow-triggerer', 'airflow-worker'],
  ],
  ["Bitnami's chart", Distribution.bitnamiChart({ version: '25.1.0', delivery: Delivery.argoApplication() }), ['airflow']],
])('%s mounts a token in the same pods alone', (_name, distribution, accounts) => {
  // WHEN
  const objects = synthAirflow({ distribution, taskPermissions: [TaskPermission.kubernetesPodOperator()] });

  // THEN
  const { subjects } = objects.one('RoleBinding', 'airflow-tasks');
  expect(subjects.map(({ name }: Manifest) => name).sort()).toEqual(accounts);
  const values = objects.one('Application', 'airflow').spec.source.helm.valuesObject;
  const mounting = Object.entries<Manifest>(values).filter(([, value]) =>
    JSON.stringify(value?.extraVolumes ?? []).includes('serviceAccountToken'),
  );
  expect(mounting.map(([name]) => name.replace(/s$/, '')).sort()).toEqual(['triggerer', 'worker']);
});

test('what Kubernetes would refuse is told', () => {
  // WHEN
  const errors = airflowErrors({
    taskPermissions: [
      TaskPermission.kubernetesPodOperator('My Jobs'),
      TaskPermission.rule({ apiGroups: ['batch/v1'], resources: [], verbs: ['create'], resourceNames: ['one'] }),
    ],
  });

  // THEN
  expect(errors).toEqual([
    expect.stringContaining('taskPermissions[0].namespaces[0]: "My Jobs" given; expected a DNS label'),
    expect.stringContaining('taskPermissions[1].resources: [] given; expected at least one'),
    expect.stringContaining('taskPermissions[1].apiGroups[0]: "batch/v1" given; expected a group without its version'),
    expect.stringContaining('taskPermissions[1].resourceNames: ["one"] given; expected none with the verb create'),
  ]);
});

test('without a namespace a ServiceAccount could not be named', () => {
  // WHEN
  const errors = synthErrors((app: App) => new Airflow(new Chart(app, 'chart'), 'airflow', { taskPermissions: [SPARK] }));

  // THEN
  expect(errors).toContainEqual(expect.stringContaining('[chart/airflow] taskPermissions: a ServiceAccount gets rights by its name'));
});

function withToken(objects: SynthObjects): string[] {
  const pods = Object.entries(objects.podTemplates());
  return pods.flatMap(([component, { spec }]) => (spec.automountServiceAccountToken === false ? [] : [component])).sort();
}

function reachesKubernetes(objects: SynthObjects, component: string): boolean {
  const { egress } = objects.one('NetworkPolicy', `airflow-${component}`).spec;
  return egress.some(({ ports = [] }: Manifest) => ports.some(({ port }: Manifest) => port === 6443));
}
