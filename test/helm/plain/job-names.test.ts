import { isJob, jobBaseName, nameBeforeHash, repeatableJob } from '../../../lib/helm/plain/job-names';
import type { Json } from '../../../lib/kubernetes/json';

const job = (name: string, spec: Json = {}): Json => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, labels: { app: 'a' } },
  spec: { template: { spec: { containers: [{ name: 'a', image: 'a:1' }] } }, ...spec },
});

test('a Job carries a hash of what it does in its name, and is all else that it was', () => {
  // WHEN
  const repeatable = repeatableJob(job('migrate'));
  // THEN
  expect(repeatable.metadata.name).toMatch(/^migrate-[0-9a-f]{8}$/);
  expect(repeatable).toEqual({ ...job('migrate'), metadata: { name: repeatable.metadata.name, labels: { app: 'a' } } });
  expect(nameBeforeHash(repeatable)).toBe('migrate');
});

test('it stays when it is done, and how long it was to stay makes no other Job of it', () => {
  // WHEN
  const repeatable = repeatableJob(job('migrate', { ttlSecondsAfterFinished: 300 }));
  // THEN
  expect(repeatable).toEqual(repeatableJob(job('migrate')));
  expect(repeatable.spec).not.toHaveProperty('ttlSecondsAfterFinished');
});

test.each([{ template: { spec: { containers: [{ name: 'a', image: 'a:2' }] } } }, { backoffLimit: 2 }, { parallelism: 3 }])(
  'with %j it is another Job',
  (spec) => {
    // THEN
    expect(repeatableJob(job('migrate', spec)).metadata.name).not.toBe(repeatableJob(job('migrate')).metadata.name);
  },
);

test('its pods have no label with its name, which the API server puts there, unless the Job selects them itself', () => {
  // GIVEN
  const spec = (isManual: boolean) => ({
    ...(isManual && { manualSelector: true }),
    template: { metadata: { labels: { app: 'a', 'job-name': 'migrate', 'batch.kubernetes.io/job-name': 'migrate' } } },
  });
  const labels = (isManual: boolean) => repeatableJob(job('migrate', spec(isManual))).spec.template.metadata.labels;

  // THEN
  expect(labels(false)).toEqual({ app: 'a' });
  expect(labels(true)).toEqual(spec(true).template.metadata.labels);
});

test('a name that is too long with the hash is cut, and still ends as a name may', () => {
  // WHEN
  const { name } = repeatableJob(job(`${'long-'.repeat(10)}abc-.de-and-more`)).metadata;
  // THEN
  expect(name).toMatch(/^(long-){9}lo-[0-9a-f]{6}-[0-9a-f]{8}$/);
  expect(repeatableJob(job('x'.repeat(63))).metadata.name).toHaveLength(63);
  expect(repeatableJob(job('x'.repeat(54))).metadata.name).toMatch(/^x{54}-[0-9a-f]{8}$/);
});

test('two names that differ behind where they are cut stay two', () => {
  // GIVEN
  const [one, other] = ['one', 'other'].map((end) => repeatableJob(job(`${'x'.repeat(54)}-${end}`)).metadata.name);

  // THEN
  expect(one).not.toBe(other);
  expect(nameBeforeHash(repeatableJob(job(`${'x'.repeat(54)}-one`)))).toBe(jobBaseName(`${'x'.repeat(54)}-one`));
});

test('of other kinds the name is the name', () => {
  // THEN
  expect(nameBeforeHash({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings-0123abcd' } })).toBe('settings-0123abcd');
  expect(isJob({ apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job' })).toBe(false);
});
