import { checkData } from '../../lib/checks/data';
import { configMap, problemsOf } from './support';

test('good keys and strings up to 1 MiB pass', () => {
  // WHEN
  const problems = problemsOf(checkData, [configMap('a', { 'airflow.cfg': 'x'.repeat(1024 * 1024), _: '' }), configMap('b', undefined)]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  [{ 'a/b': 'c' }, '"a/b" can\'t be a key'],
  [{ '..a': 'c' }, '"..a" can\'t be a key'],
  [{ '.': 'c' }, '"." can\'t be a key'],
  [{ port: 8080 }, 'the value of "port" is a number'],
  [{ a: 'x'.repeat(1024 * 1024), b: 'ä' }, 'its data have 1048578 bytes'],
])('%.40j is told', (data, expected) => {
  // WHEN
  const problems = problemsOf(checkData, [configMap('a', data)]);
  // THEN
  expect(problems).toEqual([`ConfigMap/a: ${expected}`]);
});

test('other kinds may have what they like under data', () => {
  // WHEN
  const problems = problemsOf(checkData, [{ apiVersion: 'example.com/v1', kind: 'Other', metadata: { name: 'a' }, data: { 'a b': 1 } }]);
  // THEN
  expect(problems).toEqual([]);
});

test('binary data count, and Secrets too', () => {
  // GIVEN
  const half = 'x'.repeat(600 * 1024);
  const objects = [
    { ...configMap('a', { text: half }), binaryData: { binary: half } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b' }, stringData: { 'a b': 'c' } },
  ];
  // WHEN
  const problems = problemsOf(checkData, objects);
  // THEN
  expect(problems).toEqual(['ConfigMap/a: its data have 1228800 bytes', 'Secret/b: "a b" can\'t be a key']);
});
