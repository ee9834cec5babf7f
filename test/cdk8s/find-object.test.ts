import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { addJob } from '../../lib/cdk8s/add-job';
import { attachPodPart } from '../../lib/cdk8s/attach-pod-part';
import { findObject, patchObject } from '../../lib/cdk8s/find-object';
import { PropValidator } from '../../lib/validation/prop-validator';

const TEMPLATE = { spec: { restartPolicy: 'Never', containers: [{ name: 'own', image: 'own:1' }] } };

let chart: Chart;
let validator: PropValidator;

beforeEach(() => {
  chart = new Chart(new App(), 'chart');
  validator = new PropValidator(chart);
  new ApiObject(chart, 'first', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template: TEMPLATE } });
  addJob(chart, { name: 'migrate', labels: {}, podTemplate: TEMPLATE });
});

const patch = (kind: string, name: string, ...patches: JsonPatch[]) => patchObject(chart, validator, kind, name, patches);

test('an object is found by its kind and name, a Job without its hash too', () => {
  // THEN
  expect(findObject(chart, 'Deployment', 'web').node.id).toBe('first');
  const job = findObject(chart, 'Job', 'migrate');
  expect(findObject(chart, 'Job', job.name)).toBe(job);
});

test.each([
  ['Deployment', 'first', '[chart] no Deployment is called first; there is: web'],
  ['Service', 'web', '[chart] no Service is called web; there is: none'],
])('%s/%s is not there: an error that lists what is', (kind, name, message) => {
  expect(() => findObject(chart, kind, name)).toThrow(message);
});

test('what is found can be patched', () => {
  // WHEN
  patch('Deployment', 'web', JsonPatch.add('/spec/replicas', 2), JsonPatch.replace('/spec/replicas', 3));

  // THEN
  expect(Testing.synth(chart)[0].spec.replicas).toBe(3);
});

test('all that hits nothing is told together', () => {
  // WHEN
  patch('Deployment', 'web', JsonPatch.replace('/spec/replcas', 2), JsonPatch.remove('/spec/templte'));
  patch('Job', 'migrate', JsonPatch.replace('/spec/backofLimit', 2));
  patch('Deployment', 'other', JsonPatch.add('/spec/replicas', 2));

  // THEN
  expect(() => Testing.synth(chart)).toThrow(
    [
      'Validation failed with the following errors:',
      '  [chart] patch: no Deployment is called other; there is: web',
      '  [chart] patch: Deployment/web: replace /spec/replcas: /spec/replcas is not there',
      '  [chart] patch: Deployment/web: remove /spec/templte: /spec/templte is not there; did you mean "template"?',
      '  [chart] patch: Job/migrate: replace /spec/backofLimit: /spec/backofLimit is not there; did you mean "backoffLimit"?',
    ].join('\n'),
  );
});

test('what is attached later can be patched', () => {
  // WHEN
  patch('Deployment', 'web', JsonPatch.replace('/spec/template/spec/containers/0/env/0/value', '2'));
  attachPodPart(findObject(chart, 'Deployment', 'web'), { env: [{ name: 'A', value: '1' }] });

  // THEN
  expect(Testing.synth(chart)[0].spec.template.spec.containers[0].env).toEqual([{ name: 'A', value: '2' }]);
});

test('a Job that is patched is another Job', () => {
  // GIVEN
  const [, before] = Testing.synth(chart);

  // WHEN
  patch('Job', 'migrate', JsonPatch.replace('/spec/template/spec/containers/0/image', 'own:2'));

  // THEN
  const [, after] = Testing.synth(chart);
  expect(after.metadata.name).toMatch(/^migrate-[0-9a-f]{8}$/);
  expect(after.metadata.name).not.toBe(before.metadata.name);
});
