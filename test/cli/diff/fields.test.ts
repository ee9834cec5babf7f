import { changedFields } from '../../../cli/diff/fields';

test.each([
  ['a value', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: 'a.b', from: 1, to: 2 }]],
  ['one more', { a: {} }, { a: { b: 2 } }, [{ path: 'a.b', to: 2 }]],
  ['one less', { a: { b: 1, c: 1 } }, { a: { c: 1 } }, [{ path: 'a.b', from: 1 }]],
  ['a key with a point', { data: { 'a.cfg': '1' } }, { data: { 'a.cfg': '2' } }, [{ path: 'data["a.cfg"]', from: '1', to: '2' }]],
  ['null, which is nothing', { a: null }, {}, []],
  ['a size in other words', { limits: { memory: '1Gi', cpu: '1' } }, { limits: { memory: '1024Mi', cpu: 1 } }, []],
])('%s', (_what, from, to, fields) => {
  expect(changedFields({ spec: from }, { spec: to })).toEqual(fields.map(({ path, ...field }) => ({ path: `spec.${path}`, ...field })));
});

test.each([
  ['an item more in front of others', [{ name: 'b' }], [{ name: 'a' }, { name: 'b' }], [{ path: 'env[a]', to: { name: 'a' } }]],
  ['a part of an item', [{ name: 'a', value: '1' }], [{ name: 'a', value: '2' }], [{ path: 'env[a].value', from: '1', to: '2' }]],
  [
    'the order',
    [{ name: 'a' }, { name: 'b' }],
    [{ name: 'b' }, { name: 'a' }],
    [{ path: 'env (order)', from: ['a', 'b'], to: ['b', 'a'] }],
  ],
  ['items without a name', ['a', 'b'], ['b'], [{ path: 'env', from: ['a', 'b'], to: ['b'] }]],
  ['items of other shapes, in which keys stand as they come', [{ a: { x: 1, y: 2 } }], [{ a: { y: 2, x: 1 } }], []],
  ['a part of one of them', [{ a: { x: 1 } }], [{ a: { x: 2 } }], [{ path: 'env[0].a.x', from: 1, to: 2 }]],
  [
    'a name that is there twice',
    [{ name: 'a' }],
    [{ name: 'a' }, { name: 'a' }],
    [{ path: 'env', from: [{ name: 'a' }], to: [{ name: 'a' }, { name: 'a' }] }],
  ],
])('of lists %s', (_what, from, to, fields) => {
  expect(changedFields({ env: from }, { env: to })).toEqual(fields);
});

test('a claim template is known by its name', () => {
  // GIVEN
  const claim = (name: string, storage: string) => ({ metadata: { name }, spec: { resources: { requests: { storage } } } });

  // THEN
  expect(changedFields([claim('data', '1Gi'), claim('logs', '1Gi')], [claim('logs', '1Gi'), claim('data', '2Gi')])).toEqual([
    { path: '[data].spec.resources.requests.storage', from: '1Gi', to: '2Gi' },
    { path: ' (order)', from: ['data', 'logs'], to: ['logs', 'data'] },
  ]);
});
