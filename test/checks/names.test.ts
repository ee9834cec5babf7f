import { checkNames } from '../../lib/checks/names';
import { problemsOf } from './support';

const named = (kind: string, name: string, namespace?: string) => ({ apiVersion: 'example.com/v1', kind, metadata: { name, namespace } });

test.each([
  ['ConfigMap', 'a.b-1'],
  ['ConfigMap', 'a'.repeat(253)],
  ['Namespace', 'a'.repeat(63)],
  ['Service', 'a-1'],
  ['StatefulSet', 'a'.repeat(52)],
  ['CronJob', 'a'.repeat(52)],
  ['Job', 'a'.repeat(63)],
  ['Role', 'system:Anything'],
  ['Unheard', 'a.b'],
])('%s/%s is a good name', (kind, name) => {
  // WHEN
  const problems = problemsOf(checkNames, [named(kind, name)]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  ['ConfigMap', 'A'],
  ['ConfigMap', 'a_b'],
  ['ConfigMap', 'a'.repeat(254)],
  ['Namespace', 'a.b'],
  ['Service', '1a'],
  ['Service', 'a.b'],
  ['Service', 'a'.repeat(64)],
  ['StatefulSet', 'a'.repeat(53)],
  ['StatefulSet', 'a.b'],
  ['CronJob', 'a'.repeat(53)],
  ['Job', 'a'.repeat(64)],
  ['Role', 'a/b'],
  ['ClusterRoleBinding', '..'],
  ['Unheard', 'a b'],
])('%s/%s is a bad name', (kind, name) => {
  // WHEN
  const problems = problemsOf(checkNames, [named(kind, name)]);
  // THEN
  expect(problems).toEqual([`${kind}/${name}: "${name}" can't be the name of a ${kind}`]);
});

test('a namespace has to be a DNS label', () => {
  // WHEN
  const problems = problemsOf(checkNames, [named('ConfigMap', 'a', 'Wrong.Namespace')]);
  // THEN
  expect(problems).toEqual(['ConfigMap/a: "Wrong.Namespace" can\'t be a namespace']);
});
