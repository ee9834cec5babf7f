import { applicable, expectation, patternProperties } from '../../../lib/helm/values/json-schema';
import type { Json } from '../../../lib/kubernetes/json';

const part = (schema: Json, definitions: Json = {}) => ({ schema, root: { definitions }, ofParent: false });

test.each<[Json, Json]>([
  [{}, 'anything'],
  [{ type: 'string' }, 'text'],
  [{ type: 'integer' }, 3],
  [{ type: 'number' }, 3.5],
  [{ type: 'boolean' }, false],
  [{ type: 'object' }, {}],
  [{ type: 'array' }, []],
  [{ type: ['string', 'integer'] }, 3],
  [{ enum: ['a', 1, null, { b: 1 }] }, { b: 1 }],
  [{ const: 'a' }, 'a'],
  [{ allOf: [{ type: 'string' }, { enum: ['a'] }] }, 'a'],
  [{ anyOf: [{ type: 'string' }, { type: 'array' }] }, []],
  [{ oneOf: [{ type: 'object', required: ['a'] }, { type: 'null' }] }, { b: 1 }],
  [{ $ref: 'https://example.com/other.json' }, 'anything'],
  [{ $ref: '#/definitions/missing' }, 'anything'],
])('%j may be %j', (schema, value) => {
  // THEN
  expect(expectation(part(schema), value)).toBeUndefined();
});

test.each<[Json, Json, string]>([
  [{ type: 'string' }, 1, 'text'],
  [{ type: 'integer' }, 1.5, 'a whole number'],
  [{ type: 'integer' }, '1', 'a whole number'],
  [{ type: 'object' }, [], 'a map'],
  [{ type: 'array' }, {}, 'a list'],
  [{ type: 'boolean' }, 'true', 'true or false'],
  [{ type: ['string', 'number', 'null'] }, {}, 'text, a number or null'],
  [{ enum: ['a', 'b'] }, 'c', '"a" or "b"'],
  [{ const: 1 }, 2, '1'],
  [{ allOf: [{}, { type: 'string' }] }, 1, 'text'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }, { type: 'string' }] }, 1, 'text or null'],
  [{ oneOf: [{ enum: ['a'] }, { $ref: '#/definitions/list' }] }, 1, '"a" or a list'],
  [{ $ref: '#/definitions/a~1b' }, 1, 'a list'],
])('%j is not %j; it is %s', (schema, value, expected) => {
  // GIVEN
  const definitions = { list: { type: 'array' }, 'a/b': { $ref: '#/definitions/list' } };
  // THEN
  expect(expectation(part(schema, definitions), value)).toBe(expected);
});

test('a definition that leads to itself has an end', () => {
  // GIVEN
  const definitions = {
    loop: { $ref: '#/definitions/loop' },
    tree: { type: 'object', properties: { child: { $ref: '#/definitions/tree' } } },
  };
  // THEN
  expect(expectation(part({ $ref: '#/definitions/loop' }, definitions), 1)).toBeUndefined();
  expect(applicable(part({ $ref: '#/definitions/tree' }, definitions), { child: {} })).toHaveLength(1);
});

describe('of alternatives those speak of a value', () => {
  const keysFor = (schema: Json, value: Json) =>
    applicable(part(schema), value).flatMap((each) => Object.keys(each.schema.properties ?? {}));
  const alternatives = {
    anyOf: [
      { type: 'object', required: ['kind'], properties: { kind: { const: 'a' }, ofA: {} } },
      { type: 'object', required: ['kind'], properties: { kind: { const: 'b' }, ofB: {} } },
      { type: 'string' },
    ],
  };

  test('that accept it', () => {
    expect(keysFor(alternatives, { kind: 'b' })).toEqual(['kind', 'ofB']);
  });

  test('that are of its type, where none accepts it', () => {
    expect(keysFor(alternatives, { kind: 'c' })).toEqual(['kind', 'ofA', 'kind', 'ofB']);
  });

  test('that have no other keys than it, where others are not allowed', () => {
    const closed = { oneOf: ['a', 'b'].map((name) => ({ properties: { [name]: {} }, additionalProperties: false })) };
    expect(keysFor(closed, { b: 1 })).toEqual(['b']);
  });

  test('whose deeper values are right', () => {
    const deep = { oneOf: ['string', 'integer'].map((type) => ({ properties: { list: { type: 'array', items: { type } }, [type]: {} } })) };
    expect(keysFor(deep, { list: [1] })).toEqual(['list', 'integer']);
  });
});

test('what is joined speaks of it too, and of what depends on conditions the names', () => {
  // GIVEN
  const schema = {
    properties: { a: { type: 'string' } },
    allOf: [{ properties: { b: { type: 'string' } } }],
    if: { properties: { a: { const: 'x' } } },
    // biome-ignore lint/suspicious/noThenProperty: a schema has it
    then: { properties: { c: { type: 'string' } } },
    else: { properties: { d: { type: 'string' } } },
  };
  // WHEN
  const parts = applicable(part(schema), {});
  // THEN
  expect(parts.map((each) => each.schema.properties)).toEqual([{ a: { type: 'string' } }, { b: { type: 'string' } }, { c: {} }, { d: {} }]);
});

test('a key is known by its form, and a pattern of another language fits all', () => {
  // GIVEN
  const schema = { patternProperties: { '^[a-z]+$': { type: 'string' }, '^[0-9]+$': { type: 'integer' }, '(?i)x': { type: 'array' } } };
  // THEN
  expect(patternProperties(part(schema), 'abc').map((each) => each.schema.type)).toEqual(['string', 'array']);
  expect(patternProperties(part(schema), '12').map((each) => each.schema.type)).toEqual(['integer', 'array']);
});
