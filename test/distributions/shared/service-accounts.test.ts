import { type AirflowChartProps, Executor, ServiceAccount } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const ROLE = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/airflow' };
const RUNNING = ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker'];
const JOBS = ['migrate', 'create-user'];
const STORES = ['postgresql', 'redis'];

test('one without rights and without a token is that of all', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.names('ServiceAccount')).toEqual(['airflow', 'airflow-credentials']);
  expect(objects.one('ServiceAccount', 'airflow').automountServiceAccountToken).toBe(false);
  for (const component of [...RUNNING, ...JOBS, ...STORES]) expect(objects.pod(component).spec.serviceAccountName).toBe('airflow');
});

test('one for all components is that of their Jobs too, and data stores keep the plain one', () => {
  // WHEN
  const objects = synthAirflow({
    allComponents: { serviceAccount: ServiceAccount.create({ annotations: ROLE, labels: { team: 'data' } }) },
  });

  // THEN
  expect(objects.one('ServiceAccount', 'airflow-components')).toMatchObject({
    metadata: { annotations: ROLE, labels: { team: 'data', 'app.kubernetes.io/instance': 'airflow' } },
    automountServiceAccountToken: false,
  });
  for (const component of [...RUNNING, ...JOBS]) {
    expect(objects.pod(component).spec).toMatchObject({ serviceAccountName: 'airflow-components', automountServiceAccountToken: false });
  }
  for (const component of STORES) expect(objects.pod(component).spec.serviceAccountName).toBe('airflow');
});

test.each([
  ['made', ServiceAccount.create({ name: 'airflow', annotations: ROLE }), ['airflow-plain', 'airflow', 'airflow-credentials']],
  ['there', ServiceAccount.existing('airflow'), ['airflow-plain', 'airflow-credentials']],
])(
  'one that is %s may have the name of the deployment, which the cloud may know, and data stores do not get it',
  (_how, serviceAccount, made) => {
    // WHEN
    const objects = synthAirflow({ allComponents: { serviceAccount } });

    // THEN
    expect(objects.names('ServiceAccount')).toEqual(made);
    for (const component of [...RUNNING, ...JOBS]) expect(objects.pod(component).spec.serviceAccountName).toBe('airflow');
    for (const component of STORES) expect(objects.pod(component).spec.serviceAccountName).toBe('airflow-plain');
  },
);

test('who has no other has the plain one, whatever it is called', () => {
  // WHEN
  const objects = synthAirflow({ scheduler: { serviceAccount: ServiceAccount.create({ name: 'airflow' }) } });

  // THEN
  expect(objects.pod('scheduler').spec.serviceAccountName).toBe('airflow');
  for (const component of ['triggerer', 'migrate', 'redis']) expect(objects.pod(component).spec.serviceAccountName).toBe('airflow-plain');
});

test('one component may have its own, beside that for all', () => {
  // GIVEN
  const allComponents = { serviceAccount: ServiceAccount.existing('shared') };
  const executor = Executor.celery({ workers: { serviceAccount: ServiceAccount.create({ annotations: ROLE }) } });

  // WHEN
  const objects = synthAirflow({ allComponents, executor });

  // THEN
  expect(objects.names('ServiceAccount')).toEqual(['airflow', 'airflow-worker', 'airflow-credentials']);
  expect(objects.one('ServiceAccount', 'airflow-worker').metadata.annotations).toEqual(ROLE);
  expect(objects.pod('worker').spec.serviceAccountName).toBe('airflow-worker');
  for (const component of [...RUNNING.filter((name) => name !== 'worker'), ...JOBS]) {
    expect(objects.pod(component).spec.serviceAccountName).toBe('shared');
  }
});

test('labels of the library are not replaced', () => {
  // GIVEN
  const serviceAccount = ServiceAccount.create({ name: 'mine', labels: { 'app.kubernetes.io/instance': 'other' } });

  // WHEN
  const objects = synthAirflow({ scheduler: { serviceAccount } });

  // THEN
  expect(objects.one('ServiceAccount', 'mine').metadata.labels['app.kubernetes.io/instance']).toBe('airflow');
});

test('several components may have one and the same', () => {
  // GIVEN
  const made = (annotations: { readonly [name: string]: string }) =>
    ServiceAccount.create({ name: 'lake', annotations, labels: undefined });
  const executor = Executor.celery({ workers: { serviceAccount: made({ a: '1', b: '2' }) } });

  // WHEN
  const objects = synthAirflow({ executor, triggerer: { serviceAccount: made({ b: '2', a: '1' }) } });

  // THEN
  expect(objects.names('ServiceAccount')).toEqual(['airflow', 'lake', 'airflow-credentials']);
  for (const component of ['worker', 'triggerer']) expect(objects.pod(component).spec.serviceAccountName).toBe('lake');
});

const LAKE = ServiceAccount.create({ name: 'lake', annotations: ROLE });

test.each<[string, AirflowChartProps, string, string, string]>([
  [
    'with other annotations',
    {
      executor: Executor.celery({ workerGroups: { gpu: { serviceAccount: LAKE } } }),
      triggerer: { serviceAccount: ServiceAccount.create({ name: 'lake' }) },
    },
    'executor.workerGroups.gpu',
    'lake',
    'triggerer',
  ],
  [
    'with other labels than that for all',
    {
      allComponents: { serviceAccount: LAKE },
      scheduler: { serviceAccount: ServiceAccount.create({ name: 'lake', annotations: ROLE, labels: { team: 'data' } }) },
    },
    'scheduler',
    'lake',
    'allComponents',
  ],
  [
    'whose name is that which one without a name has',
    {
      dagProcessor: { serviceAccount: ServiceAccount.create() },
      apiServer: { serviceAccount: ServiceAccount.create({ name: 'airflow-dag-processor' }) },
    },
    'dagProcessor',
    'airflow-dag-processor',
    'apiServer',
  ],
  [
    'whose name is that of one with rights, which is the library’s',
    { executor: Executor.kubernetes(), allComponents: { serviceAccount: ServiceAccount.create({ name: 'airflow-scheduler' }) } },
    'scheduler',
    'airflow-scheduler',
    'allComponents',
  ],
])('another of the same name is an error: one %s', (_what, props, prop, name, first) => {
  expect(airflowErrors(props)).toEqual([
    `[airflow/airflow] ${prop}.serviceAccount: "${name}" given; that of ${first}.serviceAccount has this name, and is another; expected another name for one of them, or the same name, annotations and labels in both`,
  ]);
});
