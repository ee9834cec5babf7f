import { exponentWarnings } from '../../../lib/helm/plain/exponents';

const object = (data: object) => ({ manifest: { kind: 'ConfigMap', metadata: { name: 'a' }, data }, baseName: 'a', source: 'a' });

test('a whole number that helm writes with an exponent is told, with what would do', () => {
  // GIVEN
  const objects = [object({ flags: '--max-bytes=1.23456789e+08', ttl: '2.592e+06', version: '1e+07' })];

  // THEN
  expect(exponentWarnings(objects, { limits: [{ bytes: 123456789 }], ttl: 2592000, port: 8080 })).toEqual([
    'ConfigMap/a: data.flags has 1.23456789e+08, which is how helm writes values.limits[0].bytes, 123456789; expected it as text: "123456789"',
    'ConfigMap/a: data.ttl has 2.592e+06, which is how helm writes values.ttl, 2592000; expected it as text: "2592000"',
  ]);
});

test('nothing is told of values that are texts, small, or not there', () => {
  expect(exponentWarnings([object({ a: '1e+06 1.5e+07' })], { a: '1000000', b: 999999, c: 1.5 })).toEqual([]);
  expect(exponentWarnings([object({ a: '1e+06' })], undefined)).toEqual([]);
});
