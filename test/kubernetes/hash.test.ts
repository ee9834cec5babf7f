import { hashOf } from '../../lib/kubernetes/hash';

test('a digest is SHA-256 of the JSON with sorted keys, in hexadecimal digits', () => {
  // GIVEN
  const value = { b: 1, a: 'x' };

  // THEN
  expect(hashOf(value)).toBe('cdab067e9f3beb32d1252cfd63e492592fecbf591b0d08cadb24bb17f3864246');
});

test('the order of keys makes no difference, at whatever depth', () => {
  // GIVEN
  const one = { a: 1, b: { c: [{ d: 1, e: 2 }], f: null } };
  const other = { b: { f: null, c: [{ e: 2, d: 1 }] }, a: 1 };

  // THEN
  expect(hashOf(one)).toBe(hashOf(other));
});

test.each<[unknown, unknown]>([
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { a: '1' }],
  [{ a: 1 }, { b: 1 }],
  [{ a: null }, {}],
  [
    [1, 2],
    [2, 1],
  ],
  [{ a: {} }, { a: [] }],
  ['', null],
])('%j and %j differ', (one, other) => {
  // THEN
  expect(hashOf(one)).not.toBe(hashOf(other));
});

test('what is undefined is not there, as in a manifest', () => {
  // THEN
  expect(hashOf({ a: 1, b: undefined })).toBe(hashOf({ a: 1 }));
});
