import { call, fields, isFields, joined, Name, namesIn } from '../../../cli/import/expression';

test('maps are joined, lists put behind one another, and of anything else the latter counts', () => {
  expect(joined({ a: { b: 1, c: [1] }, d: 'x' }, { a: { c: [2], e: true }, d: 'y' })).toEqual({ a: { b: 1, c: [1, 2], e: true }, d: 'y' });
  expect(joined({ a: call('Logs.pods') }, { a: call('Logs.volume', 'claim') })).toEqual({ a: call('Logs.volume', 'claim') });
  expect(joined(undefined, { a: 1 })).toEqual({ a: 1 });
});

test('fields that are undefined are left out, and there are none where none is left', () => {
  expect(fields({ a: 1, b: undefined, c: false })).toEqual({ a: 1, c: false });
  expect(fields({ a: undefined })).toBeUndefined();
});

test('calls, names and lists are no fields', () => {
  expect([call('A.b'), new Name('a'), [], null, 'a'].filter(isFields)).toEqual([]);
  expect(isFields({})).toBe(true);
});

test('all names in a value are found', () => {
  const value = { a: call('Executor.celery', { broker: call('Broker.builtIn') }), b: [new Name('TlsMode.REQUIRE')], c: 'text' };
  expect(namesIn(value)).toEqual(['Executor.celery', 'Broker.builtIn', 'TlsMode.REQUIRE']);
});
