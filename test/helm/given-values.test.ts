import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { givenValues, type ValuesSources } from '../../lib/helm/given-values';
import { PropValidator } from '../../lib/validation/prop-validator';
import { useTemporaryFolder } from '../support/temporary-folder';

const folder = useTemporaryFolder();

function file(name: string, content: string | Buffer): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

function given(sources: ValuesSources) {
  const validator = new PropValidator(new Construct(new App(), 'include'));
  return { values: givenValues(validator, sources), errors: validator.errors };
}

test('values of files are joined, and those of the program go over them, as helm has it', () => {
  // GIVEN
  const one = file('one.yaml', 'a: {b: 1, c: 2}\nlist: [1, 2]\nmode: 0644\n');
  const two = file('two.yaml', 'a: {c: null}\nlist: [3]\n---\na: {d: yes}\n');

  // THEN
  expect(given({ valuesFiles: [one, two], values: { a: { b: 'x' } } })).toEqual({
    values: { a: { b: 'x', c: null, d: true }, list: [3], mode: 420 },
    errors: [],
  });
});

test('the text of a file is a value at its place, whatever is in it', () => {
  // GIVEN
  const script = file('run.sh', '#!/bin/sh\ncolor: {yes}\n');

  // THEN
  expect(
    given({ values: { config: { kept: 1, script: 'old' } }, setFiles: { 'config.script': script, 'annotations.example\\.com/a': script } }),
  ).toEqual({
    values: {
      config: { kept: 1, script: '#!/bin/sh\ncolor: {yes}\n' },
      annotations: { 'example.com/a': '#!/bin/sh\ncolor: {yes}\n' },
    },
    errors: [],
  });
});

test('without files the values are those that are given', () => {
  const values = { a: 1 };
  expect(given({ values }).values).toBe(values);
  expect(given({}).values).toBeUndefined();
});

test('a key __proto__ is an error, and not lost', () => {
  // GIVEN
  const path = file('proto.yaml', 'a:\n  - __proto__:\n      polluted: yes\n');

  // WHEN
  const { errors } = given({ valuesFiles: [path], setFiles: { 'a.__proto__': path } });

  // THEN
  expect(errors).toEqual([
    `valuesFiles[0]: ${path}: there is the key a[0].__proto__, a name that all objects of JavaScript have; expected another`,
    expect.stringContaining('setFiles["a.__proto__"]: '),
  ]);
});

test('what is wrong with files is told, and shows nothing of them', () => {
  // GIVEN
  const paths = [
    join(folder(), 'none.yaml'),
    file('list.yaml', '- hunter2\n'),
    file('bad.yaml', 'a: {hunter2\n'),
    file('bytes.yaml', Buffer.from([0xff])),
    join(folder(), 'folder'),
  ];
  mkdirSync(paths[4]);

  // WHEN
  const { errors } = given({ valuesFiles: paths, setFiles: { 'a..b': paths[1], 'list[0].a': paths[1] } });

  // THEN
  const [none, list, bad, bytes, inner] = paths;
  const place = 'expected the keys of maps with dots between them, as in "config.script"; a list can be given by values';
  expect(errors).toEqual([
    `valuesFiles[0]: ${none} can't be read: there is no such file`,
    `valuesFiles[1]: ${list} has something else in it than values; expected YAML with a map`,
    expect.stringMatching(/^valuesFiles\[2\]: .*bad\.yaml: line 2, column 1: no YAML that Kubernetes would take: /),
    `valuesFiles[3]: ${bytes} can't be read: it is no text in UTF-8`,
    `valuesFiles[4]: ${inner} can't be read: it is a folder`,
    `setFiles["a..b"]: ${place}`,
    `setFiles["list[0].a"]: ${place}`,
  ]);
  expect(errors.join()).not.toContain('hunter2');
  expect(bad).toBe(paths[2]);
});
