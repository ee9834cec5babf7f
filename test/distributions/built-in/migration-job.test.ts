import * as kplus from 'cdk8s-plus-27';
import { type AirflowChartProps, Credentials, Database, Executor, Requirements } from '../../../lib';
import { type SynthObjects, synthAirflow } from '../../support/synth-objects';

const DAGS = [{ url: 'https://gitlab.example.com/team/dags.git' }];
const BASE: AirflowChartProps = { ingress: { host: 'airflow.example.com' }, dags: DAGS };

test('it migrates as soon as the database answers', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.container('migrate').args).toEqual(['db', 'migrate']);
  expect(objects.pod('migrate').spec.restartPolicy).toBe('OnFailure');
  expect(Object.keys(objects.initContainers('migrate'))).toEqual(['wait-for-database']);
  expect(objects.initContainers('migrate')['wait-for-database'].command).toEqual(['python', '/etc/airflow/wait_for_database.py']);
});

test('a configuration that changes does not change the pod of a Job, which can’t be changed', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  for (const job of ['migrate', 'create-user', 'credentials']) {
    expect(JSON.stringify(objects.pod(job))).not.toContain('checksum');
  }
});

test.each<[string, AirflowChartProps, string[]]>([
  ['the version of Airflow', { airflowVersion: '3.3.1' }, ['credentials', 'migrate', 'create-user']],
  ['the image', { allComponents: { image: { tag: '3.3.2-team' } } }, ['credentials', 'migrate', 'create-user']],
  ['an option of the database', { config: { database: { sql_alchemy_pool_size: '7' } } }, ['migrate', 'create-user']],
  ['an option of FAB', { config: { fab: { auth_rate_limited: 'False' } } }, ['migrate', 'create-user']],
  ['the executor', { executor: Executor.local() }, ['credentials']],
  [
    'the Secret with the password of the database',
    { credentials: Credentials.existing({ database: { secretName: 'mine' } }) },
    ['credentials', 'migrate', 'create-user'],
  ],
  [
    'the Secret with the password of the admin user',
    { credentials: Credentials.existing({ admin: { secretName: 'mine' } }) },
    ['credentials', 'create-user'],
  ],
  ['the admin user', { admin: { email: 'ada@example.com' } }, ['create-user']],
  ['a variable', { allComponents: { env: { TZ: kplus.EnvValue.fromValue('UTC') } } }, ['migrate', 'create-user']],
  ['another option', { config: { core: { parallelism: '64' } } }, []],
  ['the address', { ingress: { host: 'other.example.com' } }, []],
  ['the path', { ingress: { host: 'airflow.example.com', path: '/airflow' } }, []],
  ['whether there is an Ingress', { ingress: undefined }, []],
  ['the branch', { dags: [{ ...DAGS[0], branch: 'develop' }] }, []],
  ['the repositories', { dags: [...DAGS, { url: 'https://gitlab.example.com/team/more.git' }] }, []],
  ['the requirements', { requirements: Requirements.fromList(['pandas']) }, ['migrate', 'create-user']],
  ['the number of workers', { executor: Executor.celery({ workers: { replicas: 4 } }) }, []],
  ['the image of a component', { executor: Executor.celery({ workers: { image: { tag: '3.3.2-gpu' } } }) }, []],
  ['the image of the database', { database: Database.builtIn({ image: { tag: '16.4' } }) }, []],
  ['the network policies', { networkPolicies: { enabled: false } }, []],
])('if %s changes, the right Jobs are new ones', (_what, change, jobs) => {
  // GIVEN
  const before = synthAirflow(BASE);

  // WHEN
  const after = synthAirflow({ ...BASE, ...change });

  // THEN
  const changed = ['credentials', 'migrate', 'create-user'].filter((job) => nameOf(after, job) !== nameOf(before, job));
  expect(changed).toEqual(jobs);
});

test('a Job with the same name has the same pod, as the API server would refuse another', () => {
  // GIVEN
  const changes: AirflowChartProps[] = [
    {},
    { admin: { email: 'a@b.c' } },
    { allComponents: { labels: { a: 'b' } } },
    { airflowVersion: '3.1.0' },
  ];

  // WHEN
  const jobs = changes.flatMap((props) => synthAirflow(props).ofKind('Job'));

  // THEN
  const templates = new Map<string, Set<string>>();
  for (const { metadata, spec } of jobs) {
    templates.set(metadata.name, (templates.get(metadata.name) ?? new Set()).add(JSON.stringify(spec.template)));
  }
  for (const [name, versions] of templates) expect([name, versions.size]).toEqual([name, 1]);
  expect(templates.size).toBe(3 + 1 + 3 + 3);
});

function nameOf(objects: SynthObjects, job: string): string {
  return objects.workload(job).metadata.name;
}
