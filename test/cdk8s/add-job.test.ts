import { App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { addJob } from '../../lib/cdk8s/add-job';
import { attachPodPart } from '../../lib/cdk8s/attach-pod-part';
import { jobName } from '../../lib/kubernetes/job-name';

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

test('a patch of what else can not change in a Job gives it another name', () => {
  // GIVEN
  const chart = new Chart(new App(), 'chart');
  const job = addJob(chart, { name: 'migrate', labels: {}, podTemplate: TEMPLATE });

  // WHEN
  job.addJsonPatch(JsonPatch.add('/spec/completions', 1));

  // THEN
  expect(job.toJson().metadata.name).not.toBe(jobName('migrate', TEMPLATE));
});

test('what is attached to it gives it another name, as a patch of the same would', () => {
  // GIVEN
  const chart = new Chart(new App(), 'chart');
  const [attached, patched] = ['attached', 'patched'].map((id) =>
    addJob(new Construct(chart, id), { name: 'migrate', labels: {}, podTemplate: TEMPLATE }),
  );

  // WHEN
  attachPodPart(attached, { env: [{ name: 'A', value: '1' }] });
  patched.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/env', [{ name: 'A', value: '1' }]));

  // THEN
  expect(attached.toJson()).toEqual(patched.toJson());
  expect(attached.toJson().metadata.name).not.toBe(jobName('migrate', TEMPLATE));
});

test('a name that is patched stays', () => {
  // GIVEN
  const job = addJob(new Chart(new App(), 'chart'), { name: 'migrate', labels: {}, podTemplate: TEMPLATE });

  // WHEN
  job.addJsonPatch(JsonPatch.replace('/metadata/name', 'mine'));

  // THEN
  expect(job.toJson().metadata.name).toBe('mine');
});
