import { checkLabels } from '../../lib/checks/labels';
import { configMap, deployment, LABELS, problemsOf } from './support';

const withMetadata = (metadata: object) => ({ ...configMap('a', {}), metadata: { name: 'a', ...metadata } });

test('what Kubernetes takes passes', () => {
  // GIVEN
  const labels = { 'app.kubernetes.io/name': 'airflow', empty: '', 'A_b.c-1': 'A_b.c-1' };
  const annotations = { 'example.com/any': 'Anything: at all', 'Example.COM/Any': '' };
  // WHEN
  const problems = problemsOf(checkLabels, [withMetadata({ labels, annotations }), deployment()]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  [{ labels: { 'a b': 'c' } }, '"a b" can\'t be the name of a label'],
  [{ labels: { 'a/b/c': 'd' } }, '"a/b/c" can\'t be the name of a label'],
  [{ labels: { a: 'b c' } }, '"b c" can\'t be the value of the label "a"'],
  [{ labels: { a: 'x'.repeat(64) } }, 'can\'t be the value of the label "a"'],
  [{ labels: { a: 5 } }, '5 can\'t be the value of the label "a"'],
  [{ annotations: { 'a b': 'c' } }, '"a b" can\'t be the name of an annotation'],
  [{ annotations: { a: true } }, 'the annotation "a" is a boolean'],
  [{ annotations: { a: 'x'.repeat(262143), b: 'ä' } }, 'its annotations have 262147 bytes'],
])('%.60j is told', (metadata, expected) => {
  // WHEN
  const problems = problemsOf(checkLabels, [withMetadata(metadata)]);
  // THEN
  expect(problems).toEqual([expect.stringContaining(expected)]);
});

test('annotations may have 256 KiB together', () => {
  // WHEN
  const problems = problemsOf(checkLabels, [withMetadata({ annotations: { a: 'x'.repeat(256 * 1024 - 1) } })]);
  // THEN
  expect(problems).toEqual([]);
});

test('the metadata of pod templates are looked at too', () => {
  // GIVEN
  const object = deployment();
  object.spec.template.metadata = { labels: { ...LABELS, 'a b': 'c' }, annotations: { d: 1 } };
  // WHEN
  const problems = problemsOf(checkLabels, [object]);
  // THEN
  expect(problems).toEqual([
    'Deployment/web: "a b" can\'t be the name of a label of the pod template',
    'Deployment/web: the annotation "d" of the pod template is a number',
  ]);
});

test.each([[{ matchLabels: { app: 'other' } }], [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }], [{}], [undefined]])(
  'a workload with the selector %j does not select its own pods',
  (selector) => {
    // GIVEN
    const object = deployment();
    object.spec.selector = selector;
    // WHEN
    const problems = problemsOf(checkLabels, [object]);
    // THEN
    expect(problems).toEqual([`Deployment/web: its selector ${JSON.stringify(selector ?? {})} does not select its own pods`]);
  },
);

test('a Job needs no selector', () => {
  // GIVEN
  const { template } = deployment().spec;
  // WHEN
  const problems = problemsOf(checkLabels, [{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: { template } }]);
  // THEN
  expect(problems).toEqual([]);
});
