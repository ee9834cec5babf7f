import { before, behind, group, render } from '../../../cli/import/layout';

test('what fits is on one line', () => {
  expect(render(group('f({', ['a: 1', group('b: [', ['1', '2'], ']')], '})', { padding: ' ' }), '  ')).toBe('f({ a: 1, b: [1, 2] })');
});

test('what does not is broken at its items, from outside', () => {
  const long = 'x'.repeat(60);
  const layout = group('f(', [long, group('[', [long, '1'], ']')], ')');
  expect(render(layout, '  ')).toBe(`f(\n  ${long},\n  [${long}, 1],\n)`);
  expect(render(layout, '    ', '      ')).toContain(`\n          [${long}, 1],\n      )`);
});

test('a line has room for the comma behind it', () => {
  // GIVEN: with the indent and without the comma as wide as a line may be
  const item = group('[', ['y'.repeat(96)], ']');

  // THEN
  expect(render(group('{', [item], '}', { isTall: true }), '  ')).toBe(`{\n  [\n    ${'y'.repeat(96)},\n  ],\n}`);
});

test('text of several lines breaks what it is in', () => {
  expect(render(group('f(', ['`a\nb`'], ')'), '  ')).toBe('f(\n  `a\nb`,\n)');
});

test('a group without items is never broken, and text before and behind stays with it', () => {
  expect(render(group('f(', [], ')', { isTall: true }), '  ')).toBe('f()');
  expect(render(before(behind('const a = ', group('f(', ['1'], ')')), ';'), '  ')).toBe('const a = f(1);');
  expect(render(before(behind('a', 'b'), 'c'), '  ')).toBe('abc');
});
