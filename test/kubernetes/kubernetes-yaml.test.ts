import type { Json } from '../../lib/kubernetes/json';
import { parseYamlDocument, parseYamlDocuments } from '../../lib/kubernetes/kubernetes-yaml';
import { readByHelm } from '../support/read-by-helm';

test.each<[string, unknown]>([
  ['yes', true],
  ['Off', false],
  ['y', true],
  ['N', false],
  ['yES', 'yES'],
  ['~', null],
  ['0644', 420],
  ['0o644', 420],
  ['0x1F', 31],
  ['-0b101', -5],
  ['1_000', 1000],
  ['08', 8],
  ['+12', 12],
  ['1e3', 1000],
  ['.5', 0.5],
  ['1:30', '1:30'],
  ['190:20:30', '190:20:30'],
  ['2024-05-01', '2024-05-01'],
  ['2024-05-01T10:00:00Z', '2024-05-01T10:00:00Z'],
  ['1.2.3', '1.2.3'],
  ['1e999', '1e999'],
  ['"yes"', 'yes'],
  ["'0644'", '0644'],
  ['!!str 0644', '0644'],
  ['!!int "12"', 12],
])('%s is read as Kubernetes reads it', (text, value) => {
  // THEN
  expect(parseYamlDocument(`key: ${text}\n`, 'test')).toEqual({ key: value });
});

test('scalars are what helm makes of them', () => {
  // GIVEN
  const heads = [
    '',
    '+',
    '-',
    '0',
    '0x',
    '0b',
    '0o',
    '.',
    '1',
    '1_',
    '12.',
    '0.',
    '-.',
    '1e',
    '1e+',
    '1.5e-',
    '00',
    '1:',
    '2024-01-',
    'y',
    'n',
    'o',
  ];
  const tails = [
    '',
    '0',
    '7',
    '8',
    '12',
    '0101',
    'f',
    'F0',
    '_1',
    '.5',
    'e3',
    'E-2',
    '1:30',
    'es',
    'o',
    'n',
    'ff',
    'O',
    'No',
    'true',
    'null',
    '~',
  ];
  const wholes = [
    'TRUE',
    'False',
    'Null',
    'NULL',
    'nUll',
    'true ',
    '18446744073709551615',
    '0xfffffffffffffffff',
    '01234567012345670123456701',
  ];
  const scalars = [...new Set([...heads.flatMap((head) => tails.map((tail) => head + tail)), ...wholes])];
  const text = scalars.map((scalar) => `- ${scalar}\n`).join('');
  // THEN
  expect(parseYamlDocument(text, 'test')).toEqual(readByHelm(text));
});

test('keys and merges are what helm makes of them', () => {
  // GIVEN
  const text = [
    '- &base { on: 1, 1.50: 2, 0x10: 3, ~x: 4, "<<": 5, name: base }',
    '- <<: *base',
    '  name: other',
    '- <<: [{ a: 1, b: 1 }, { b: 2, c: 2 }]',
    '  c: 3',
    '- a: 3',
    '  <<: { b: 2 }',
    '- { __proto__: { polluted: yes } }',
    '',
  ].join('\n');
  // WHEN
  const value = parseYamlDocument(text, 'test');
  // THEN
  expect(JSON.parse(JSON.stringify(value))).toEqual(readByHelm(text));
  expect(value[2]).toEqual({ a: 1, b: 1, c: 3 });
  expect(({} as Json).polluted).toBeUndefined();
});

test('a text has several documents, of which the empty ones are left out', () => {
  // GIVEN
  const text = '# a comment\n---\n\n---\na: 1\n---\n# another\n---\nb: |\n  ---\n  text\n...\n---\n';
  // THEN
  expect(parseYamlDocuments(text, 'test')).toEqual([{ a: 1 }, { b: '---\ntext\n' }]);
  expect(parseYamlDocument('---\na: 1\n---\n', 'test')).toEqual({ a: 1 });
  expect(parseYamlDocument('# nothing\n', 'test')).toBeNull();
});

test.each<[string, string]>([
  [
    'a: [1, 2\n',
    'values.yaml: line 2, column 1: no YAML that Kubernetes would take: unexpected end of the stream within a flow collection',
  ],
  ['a: !!binary "%%"\n', 'values.yaml: line 1, column 4: no YAML that Kubernetes would take: !!binary without base64'],
  ['a: *b\n', 'values.yaml: line 1, column 4: no YAML that Kubernetes would take: an alias of an anchor that is not there'],
  ['~: a\n', 'values.yaml: line 1, column 1: no YAML that Kubernetes would take: a key that is null'],
  [
    'a: .inf\n',
    'values.yaml: line 1, column 4: no YAML that Kubernetes would take: JSON has no form for infinity, nor for what is no number',
  ],
  ['a: 1\n---\nb: 1\n', 'values.yaml: 2 YAML documents; expected one'],
])('%j is an error that says where and what', (text, message) => {
  // THEN
  expect(() => parseYamlDocument(text, 'values.yaml')).toThrow(new Error(message));
});

test('what is no YAML by the book is read as helm reads it', () => {
  // GIVEN
  const text = [
    '- { a: 1, b: 2, a: 3 }',
    '- a: [',
    '    1, { b: 2',
    '    }',
    '  ]',
    '- a: {',
    '  b: "x',
    'y", c: [3,',
    '4',
    '  ] }',
    '  d: 5',
    '- !!binary aGVs',
    '- !!binary |',
    '  bG8g',
    '  YmFy',
    '- !!binary "/w=="',
    '- !custom 12',
    '- !custom { a: 1 }',
    '- !custom [1]',
    '- ! 12',
    '- !!timestamp 2024-01-02',
    '- !!set { a, b }',
    '- !!omap [a: 1]',
    '- !!str [1]',
    '- !!unknown x',
    '- !!float 12',
    '- !<tag:yaml.org,2002:int> 3',
    '- &a { b: 1 }',
    '- { <<: *a, c: 2, c: 3, b: 4 }',
    '',
  ].join('\n');
  const said: string[] = [];

  // THEN
  expect(parseYamlDocuments(text, 'a.yaml', (it) => said.push(it))[0]).toEqual(readByHelm(text));
  expect(said).toEqual(
    ['line 1, column 17', 'line 29, column 19'].map((place) => `a.yaml: ${place}: a key that is there twice; the last counts`),
  );
});

test('what stands behind the end of a document is told, as it is not read', () => {
  // GIVEN
  const said: string[] = [];

  // THEN
  expect(parseYamlDocuments('a: 1\n...\nb: 2\n', 'a.yaml', (it) => said.push(it))).toEqual([{ a: 1 }]);
  expect(said).toEqual(['a.yaml: line 3, column 1: the document has ended; what stands from here on is not read']);
});

test('the end of a document is nothing to tell', () => {
  // GIVEN
  const said: string[] = [];

  // THEN
  expect(parseYamlDocuments('a: 1\n... # c\n\n# d\n---\nb: 2\n', 'a.yaml', (it) => said.push(it))).toEqual([{ a: 1 }, { b: 2 }]);
  expect(said).toEqual([]);
});

test('a large text with few aliases is no danger', () => {
  // GIVEN
  const text = `- &a { b: 1 }\n- *a\n${'- { c: [1, 2, 3] }\n'.repeat(30_000)}`;

  // THEN
  expect(parseYamlDocument(text, 'test')).toHaveLength(30_002);
});

test('an error shows nothing of the text', () => {
  // GIVEN
  const text = 'password: hunter2\nother: "hunter2\n';
  // WHEN
  const read = () => parseYamlDocument(text, 'values.yaml');
  // THEN
  expect(read).toThrow('values.yaml: line 3, column 1');
  expect(read).not.toThrow('hunter2');
});

const BOMB = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${list('abcdefgh'[at])}]`),
].join('\n');

test.each([
  ['aliases of aliases', BOMB, 'too much of it is there by aliases; expected less'],
  ['what contains itself', 'a: &a\n  - b\n  - *a\n', 'line 3, column 5: no YAML that Kubernetes would take: an alias of what it stands in'],
  ['a map that contains itself', '&a\nb: *a\n', 'line 2, column 4: no YAML that Kubernetes would take: an alias of what it stands in'],
])('%s: an error, and not the end of the memory', (_, text, message) => {
  // THEN
  expect(() => parseYamlDocument(text, 'bomb.yaml')).toThrow(message);
});

test('merges that multiply are an error', () => {
  // GIVEN
  const keys = Array.from({ length: 1000 }, (_, at) => `k${at}: 1`).join(', ');
  const text = `a: &a { ${keys} }\nb: [${'{ <<: *a }, '.repeat(10_000)}]\n`;
  // THEN
  expect(() => parseYamlDocument(text, 'bomb.yaml')).toThrow('too much of it is there by aliases');
});

test('aliases of a usual number are what they stand for', () => {
  // GIVEN
  const text = 'a: &a { b: [1, 2] }\nc: *a\nd: [*a, *a]\n';
  // THEN
  expect(parseYamlDocument(text, 'test')).toEqual({ a: { b: [1, 2] }, c: { b: [1, 2] }, d: [{ b: [1, 2] }, { b: [1, 2] }] });
});

function list(name: string): string {
  return Array.from({ length: 10 }, () => `*${name}`).join(', ');
}
