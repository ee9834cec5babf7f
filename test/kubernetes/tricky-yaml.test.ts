import type { Json } from '../../lib/kubernetes/json';
import { parseYamlDocument } from '../../lib/kubernetes/kubernetes-yaml';
import { readAllByHelm } from '../support/read-by-helm';

// Documents of which readers of YAML make different things, as helm reads them: what it takes, and what it refuses.
// What nobody writes js-yaml reads by the book of YAML 1.2, where helm does not, and is not here: NEL and U+2028 as ends of lines, `-` or `?`
// at a value between brackets, a comment right behind a quote, tabs behind a hyphen, keys of more than 1,024 characters, "\/", !! alone.

const SCALARS = [
  ...['yes', 'No', 'oN', 'y', 'Y', '~', 'null', 'Null', 'nUll', '', '.inf', '-.Inf', '.nan', 'NaN', '<<', '='],
  ...[
    '0',
    '-0',
    '007',
    '08',
    '0o17',
    '0o8',
    '0x1F',
    '0xG',
    '-0b11',
    '1_000',
    '1_',
    '_1',
    '0x_1',
    '1e3',
    '1.e3',
    '.5',
    '-.5',
    '.1_0',
    '._1',
    '.1_',
    '5.',
  ],
  ...[
    '1:30',
    '2001-12-14',
    '18446744073709551615',
    '18446744073709551616',
    '0xFFFFFFFFFFFFFFFF',
    '-9223372036854775809',
    '1e400',
    '12345678.9',
    '1e21',
  ],
  ...['--', '-a', '- a', '?', ':', 'a:b', 'a: b', 'a :b', 'a#b', 'a #b', '#', '%a', '@a', '`a', '|', '>', '|-', '|2', '! a'],
  ...["'it''s'", "'a\tb'", '"a\tb"', '"\\x41\\u00e9\\U0001F600"', '"\\q"', '"\\e\\N\\_\\L\\P"', '"a" b', "'a", '"a'],
  ...[
    '&',
    '&a',
    '&a b',
    '*a',
    '&a-b c',
    '[]',
    '{}',
    '[',
    ']',
    '[,]',
    '[a,]',
    '[,a]',
    '[a,,b]',
    '[a b]',
    '[- a]',
    '[?]',
    '[? a : b]',
    '[: a]',
  ],
  ...[
    '[a: b]',
    '[a: b, c]',
    '["a":b]',
    '["a": b]',
    '[a:b]',
    '[a]]',
    '[a}',
    '{a}',
    '{a, b}',
    '{a: }',
    '{a:1}',
    '{a :1}',
    '{"a":1}',
    '{? a}',
  ],
  ...[
    '{: a}',
    '{a: b}}',
    '{a: 1, a: 2}',
    '{1.50: a}',
    '{1e7: a}',
    '{true: a}',
    '{~: a}',
    '{[a]: b}',
    '{a: [b}]',
    '{a: {b: {c: d}}}',
    '{a: b}c',
    '[a] b',
  ],
  ...[
    '!!str 1',
    '!!int "1"',
    '!!int 1.5',
    '!!int a',
    '!!float 1',
    '!!float .inf',
    '!!bool yes',
    '!!bool a',
    '!!null ""',
    '!!null a',
    '!!binary aGk=',
  ],
  ...[
    '!!binary a',
    '!!timestamp 2001-12-14',
    '!!timestamp a',
    '!!set {a, b}',
    '!!omap [a: b]',
    '!!merge <<',
    '!!foo {a: b}',
    '!a 1',
    '!a [b]',
    '!<a> 1',
    '!e!a 1',
  ],
];

const PLACES: readonly ((scalar: string) => string)[] = [
  (it) => `k: ${it}\n`,
  (it) => `- ${it}\n- z\n`,
  (it) => `${it}: v\n`,
  (it) => `? ${it}\n: v\n`,
  (it) => `a: {k: ${it}, l: m}\n`,
  (it) => `- [${it}, l]\n`,
  (it) => `a:\n  - b: ${it}\n    c: d\n`,
  (it) => `a: ${it} # c\nb: 1\n`,
];

/** Lines, with `/` between them and `>` for a tab. */
const LINES = [
  ...[
    'a: |/  x/   y//  z/',
    'a: |+/  x//b: 1',
    'a: |-/  x//b: 1',
    'a: >/  x/  y//  z/   w/  v',
    'a: >-/  x/  y',
    'a: |2/   x/  y',
    'a: |1/  x',
    'a: |0/  x',
  ],
  ...['a: |-2/   x', 'a: |2-/   x', 'a: | # c/  x', 'a: | x/  y', 'a: |/x', 'a: |//  x', 'a: |/>x', 'a: |/     /  x', 'a: >//  x///  y'],
  ...[
    'a: "x/  y"',
    'a: "x/y"',
    'a: "x//  y"',
    'a: "x\\/  y"',
    "a: 'x//  y'",
    'a: x/  y',
    'a: x/y',
    'a: x//  y',
    'a:/  x/  y',
    'a: x/ b: c',
    'a: b: c',
    'a: - b',
  ],
  ...[
    'a:/- b/- c',
    'a:/ - b/ - c',
    'a:/  - b/ - c',
    'a:/  b: 1/ c: 2',
    'a:/  b: 1/   c: 2',
    '- a/ - b',
    '- a: 1/  b: 2',
    '- a: 1/   b: 2',
    '- - a/  - b',
    '-   a: 1/    b: 2',
  ],
  ...[
    'a: {/  b: 1/}',
    'a: {/b: 1/}',
    'a: [/1,/2/]',
    'x:/  a: [/  1/  ]/  b: 1',
    'x:/  a: {/b: 1/  }/  c: 1',
    'x:/  - a: [/    1/  ]/    b: 1',
    'x: [/  {a: 1},/  # c/  {b: 2}/]/y: 1',
  ],
  ...[
    'x: {/>a: 1/}',
    '>a: 1',
    'a:>1',
    'a: >1',
    'a:/>b: 1',
    'a: 1>',
    'a: 1># c',
    '- a:>1',
    '? a',
    '? a/: b',
    '? a/: - b/  - c',
    '? |/  a/: b',
    'a: ?',
    'a: ? b',
    ': b',
  ],
  ...[
    'a: &x 1/b: *x',
    'a: &x {p: 1}/b:/  <<: *x/  q: 2',
    'a: &x {p: 1}/b:/  <<: *x/  p: 2',
    'a: &x {p: 1}/b:/  p: 2/  <<: *x',
    'b:/  <<: [{p: 1}, {p: 2, q: 3}]',
    'b:/  <<: 1',
  ],
  ...[
    'a: &x {p: 1}/c: &y {p: 3}/b:/  <<: *x/  <<: *y',
    'b:/  "<<": {p: 1}',
    'b:/  !!str <<: {p: 1}',
    'b:/  !!merge <<: {p: 1}',
    'a: &a/  b: *a',
    'a: *b/b: &b 1',
    'a: &x 1/b: &x 2/c: *x',
  ],
  ...[
    '&x a: 1/b: *x',
    'a: &x/b: *x',
    '? &x a/: *x',
    'a: &x q/*x : 1',
    'a: [&x 1, *x]',
    'a: &x &y 1',
    'a: &x !!str 1',
    'a: !!str &x 1',
    '!!map/a: 1',
    '!a/b: 1',
    'a: 1/a: 2',
    'a: {b: 1}/a: {c: 1}',
  ],
  ...['yes: a/true: b', '0x1: a/1: b', '? []/: a', '# c/a: 1 # d/# e', 'a: x# y', 'a: 1/...', 'a: 1/.../b: 2'],
  ...[
    'a: 1/%b',
    '"a/b": c',
    'a/b: c',
    'a: b/c',
    'a: 1/- b',
    '- a/b: c',
    '  a: 1/  b: 2',
    'a :/  1',
    'a: !!binary |/  aGVs/  bG8=',
    'a: [x # c/ ]',
    'a: [x# c/ ]',
  ],
  ...[
    'a: [x/ y]',
    'a: ["x/ y"]',
    '{"a":{"b":[1,{"c":null}]}}',
    '{/>"a": 1/}',
    'a: [1,/# c/2]',
    '- &a [*a]',
    'a:/  - |/    x/  - >/    y',
    'a: x\\y',
    'a: "x/...", b',
  ],
].map(
  (lines) =>
    `${lines
      .replaceAll('>', '\t')
      .replace(/\t(?=[-+]?\/|#|$)/g, '>')
      .replaceAll('/', '\n')}\n`,
);

const CHARACTERS = [
  ...['a: "x\u2028y"\n', 'a: x\xa0y\n', 'a:\xa01\n', 'a: \ufeffx\n', '- a\n\ufeffb: 1\n'],
  ...[
    'a: x\ry: 1\n',
    'a: 1\r\nb: |\r\n  x\r\n  y\r\n',
    'a: "x\r\n  y"\r\n',
    'a: x\x07\n',
    'a: x\x7f\n',
    'a: "x\0y"\n',
    'a: \u{1f600}\n',
    'a: \ue000\n',
    'a: \uffff\n',
  ],
];

/** A list or a map as a key, which is an error, helm's reader may not notice; it then leaves out what follows. */
const COLLECTION_AS_KEY = /^[[{].*: v\n$/;

const DOCUMENTS = [...SCALARS.flatMap((scalar) => PLACES.map((place) => place(scalar))), ...LINES, ...CHARACTERS].filter(
  (text) => !COLLECTION_AS_KEY.test(text) && !text.startsWith('---'),
);

test(`tricky documents are what helm makes of them (${DOCUMENTS.length})`, () => {
  // WHEN
  const expected = readAllByHelm(DOCUMENTS);

  // THEN
  const others = DOCUMENTS.map((text, at) => ({ text, expected: expected[at], read: read(text) })).filter(
    (each) => JSON.stringify(sorted(each.read)) !== JSON.stringify(sorted(each.expected)),
  );
  expect(others).toEqual([]);
  expect(expected.filter((each) => each !== undefined).length).toBeGreaterThan(DOCUMENTS.length / 3);
});

/** What is no map and no list, is nothing for helm. */
function read(text: string): Json {
  try {
    const value = parseYamlDocument(text, 'test');
    return value === null ? {} : typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : undefined;
  } catch {
    return undefined;
  }
}

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
