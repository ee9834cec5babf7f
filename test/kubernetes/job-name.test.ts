import { jobName } from '../../lib/kubernetes/job-name';

const TEMPLATE = { spec: { restartPolicy: 'OnFailure', containers: [{ name: 'a', image: 'a:1' }] } };

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

test('the longest name that a Job of an Airflow can have is a label of its pods', () => {
  // THEN
  expect(jobName(`${'a'.repeat(40)}-create-user`, TEMPLATE).length).toBeLessThanOrEqual(63);
});
