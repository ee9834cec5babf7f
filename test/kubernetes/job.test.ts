import { App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { addJob, jobName } from '../../lib/kubernetes/job';

const TEMPLATE = { spec: { restartPolicy: 'OnFailure', containers: [{ name: 'a', image: 'a:1' }] } };

test('a Job has its pod template, labels and a name with a hash', () => {
  // GIVEN
  const chart = new Chart(new App(), 'chart', { namespace: 'jobs' });

  // WHEN
  addJob(chart, { name: 'migrate', labels: { team: 'data' }, podTemplate: TEMPLATE });

  // THEN
  const [job] = Testing.synth(chart);
  expect(job).toMatchObject({ apiVersion: 'batch/v1', kind: 'Job', metadata: { namespace: 'jobs', labels: { team: 'data' } } });
  expect(job.metadata.name).toMatch(/^migrate-[0-9a-f]{8}$/);
  expect(job.spec.template).toEqual(TEMPLATE);
});

test('a Job stays when it is done, as one that is gone would be made and run again', () => {
  // GIVEN
  const chart = new Chart(new App(), 'chart');

  // WHEN
  addJob(chart, { name: 'migrate', labels: {}, podTemplate: TEMPLATE });

  // THEN
  const [job] = Testing.synth(chart);
  expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  expect(job.spec.backoffLimit).toBeGreaterThan(6);
});

test('the name follows what the Job does', () => {
  // GIVEN
  const name = jobName('migrate', TEMPLATE);

  // WHEN
  const again = jobName('migrate', structuredClone(TEMPLATE));
  const reordered = jobName('migrate', { spec: { containers: [{ image: 'a:1', name: 'a' }], restartPolicy: 'OnFailure' } });
  const otherImage = jobName('migrate', { spec: { restartPolicy: 'OnFailure', containers: [{ name: 'a', image: 'a:2' }] } });
  const otherOptions = jobName('migrate', TEMPLATE, { database: { option: '1' } });

  // THEN
  expect(again).toBe(name);
  expect(reordered).toBe(name);
  expect(new Set([name, otherImage, otherOptions]).size).toBe(3);
});

test('a patch of what the Job does gives it another name, and one of anything else does not', () => {
  // GIVEN
  const chart = new Chart(new App(), 'chart');
  const [plain, patched, suspended] = ['plain', 'patched', 'suspended'].map((id) =>
    addJob(new Construct(chart, id), { name: 'migrate', labels: {}, podTemplate: TEMPLATE }),
  );

  // WHEN
  patched.addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/image', 'a:2'));
  suspended.addJsonPatch(JsonPatch.add('/spec/suspend', true));

  // THEN
  const image2 = { spec: { ...TEMPLATE.spec, containers: [{ name: 'a', image: 'a:2' }] } };
  expect([plain, patched, suspended].map((job) => job.toJson().metadata.name)).toEqual([
    jobName('migrate', TEMPLATE),
    jobName('migrate', image2),
    jobName('migrate', TEMPLATE),
  ]);
});

test('a name that is patched stays', () => {
  // GIVEN
  const job = addJob(new Chart(new App(), 'chart'), { name: 'migrate', labels: {}, podTemplate: TEMPLATE });

  // WHEN
  job.addJsonPatch(JsonPatch.replace('/metadata/name', 'mine'));

  // THEN
  expect(job.toJson().metadata.name).toBe('mine');
});

test('the longest name that a Job of an Airflow can have is a label of its pods', () => {
  // THEN
  expect(jobName(`${'a'.repeat(40)}-create-user`, TEMPLATE).length).toBeLessThanOrEqual(63);
});
