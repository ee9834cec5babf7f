import { withRepeatableJobs } from '../../../lib/helm/plain/job-references';
import type { Json } from '../../../lib/kubernetes/json';

const document = (kind: string, name: string, rest: Json = {}, namespace: string | undefined = 'data') => ({
  manifest: { apiVersion: kind === 'Job' ? 'batch/v1' : 'v1', kind, metadata: { name, ...(namespace && { namespace }) }, ...rest },
  source: 'chart/templates/a.yaml',
});
const pod = (container: Json) => ({ spec: { template: { spec: { containers: [{ name: 'main', image: 'a:1', ...container }] } } } });
const migrate = document('Job', 'rel-migrate', pod({ command: ['migrate'] }));

function make(...documents: ReturnType<typeof document>[]) {
  const [job, ...others] = withRepeatableJobs([migrate, ...documents]).map(({ manifest }) => manifest);
  return { name: job.metadata.name as string, others };
}

const containerOf = (manifest: Json) => manifest.spec.template.spec.containers[0];

test.each<[string, Json, (name: string) => Json]>([
  [
    'a word',
    { args: ['wait', '--for=condition=complete', 'job/rel-migrate'] },
    (name) => ({ args: ['wait', '--for=condition=complete', `job/${name}`] }),
  ],
  ['a line', { args: ['kubectl wait jobs.batch/rel-migrate && run'] }, (name) => ({ args: [`kubectl wait jobs.batch/${name} && run`] })],
  ['words of a line', { args: ['wait_for.sh job-wr rel-migrate;'] }, (name) => ({ args: [`wait_for.sh job-wr ${name};`] })],
  ['words', { args: ['job', 'rel-migrate'] }, (name) => ({ args: ['job', name] })],
  [
    'words with a flag',
    { command: ['kubectl', 'wait', 'job', '--timeout=1m', 'rel-migrate'] },
    (name) => ({ command: ['kubectl', 'wait', 'job', '--timeout=1m', name] }),
  ],
  [
    'words with a flag and its value',
    { command: ['kubectl', 'get', 'job', '-n', 'data', 'rel-migrate'] },
    (name) => ({ command: ['kubectl', 'get', 'job', '-n', 'data', name] }),
  ],
  [
    'words of a line with flags',
    { args: ['kubectl wait job -n data --timeout=1m -w rel-migrate'] },
    (name) => ({ args: [`kubectl wait job -n data --timeout=1m -w ${name}`] }),
  ],
  ['a flag', { args: ['--job-name=rel-migrate', '--job', 'rel-migrate'] }, (name) => ({ args: [`--job-name=${name}`, '--job', name] })],
  ['a selector', { args: ['kubectl logs -l job-name=rel-migrate'] }, (name) => ({ args: [`kubectl logs -l job-name=${name}`] })],
  ['a variable of a shell', { args: ['JOB="rel-migrate"\nrun $JOB'] }, (name) => ({ args: [`JOB="${name}"\nrun $JOB`] })],
  [
    'a variable with a command',
    { env: [{ name: 'JOB', value: 'job/rel-migrate' }] },
    (name) => ({ env: [{ name: 'JOB', value: `job/${name}` }] }),
  ],
  ['a variable', { env: [{ name: 'JOB_NAME', value: 'rel-migrate' }] }, (name) => ({ env: [{ name: 'JOB_NAME', value: name }] })],
])('%s of a command that names a Job follows it', (_, container, expected) => {
  // WHEN
  const { name, others } = make(document('Deployment', 'web', pod(container)));

  // THEN
  expect(name).toMatch(/^rel-migrate-[0-9a-f]{8}$/);
  expect(containerOf(others[0])).toMatchObject(expected(name));
});

test('several Jobs behind one kind are followed, in whatever order', () => {
  // GIVEN
  const seed = document('Job', 'rel-seed', pod({ command: ['seed'] }));
  const wait = (names: string) =>
    document('Pod', 'wait', pod({ args: [`kubectl wait --for=condition=complete jobs ${names} -n data && run`] }));

  // WHEN
  const { name, others } = make(seed, wait('rel-seed rel-migrate'), wait('rel-migrate rel-seed'));

  // THEN
  const [{ metadata }, ...waits] = others;
  const texts = waits.map((each) => containerOf(each).args[0]);
  expect(texts[0]).toContain(`jobs ${metadata.name} ${name} -n data`);
  expect(texts[1]).toContain(`jobs ${name} ${metadata.name} -n data`);
});

test('a script, and a Role that names it, follow it', () => {
  // GIVEN
  const rules = [
    { apiGroups: ['batch'], resources: ['jobs', 'jobs/status'], resourceNames: ['rel-migrate', 'other'], verbs: ['get'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['rel-migrate'], verbs: ['get'] },
    { apiGroups: ['*'], resources: ['*'], resourceNames: ['rel-migrate'], verbs: ['get'] },
  ];
  const { name, others } = make(
    document('ConfigMap', 'scripts', { data: { 'wait.sh': 'kubectl wait\\\n  job/rel-migrate\n' } }),
    document('Role', 'waiter', { rules }),
    document('ClusterRole', 'waiter', { rules }, ''),
  );

  // THEN
  expect(others[0].data['wait.sh']).toBe(`kubectl wait\\\n  job/${name}\n`);
  for (const role of others.slice(1))
    expect(role.rules.map(({ resourceNames }: Json) => resourceNames)).toEqual([[name, 'other'], ['rel-migrate'], ['rel-migrate', name]]);
});

test('selectors of its pods, rules for its metrics and objects that point to it follow it', () => {
  // GIVEN
  const selectors = (name: string): Json => ({
    spec: {
      podSelector: { matchLabels: { 'job-name': name, app: 'rel-migrate' } },
      selector: { matchExpressions: [{ key: 'batch.kubernetes.io/job-name', operator: 'In', values: [name, 'other'] }] },
      targetRef: { apiVersion: 'batch/v1', kind: 'Job', name },
      otherRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'rel-migrate' },
      expr: `kube_job_status_failed{job_name="${name}", job="rel-migrate"} > 0`,
    },
  });

  // WHEN
  const { name, others } = make(document('Widget', 'web', selectors('rel-migrate')));

  // THEN
  expect(others[0]).toMatchObject(selectors(name));
});

test('a Job that names another follows it, and is another Job with it', () => {
  // GIVEN
  const waiting = document('Job', 'rel-seed', pod({ args: ['job/rel-migrate'] }));
  const changed = document('Job', 'rel-migrate', pod({ command: ['migrate', '--all'] }));

  // WHEN
  const [first, second] = [migrate, changed].map((job) => withRepeatableJobs([waiting, job]).map(({ manifest }) => manifest));

  // THEN
  for (const [seed, job] of [first, second]) expect(containerOf(seed).args).toEqual([`job/${job.metadata.name}`]);
  expect(first[0].metadata.name).not.toBe(second[0].metadata.name);
});

test('Jobs that name each other do not make an endless loop', () => {
  // GIVEN
  const jobs = [document('Job', 'a', pod({ args: ['job/b'] })), document('Job', 'b', pod({ args: ['job/a'] }))];

  // THEN
  expect(withRepeatableJobs(jobs).map(({ manifest }) => manifest.metadata.name)).toEqual([
    expect.stringMatching(/^a-[0-9a-f]{8}$/),
    expect.stringMatching(/^b-[0-9a-f]{8}$/),
  ]);
});

test.each<[string, ReturnType<typeof document>]>([
  ['of another namespace', document('Deployment', 'web', pod({ args: ['job/rel-migrate'] }), 'elsewhere')],
  [
    'of which the name is a part',
    document('Deployment', 'web', pod({ args: ['job/rel-migrate-2', 'job/my-rel-migrate', 'job/rel-migrate.x'] })),
  ],
  ['of another kind', document('Deployment', 'web', pod({ args: ['service/rel-migrate', 'cronjob/rel-migrate'] }))],
])('what names something %s stays', (_, other) => {
  expect(make(other).others).toEqual([other.manifest]);
});
