import { EnvValue } from 'cdk8s-plus-27';
import { Database, Executor } from '../../../lib';
import { AIRFLOW_2, bitnamiErrors } from './release';

const value = EnvValue.fromValue('x');

test.each([
  ['AIRFLOW_EXECUTOR', 'nothing: the deployment rests on it'],
  ['REDIS_HOST', 'nothing: the deployment rests on it'],
  ['AIRFLOW_FIRSTNAME', 'the prop admin'],
])('the variable %s is the chart’s', (name, instead) => {
  // WHEN
  const errors = bitnamiErrors({
    allComponents: { env: { [name]: value } },
    executor: Executor.celery({ workers: { env: { [name]: value } } }),
  });

  // THEN
  expect(errors).toEqual(
    ['allComponents', 'executor.workers'].map(
      (prop) => `[airflow/airflow] ${prop}.env["${name}"]: the Bitnami chart sets this variable; use ${instead}`,
    ),
  );
});

test('an option that the library sets can be in no env', () => {
  // WHEN
  const errors = bitnamiErrors({ executor: Executor.celery({ workers: { env: { AIRFLOW__CORE__FERNET_KEY: value } } }) });

  // THEN
  expect(errors).toEqual([
    '[airflow/airflow] executor.workers.env["AIRFLOW__CORE__FERNET_KEY"]: the library sets this option; use credentials: Credentials.existing({ fernetKey: … })',
  ]);
});

test.each<[string, object, string]>([
  ['fullnameOverride', { fullnameOverride: 'mine' }, 'the prop name'],
  ['executor', { executor: 'KubernetesExecutor' }, 'the prop executor'],
  ['auth.password', { auth: { password: 'hunter2' } }, 'credentials: Credentials.existing({ admin: … })'],
  ['auth.fernetKey', { auth: { fernetKey: 'hunter2' } }, 'credentials: Credentials.existing({ fernetKey: … })'],
  ['postgresql.auth.password', { postgresql: { auth: { password: 'hunter2' } } }, 'credentials: Credentials.existing({ database: … })'],
  ['redis.auth.password', { redis: { auth: { password: 'hunter2' } } }, 'credentials: Credentials.existing({ broker: … })'],
  ['loadExamples', { loadExamples: true }, "config: { core: { load_examples: 'True' } }"],
  ['service.ports.http', { service: { ports: { http: 80 } } }, 'nothing: the deployment rests on it'],
])('values.%s is an error that tells another way, and no secret', (path, values, instead) => {
  // WHEN
  const errors = bitnamiErrors({}, { values: values as { [key: string]: unknown } });

  // THEN
  expect(errors).toEqual([`[airflow/airflow] distribution.values.${path}: the library sets this value; use ${instead}`]);
});

test('other values are the user’s', () => {
  // WHEN
  const errors = bitnamiErrors(
    {},
    { values: { redis: { architecture: 'replication', replica: { replicaCount: 2 } }, web: { podLabels: {} } } },
  );

  // THEN
  expect(errors).toEqual([]);
});

test('what is wrong whatever Airflow is deployed from is an error here too', () => {
  // WHEN
  const errors = bitnamiErrors({
    executor: Executor.celery({ workers: { replicas: 0 } }),
    admin: { email: '' },
    database: Database.builtIn({ storageSize: 'big' }),
  });

  // THEN
  expect(errors).toHaveLength(3);
});

test('Airflow 2 reads several repositories as a whole', () => {
  // GIVEN
  const dags = ['one', 'two'].map((name) => ({ name, url: `https://gitlab.example.com/team/${name}.git`, path: 'dags' }));

  // WHEN
  const [two, three] = [AIRFLOW_2, {}].map((options) => bitnamiErrors({ dags }, options));

  // THEN
  expect(two).toEqual(
    [0, 1].map(
      (index) => `[airflow/airflow] dags[${index}].path: Airflow 2 reads all of several repositories; leave it out, or deploy Airflow 3`,
    ),
  );
  expect(three).toEqual([]);
});

test('variables among the values are judged as options are', () => {
  // GIVEN
  const values = {
    extraEnvVars: [{ name: 'AIRFLOW__CORE__EXECUTOR', value: 'LocalExecutor' }],
    web: { extraEnvVars: [{ name: 'AIRFLOW__LOGGING__REMOTE_LOGGING', value: 'True' }] },
    scheduler: { extraEnvVars: [{ name: 'TZ', value: 'UTC' }] },
  };

  // THEN
  expect(bitnamiErrors({}, { values })).toEqual([
    expect.stringContaining(
      'distribution.values.extraEnvVars["AIRFLOW__CORE__EXECUTOR"]: the library sets this option; use the prop executor',
    ),
    expect.stringContaining('distribution.values.web.extraEnvVars["AIRFLOW__LOGGING__REMOTE_LOGGING"]: by the NetworkPolicies apiServer'),
  ]);
});
