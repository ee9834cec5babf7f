import { differingPaths, pathText, stepsOfPointer, valueAt, withValueAt } from '../../lib/kubernetes/object-path';

test('a path reads as one would write it', () => {
  // THEN
  expect(pathText(['spec', 'template', 'metadata', 'annotations', 'checksum/config'])).toBe(
    'spec.template.metadata.annotations["checksum/config"]',
  );
  expect(pathText(['spec', 'containers', 0, 'env', 12, 'value'])).toBe('spec.containers[0].env[12].value');
  expect(pathText(['data', 'airflow.cfg'])).toBe('data["airflow.cfg"]');
});

test('a JSON pointer has steps, in which a slash is written in another way', () => {
  // THEN
  expect(stepsOfPointer('/spec/containers/0')).toEqual(['spec', 'containers', '0']);
  expect(stepsOfPointer('/metadata/annotations/checksum~1config~01')).toEqual(['metadata', 'annotations', 'checksum/config~1']);
  expect(stepsOfPointer('')).toEqual([]);
});

test('values differ at the deepest places', () => {
  // GIVEN
  const first = { a: 1, b: { c: [1, { d: 'x' }], e: null }, f: [1, 2], g: 'only here' };
  const second = { a: 1, b: { c: [1, { d: 'y' }], e: 0 }, f: [1], h: 'only there' };
  // THEN
  expect(differingPaths(first, second).map(pathText)).toEqual(['b.c[1].d', 'b.e', 'f', 'g', 'h']);
  expect(differingPaths(first, structuredClone(first))).toEqual([]);
  expect(differingPaths({ a: {} }, { a: [] })).toEqual([['a']]);
});

test('a value is found and replaced at the end of a path, in a copy', () => {
  // GIVEN
  const value = { a: [{ b: 1 }, { b: 2 }], c: 'text' };
  // THEN
  expect(valueAt(value, ['a', 1, 'b'])).toBe(2);
  for (const path of [['a', 2, 'b'], ['c', 'length'], ['toString'], ['c', 0]]) expect(valueAt(value, path)).toBeUndefined();
  expect(withValueAt(value, ['a', 1, 'b'], 3)).toEqual({ a: [{ b: 1 }, { b: 3 }], c: 'text' });
  expect(value.a[1].b).toBe(2);
});
