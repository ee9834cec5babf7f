import { parse } from 'yaml';
import { dumpYaml, readDumpedYaml } from '../../../lib/helm/lock/plain-yaml';
import { parseYamlDocument } from '../../../lib/helm/plain/kubernetes-yaml';
import type { Json } from '../../../lib/kubernetes/json';

/** Every reader takes the text for the value it was made of. */
function expectToComeBack(value: Json): void {
  const dumped = dumpYaml(value);
  expect(readDumpedYaml(dumped)).toEqual(value);
  expect(parseYamlDocument(dumped, 'test')).toEqual(value);
  for (const version of ['1.1', '1.2'] as const) expect(parse(dumped, { version })).toEqual(value);
}

test('people can read it', () => {
  // GIVEN
  const value = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', annotations: {}, finalizers: [] },
    data: { 'run.sh': '#!/bin/sh\nif true; then\n\techo "yes: no" # or so\n\nfi\n', url: 'http://a:80/?b=c#d', 'no end': 'a\nb' },
    list: ['-x', '--flag=1', 'yes', '12', 12, null, { a: 1, b: [[2, 3], []] }, 'ends with a colon:', 'Grüße'],
  };
  // THEN
  expect(dumpYaml(value)).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  annotations: {}
  finalizers: []
data:
  run.sh: |
    #!/bin/sh
    if true; then
    \techo "yes: no" # or so

    fi
  url: http://a:80/?b=c#d
  no end: |-
    a
    b
list:
  - -x
  - --flag=1
  - "yes"
  - "12"
  - 12
  - null
  - a: 1
    b:
      - - 2
        - 3
      - []
  - "ends with a colon:"
  - "Grüße"
`);
  expectToComeBack(value);
});

test.each([
  ...[
    '',
    ' ',
    'a ',
    ' a',
    'a  b',
    'a: b',
    'a:b',
    'a:',
    ':',
    ': a',
    'a #b',
    'a#b',
    '# a',
    '#',
    '-',
    '- a',
    '-a',
    '--',
    '---',
    '--- a',
    '--a',
    '...',
  ],
  ...['true', 'False', 'YES', 'no', 'on', 'Off', 'y', 'N', 'null', 'Null', '~', '~/a', '=', '<<', '<a', '.inf', '-.INF', '.nan', '.'],
  ...[
    '0',
    '-1',
    '+1',
    '0644',
    '0o17',
    '0x1F',
    '0b11',
    '1_000',
    '1e3',
    '1234e5',
    '1.',
    '.5',
    '-.5',
    '1:30',
    '190:20:30',
    '1.2.3',
    '10s',
    '1Gi',
  ],
  ...['2024-05-01', '2024-05-01T10:00:00Z', '2024-5-1 10:00:00', '12345678901234567890', 'Infinity', '-Infinity', 'NaN'],
  ...[
    '"',
    '"a"',
    "'",
    "it's",
    'a"b',
    '\\',
    'a\\nb',
    '{}',
    '{a',
    '[]',
    '[a',
    'a, b',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '?',
    '? a',
    '?a',
  ],
  ...[
    '\n',
    '\n\n',
    'a\n',
    'a\n\n',
    'a\n\n\n',
    '\na',
    ' a\nb',
    '\ta\nb',
    'a\n b',
    'a\n  \nb',
    'a\n ',
    'a\n\t\n',
    'a\n---\nb\n',
    'a\n...\n',
    '# a\nb',
  ],
  ...[
    'a\tb',
    '\t',
    'a\rb',
    'a\r\nb\r\n',
    '\u0000',
    '\u001b[0m',
    '\u007f',
    '\u0085',
    '\u2028a\nb',
    'a\n\u2029',
    '\ufeffa',
    '\uffff',
    '🚀',
    '🚀\n世界\n',
  ],
  ...['__proto__', 'constructor', 'toString', `${'long '.repeat(100)}text`, '{{ .Values.a }}', '$(VARIABLE)', '/a/b', '*/5 * * * *'],
])('%j comes back, wherever it stands', (text) => {
  // GIVEN
  const inMap = Object.fromEntries([
    ['before', 1],
    [text, text],
    ['after', text],
  ]);
  // THEN
  expectToComeBack({ map: inMap, list: [text, text, [text], { text }], last: { text } });
});

test('a half of a surrogate pair comes back', () => {
  // THEN
  expect(readDumpedYaml(dumpYaml(['a\ud800', '\udc00\nb']))).toEqual(['a\ud800', '\udc00\nb']);
});

test.each([0, -0.5, 1e21, 1.5e-7, -12, Number.MAX_SAFE_INTEGER, 1e300])('the number %d comes back', (number) => {
  // THEN
  expectToComeBack({ number, list: [number] });
});

test('texts of any characters come back', () => {
  // GIVEN
  const characters = [
    'a',
    'b',
    '0',
    '1',
    ' ',
    '  ',
    '\n',
    '\t',
    ':',
    ': ',
    '#',
    ' #',
    '-',
    '- ',
    '"',
    "'",
    '\\',
    '|',
    '>',
    '{',
    ']',
    ',',
    '.',
    '_',
    'e',
    'é',
    '~',
    '=',
  ];
  let seed = 1;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const text = () => Array.from({ length: next(8) }, () => characters[next(characters.length)]).join('');
  // THEN
  for (let count = 0; count < 1500; count++) expectToComeBack({ [text()]: text(), z: [text(), { [text()]: [text()] }] });
});

test('a text of many megabytes comes back', () => {
  // GIVEN
  const value = { line: 'ab "c": \\d '.repeat(1e6), plain: 'x'.repeat(1e7), lines: ['ab c:d\n'.repeat(1e6)], list: ['"a" '.repeat(1e6)] };
  // THEN
  expect(readDumpedYaml(dumpYaml(value))).toEqual(value);
});

test('the order of keys stays, and what is undefined is left out', () => {
  // GIVEN
  const value = { b: 1, a: { d: undefined, c: 2 }, e: undefined };
  // THEN
  expect(dumpYaml(value)).toBe('b: 1\na:\n  c: 2\n');
});
