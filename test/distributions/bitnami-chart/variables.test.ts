import { EnvValue } from 'cdk8s-plus-27';
import { Executor } from '../../../lib';
import { bitnamiValues, variables } from './release';

test('what the database and its users depend on is for the containers that prepare a pod too, and nothing else', () => {
  // GIVEN
  const config = { database: { sql_alchemy_schema: 'airflow' }, fab: { auth_rate_limit: '5 per 40 second' }, core: { parallelism: '64' } };

  // WHEN
  const values = bitnamiValues({ config, ingress: { host: 'airflow.example.com' } });

  // THEN
  const shared = { AIRFLOW__DATABASE__SQL_ALCHEMY_SCHEMA: 'airflow', AIRFLOW__FAB__AUTH_RATE_LIMIT: '5 per 40 second' };
  expect(variables(values.extraEnvVars)).toEqual(shared);
  expect(variables(values.setupDBJob.extraEnvVars)).toMatchObject(shared);
  expect(variables(values.setupDBJob.extraEnvVars).AIRFLOW__CORE__PARALLELISM).toBeUndefined();
  expect(variables(values.web.extraEnvVars)).toMatchObject({ AIRFLOW__CORE__PARALLELISM: '64', AIRFLOW__FAB__ENABLE_PROXY_FIX: 'True' });
});

test('an option that a component has in its env is not there twice, and the others have that of config', () => {
  // GIVEN
  const config = { core: { parallelism: '64' }, database: { sql_alchemy_pool_size: '7' } };
  const env = { AIRFLOW__CORE__PARALLELISM: EnvValue.fromValue('8'), AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE: EnvValue.fromValue('1') };

  // WHEN
  const values = bitnamiValues({ config, executor: Executor.celery({ workers: { env } }) });

  // THEN
  const of = (part: string) => variables([...values.extraEnvVars, ...values[part].extraEnvVars]);
  expect(of('worker')).toMatchObject({ AIRFLOW__CORE__PARALLELISM: '8', AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE: '1' });
  for (const part of ['web', 'scheduler', 'dagProcessor', 'triggerer']) {
    expect(of(part)).toMatchObject({ AIRFLOW__CORE__PARALLELISM: '64', AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE: '7' });
  }
});

test('a variable can come from a Secret, and what looks like a template stays as it is', () => {
  // GIVEN
  const env = {
    API_TOKEN: EnvValue.fromSecretValue({ secret: { name: 'api' } as never, key: 'token' }),
    GREETING: EnvValue.fromValue('{{ name }}'),
  };

  // WHEN
  const values = bitnamiValues({ allComponents: { env } });

  // THEN
  for (const part of ['web', 'worker', 'setupDBJob']) {
    expect(variables(values[part].extraEnvVars)).toMatchObject({
      API_TOKEN: { secretKeyRef: { name: 'api', key: 'token' } },
      GREETING: '{{`{{`}} name }}',
    });
  }
});
