import fc from 'fast-check';
import { parse } from 'yaml';
import type { Json } from '../../lib/kubernetes/json';
import { parseYamlDocument } from '../../lib/kubernetes/kubernetes-yaml';
import { writeYaml, yamlOfJson } from '../../lib/kubernetes/yaml-writer';
import { NASTY_TEXTS } from '../support/nasty-texts';
import { readByHelm } from '../support/read-by-helm';

/** Pieces of such texts put together, and any Unicode but halves of surrogate pairs, for which UTF-8 has no form. */
const texts = fc.oneof(
  fc.constantFrom(...NASTY_TEXTS),
  fc
    .array(fc.constantFrom(...NASTY_TEXTS.filter(({ length }) => length < 20), '0', '7', '_', 'x', 'o', 'e', '.', '+', '\n', ' ', '\t'), {
      maxLength: 5,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'01789_-+.:eExXoObB'), maxLength: 8 }),
);
const { values } = fc.letrec<{ values: Json }>((tie) => ({
  values: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    texts,
    fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e21, 1.5e-7, 5e-324, 12345678, 2 ** 53, {}, [], [[]], [{}]),
    fc.array(tie('values'), { maxLength: 4 }),
    fc.dictionary(
      texts.filter((key) => key !== '__proto__'),
      tie('values'),
      { maxKeys: 4 },
    ),
  ),
}));

test.each<[string, (yaml: string) => unknown]>([
  ['YAML 1.1', (yaml) => parse(yaml, { version: '1.1', merge: false })],
  ['YAML 1.2', (yaml) => parse(yaml, { version: '1.2' })],
  ['this library', (yaml) => parseYamlDocument(yaml, 'test')],
])('a reader of %s gets what was written', (_what, read) => {
  fc.assert(
    fc.property(values, (value) => {
      const document = { key: value };
      expect(read(writeYaml(document))).toEqual(document);
    }),
    { numRuns: 500, examples: NASTY_TEXTS.map((text): [Json] => [{ [text]: [text, [text, { a: text }], { [text]: text }] }]) },
  );
});

test('helm, whose YAML is that of kubectl and the API server, gets what was written', () => {
  // GIVEN
  const nasty = NASTY_TEXTS.flatMap((text) => [text, { [text]: [text, [text], { a: text, [text]: text }] }]);
  const written = [...nasty, ...fc.sample(values, 2000)];

  // WHEN
  const read = readByHelm(writeYaml(written));

  // THEN
  for (const [index, value] of written.entries()) expect(read[index]).toEqual(value);
});

test('what is meant to be read is easy to read', () => {
  // GIVEN
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { labels: { app: 'a', 'example.com/part': 'b' }, name: 'a' },
    spec: {
      containers: [
        {
          args: ['--port=8080', '-v'],
          env: [{ name: 'MODE', value: '0644' }],
          image: 'postgres:17',
          name: 'a',
          resources: { limits: { cpu: '500m', memory: '1.5Gi' } },
        },
      ],
      initContainers: [{ command: ['sh', '-c', 'set -e\nexec a "$@"\n'], name: 'b' }],
      volumes: [
        { emptyDir: {}, name: 'v' },
        { name: 'w', projected: { sources: [] } },
      ],
    },
  };

  // THEN
  expect(writeYaml(pod, { kind: 'List', items: [['a', ['b']], [{ c: undefined, d: null }]] })).toBe(`apiVersion: v1
kind: Pod
metadata:
  name: a
  labels:
    app: a
    example.com/part: b
spec:
  initContainers:
    - name: b
      command:
        - sh
        - -c
        - |
          set -e
          exec a "$@"
  containers:
    - name: a
      image: postgres:17
      args:
        - --port=8080
        - -v
      env:
        - name: MODE
          value: "0644"
      resources:
        limits:
          cpu: 500m
          memory: 1.5Gi
  volumes:
    - name: v
      emptyDir: {}
    - name: w
      projected:
        sources: []
---
kind: List
items:
  - - a
    - - b
  - - d: null
`);
});

test('values for programs are in one line', () => {
  // GIVEN
  const value = { text: 'a\u2028\u0085\x7f\n', list: [1, true, null] };

  // WHEN
  const yaml = yamlOfJson(value);

  // THEN
  expect(yaml).toBe('{"text":"a\\u2028\\u0085\\u007f\\n","list":[1,true,null]}');
  expect(readByHelm(`[${yaml}]`)).toEqual([value]);
});
