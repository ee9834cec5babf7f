import { leaves, over, Values } from '../../../cli/import/values';

const TREE = { a: { b: 1, c: null, list: [1, '{{ .x }}'] }, on: 'True', off: false, empty: '', pass: 'x', template: '{{ .y }}', text: 5 };

test('values are read by their paths, and what nobody has read is noted', () => {
  // GIVEN
  const values = Values.of(TREE);

  // WHEN
  const read = [values.number('a.b'), values.isOn('on'), values.isOn('off'), values.text('text'), values.text('a'), values.map('on')];

  // THEN
  expect(read).toEqual([1, true, false, '5', undefined, undefined]);
  expect(values.notes().map(({ path }) => path)).toEqual(['a.list', 'pass', 'template']);
});

test('what is secret, or for helm to fill in, is not read, and shown as such', () => {
  // GIVEN
  const values = Values.of(TREE);

  // THEN
  expect([values.get('pass'), values.get('template')]).toEqual([undefined, undefined]);
  expect(values.list('a.list')).toEqual([1]);
  expect(values.secret('pass', 'a Secret')).toBe(true);
  expect(values.notes()).toEqual([
    { path: 'a.list[1]', shown: '"{{ .x }}"', instead: 'helm fills it in; say what comes of it' },
    { path: 'pass', instead: 'it is secret, and not written here; put it into a Secret' },
    { path: 'a.b', shown: '1', instead: undefined },
    { path: 'on', shown: '"True"', instead: undefined },
    { path: 'off', shown: 'false', instead: undefined },
    { path: 'template', shown: '"{{ .y }}"', instead: 'helm fills it in; say what comes of it' },
    { path: 'text', shown: '5', instead: undefined },
  ]);
});

test('what is a default is not there', () => {
  // GIVEN
  const values = Values.of(TREE, (path, value) => path === 'a.b' && value === 1);

  // THEN
  expect([values.peek('a.b'), values.peek('off')]).toEqual([undefined, false]);
});

test('what a reader refuses is as if nobody had read it', () => {
  // GIVEN
  const values = Values.of({ a: 1, b: 2 });

  // WHEN
  values.attempt(() => {
    values.note('b', 2, 'something');
    return values.get('a') === 2 ? 'never' : undefined;
  });
  values.attempt(() => values.get('b'));

  // THEN
  expect(values.notes().map(({ path }) => path)).toEqual(['a']);
});

test('what is below one path and stands over what is below another is told of both', () => {
  // GIVEN
  const values = Values.of({ workers: { replicas: 1, queue: 'a', celery: { replicas: 2 } } });

  // WHEN
  const workers = values.below('workers', 'workers.celery');

  // THEN
  expect([workers.number('replicas'), workers.text('queue')]).toEqual([2, 'a']);
  expect(values.notes()).toEqual([]);
});

test('maps are put over one another, and leaves have their paths', () => {
  expect(over({ a: { b: 1, c: 2 } }, { a: { b: 3 }, d: undefined })).toEqual({ a: { b: 3, c: 2 }, d: undefined });
  expect(leaves({ a: { b: [1] }, c: {} }, '')).toEqual([['a.b', [1]]]);
});
