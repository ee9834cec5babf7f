import { type AirflowChartProps, Credentials, Executor } from '../../../lib';
import { OLDEST, type Options, officialErrors, officialRelease } from './release';

const AIRFLOW_2: AirflowChartProps = { airflowVersion: '2.11.0' };

/** What the Job that makes Secrets is told. */
function credentialsJob(props: AirflowChartProps = {}, options: Options = {}) {
  const args: string[] = officialRelease(props, options).objects.container('credentials').args;
  return {
    generated: args.filter((arg) => !arg.startsWith('{')).map((arg) => arg.split(' ')[0]),
    derived: Object.fromEntries(
      args
        .filter((arg) => arg.startsWith('{'))
        .map((arg) => JSON.parse(arg))
        .map(({ name, data }) => [name, data]),
    ),
  };
}

const values = (props: AirflowChartProps = {}, options: Options = {}) => officialRelease(props, options).values;

test('Secrets are made in the form that the chart reads, and only named in the values', () => {
  // THEN
  expect(values()).toMatchObject({
    fernetKeySecretName: 'airflow-fernet-key',
    apiSecretKeySecretName: 'airflow-api-secret-key',
    jwtSecretName: 'airflow-jwt-secret',
    data: { metadataSecretName: 'airflow-metadata', brokerUrlSecretName: 'airflow-broker-url' },
    redis: { passwordSecretName: 'airflow-broker' },
  });
  expect(credentialsJob()).toEqual({
    generated: [
      'airflow-fernet-key',
      'airflow-api-secret-key',
      'airflow-jwt-secret',
      'airflow-database',
      'airflow-broker',
      'airflow-admin',
    ],
    derived: {
      'airflow-metadata': {
        connection: {
          url: 'postgresql://airflow:{database}@airflow-postgresql:5432/airflow',
          parts: { database: { name: 'airflow-database', key: 'password' } },
        },
      },
      'airflow-broker-url': {
        connection: { url: 'redis://:{broker}@airflow-redis:6379/0', parts: { broker: { name: 'airflow-broker', key: 'password' } } },
      },
    },
  });
});

test('a Secret of the user’s with another key is copied, and one with the chart’s key is not', () => {
  // GIVEN
  const mine = (key: string) => ({ secretName: 'mine', key });

  // WHEN
  const props = (keys: string[]) => {
    const [fernetKey, apiSecretKey, jwtSecret, broker] = keys.map(mine);
    return { credentials: Credentials.existing({ fernetKey, apiSecretKey, jwtSecret, broker }) };
  };
  const same = props(['fernet-key', 'api-secret-key', 'jwt-secret', 'password']);
  const other = props(['a', 'b', 'c', 'd']);

  // THEN
  expect(values(same)).toMatchObject({ fernetKeySecretName: 'mine', apiSecretKeySecretName: 'mine', jwtSecretName: 'mine' });
  expect(values(same).redis.passwordSecretName).toBe('mine');
  expect(Object.keys(credentialsJob(same).derived)).toEqual(['airflow-metadata', 'airflow-broker-url']);
  expect(values(other)).toMatchObject({
    fernetKeySecretName: 'airflow-chart-fernet-key',
    apiSecretKeySecretName: 'airflow-chart-api-secret-key',
    jwtSecretName: 'airflow-chart-jwt-secret',
    redis: { passwordSecretName: 'airflow-chart-broker' },
  });
  expect(credentialsJob(other).derived).toMatchObject({
    'airflow-chart-fernet-key': { 'fernet-key': { name: 'mine', key: 'a' } },
    'airflow-chart-api-secret-key': { 'api-secret-key': { name: 'mine', key: 'b' } },
    'airflow-chart-jwt-secret': { 'jwt-secret': { name: 'mine', key: 'c' } },
    'airflow-chart-broker': { password: { name: 'mine', key: 'd' } },
    'airflow-broker-url': { connection: { parts: { broker: { name: 'mine', key: 'd' } } } },
  });
});

test.each<[string, AirflowChartProps, Options]>([
  ['Airflow 2', AIRFLOW_2, {}],
  ['a chart before 1.19.0', {}, OLDEST],
])('with %s the key of the API server is that of the webserver', (_name, props, options) => {
  // THEN
  expect(values(props, options).webserverSecretKeySecretName).toBe('airflow-webserver-secret-key');
  expect(values(props, options)).not.toHaveProperty('apiSecretKeySecretName');
  expect(credentialsJob(props, options).derived['airflow-webserver-secret-key']).toEqual({
    'webserver-secret-key': { name: 'airflow-api-secret-key', key: 'api-secret-key' },
  });
});

test('Airflow 2 knows no key for tokens', () => {
  // GIVEN
  const jwtSecret = { secretName: 'mine' };

  // THEN
  expect(values(AIRFLOW_2)).not.toHaveProperty('jwtSecretName');
  expect(credentialsJob(AIRFLOW_2).generated).not.toContain('airflow-jwt-secret');
  expect(officialErrors({ ...AIRFLOW_2, credentials: Credentials.existing({ jwtSecret }) })).toEqual([
    expect.stringContaining('credentials.jwtSecret: Airflow 2 has no such secret; leave it out'),
  ]);
});

test('under LocalExecutor the chart makes no Secret for a broker either', () => {
  // GIVEN
  const props = { executor: Executor.local() };

  // THEN
  expect(values(props)).toMatchObject({ redis: { enabled: false }, data: { brokerUrlSecretName: 'airflow-broker-url' } });
  expect(Object.keys(credentialsJob(props).derived)).toEqual(['airflow-metadata']);
  expect(credentialsJob(props).generated).not.toContain('airflow-broker');
});

test('a database or a broker of the user’s needs nothing made', () => {
  // GIVEN
  const database = { values: { data: { metadataSecretName: 'my-database' } } };
  const broker = { values: { redis: { enabled: false }, data: { brokerUrlSecretName: 'my-broker' } } };

  // THEN
  expect(values({}, database).data).toEqual({ metadataSecretName: 'my-database', brokerUrlSecretName: 'airflow-broker-url' });
  expect(credentialsJob({}, database).generated).not.toContain('airflow-database');
  expect(Object.keys(credentialsJob({}, database).derived)).toEqual(['airflow-broker-url']);
  expect(values({}, broker).data).toEqual({ metadataSecretName: 'airflow-metadata', brokerUrlSecretName: 'my-broker' });
  expect(values({}, broker).redis).toEqual({ enabled: false });
  expect(credentialsJob({}, broker).generated).not.toContain('airflow-broker');
  expect(Object.keys(credentialsJob({}, broker).derived)).toEqual(['airflow-metadata']);
});

test('no value is secret', () => {
  // WHEN
  const secretNames = /"[^"]*(password|secret|token|key|credential|connection|url)[^"]*":"([^"]*)"/gi;
  const found = [...JSON.stringify(values({ ingress: { host: 'airflow.example.com' } })).matchAll(secretNames)].map(([entry]) => entry);

  // THEN
  const harmless = /"(\w*SecretName|base_url|execution_api_server_url|key)":/;
  expect(found.filter((entry) => !harmless.test(entry))).toEqual([]);
  expect(found.length).toBeGreaterThan(5);
});
