import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectsOfFolder } from '../../../cli/objects/folder';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();

function write(files: { readonly [name: string]: string }): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder(), name), text);
}

const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
const namesIn = (path: string) => objectsOfFolder(path).map(({ metadata }) => metadata.name);

test('the files of a folder that kubectl reads are read, in its order, not those in folders below', () => {
  // GIVEN
  write({ 'b.yaml': `${object('b')}---\n---\n${object('c')}`, 'a.json': '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}' });
  write({ 'notes.md': '# Notes' });
  mkdirSync(join(folder(), 'below.yaml.d'));

  // THEN
  expect(namesIn(folder())).toEqual(['a', 'b', 'c']);
  expect(namesIn(join(folder(), 'b.yaml'))).toEqual(['b', 'c']);
});

test('the objects of a list are read one by one', () => {
  // GIVEN
  write({ 'list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - ${object('a').trim().replaceAll('\n', '\n    ')}\n` });

  // THEN
  expect(namesIn(folder())).toEqual(['a']);
});

test.each([
  ['nothing', {}, 'no manifest is in'],
  ['something else', { 'values.yaml': 'replicas: 2\n' }, 'values.yaml: something is no object of Kubernetes'],
  ['a text that is no YAML', { 'a.yaml': '{' }, 'no YAML that Kubernetes would take'],
])('%s is told', (_what, files, problem) => {
  // GIVEN
  write(files);

  // THEN
  expect(() => objectsOfFolder(folder())).toThrow(problem);
});
