import { patternProperties, withChoices } from '../../../lib/helm/values/json-schema';
import type { Json } from '../../../lib/kubernetes/json';

const part = (schema: Json, definitions: Json = {}) => ({ schema, root: { definitions }, ofParent: false });
const keysOf = (schema: Json, definitions?: Json) =>
  withChoices(part(schema, definitions)).flatMap((each) => Object.keys(each.schema.properties ?? {}));
const having = (...keys: string[]) => ({ properties: Object.fromEntries(keys.map((key) => [key, {}])) });

test.each<[string, Json, string[]]>([
  ['itself', having('a', 'b'), ['a', 'b']],
  ['what it joins', { ...having('a'), allOf: [having('b'), { allOf: [having('c')] }] }, ['a', 'b', 'c']],
  ['what it chooses from', { anyOf: [having('a'), { type: 'string' }], oneOf: [having('b'), having('c')] }, ['a', 'b', 'c']],
  // biome-ignore lint/suspicious/noThenProperty: a schema has it
  ['what depends on conditions', { if: having('a'), then: having('b'), else: having('c') }, ['b', 'c']],
])('of a value speaks %s', (_what, schema, keys) => {
  // THEN
  expect(keysOf(schema)).toEqual(keys);
});

test.each<[string, string[]]>([
  ['#/definitions/web', ['a']],
  ['#/definitions/with~1slash', ['a']],
  ['#/definitions/missing', []],
  ['https://example.com/other.json', []],
])('a reference leads to what is in the same file: %s', ($ref, keys) => {
  // THEN
  expect(keysOf({ $ref }, { web: having('a'), 'with/slash': { $ref: '#/definitions/web' } })).toEqual(keys);
});

test('what stands beside a reference counts too', () => {
  // THEN
  expect(keysOf({ $ref: '#/definitions/web', allOf: [having('b')] }, { web: having('a') })).toEqual(['a', 'b']);
});

test('a definition that leads to itself has an end', () => {
  // GIVEN
  const tree = { properties: { child: { $ref: '#/definitions/tree' } } };
  // THEN
  expect(keysOf({ $ref: '#/definitions/loop' }, { loop: { $ref: '#/definitions/loop' } })).toEqual([]);
  expect(keysOf({ $ref: '#/definitions/tree' }, { tree })).toEqual(['child']);
});

test('a key is known by its form, and a pattern of another language fits all', () => {
  // GIVEN
  const schema = { patternProperties: { '^[a-z]+$': { type: 'string' }, '^[0-9]+$': { type: 'integer' }, '(?i)x': { type: 'array' } } };
  // THEN
  expect(patternProperties(part(schema), 'abc').map((each) => each.schema.type)).toEqual(['string', 'array']);
  expect(patternProperties(part(schema), '12').map((each) => each.schema.type)).toEqual(['integer', 'array']);
});
