import { Broker, Credentials, Executor } from '../../../lib';
import { officialErrors } from './release';

const CREDENTIALS = 'credentials: Credentials.existing';

test.each<[string, string]>([
  ['useStandardNaming', 'the prop name'],
  ['airflowVersion', 'the prop airflowVersion'],
  ['executor', 'the prop executor'],
  ['fernetKey', CREDENTIALS],
  ['fernetKeySecretName', CREDENTIALS],
  ['apiSecretKey', CREDENTIALS],
  ['webserverSecretKeySecretName', CREDENTIALS],
  ['jwtSecretName', CREDENTIALS],
  ['redis.password', CREDENTIALS],
  ['createUserJob.defaultUser', 'the prop admin'],
  ['migrateDatabaseJob.useHelmHooks', 'the option delivery'],
  ['ports.apiServer', 'nothing: the deployment rests on it'],
])('the value %s can’t be set: use %s', (path, instead) => {
  // GIVEN
  const values = path.split('.').reduceRight<object>((value, key) => ({ [key]: value }), 'given' as unknown as object);

  // WHEN
  const errors = officialErrors({}, { values: values as { [key: string]: object } });

  // THEN
  expect(errors).toEqual([expect.stringContaining(`distribution.values.${path}: the library sets this value; use ${instead}`)]);
  expect(errors.join()).not.toContain('given');
});

test.each(['tier', 'component', 'release', 'chart', 'heritage', 'executor', 'worker-set'])('the label %s is the chart’s', (label) => {
  expect(officialErrors({ executor: Executor.celery({ workers: { labels: { [label]: 'data' } } }) })).toEqual([
    expect.stringContaining(`executor.workers.labels["${label}"]: "data" given; the official chart has this label; expected another name`),
  ]);
});

test('a broker of the user’s has no props, and its password is not the library’s', () => {
  // GIVEN
  const values = { redis: { enabled: false }, data: { brokerUrlSecretName: 'mine' } };
  const props = {
    executor: Executor.celery({ broker: Broker.builtIn({ storageSize: '2Gi' }) }),
    credentials: Credentials.existing({ broker: { secretName: 'other' } }),
  };

  // THEN
  expect(officialErrors(props, { values })).toEqual([
    expect.stringContaining('executor.broker: values say redis.enabled: false, so none is made; leave it out'),
    expect.stringContaining('credentials.broker: values say redis.enabled: false, so none is made; leave it out'),
  ]);
});

test('what is wrong whatever Airflow is deployed from is an error here too', () => {
  expect(officialErrors({ executor: Executor.celery({ workers: { concurrency: 0 } }), scheduler: { replicas: 0 } })).toEqual([
    expect.stringContaining('scheduler.replicas: 0 given; expected a whole number of 1 or more'),
    expect.stringContaining('executor.workers.concurrency: 0 given; expected a whole number of 1 or more'),
  ]);
});
