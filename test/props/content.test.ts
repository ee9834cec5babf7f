import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Content } from '../../lib';
import { airflowErrors } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

test('the text of a file is read at synth, as it is', () => {
  // GIVEN
  const path = join(temporaryFolder(), 'colours.txt');
  writeFileSync(path, 'grün\r\nblau\n');

  // THEN
  expect(Content.fromFile(path)._source).toEqual({ kind: 'text', text: 'grün\r\nblau\n' });
});

test.each<[string, (path: string) => void, string]>([
  ['is not there', () => {}, 'there is no such file'],
  ['is a folder', (path) => mkdirSync(path), 'it is a folder'],
  ['is no text', (path) => writeFileSync(path, Buffer.from([0xff, 0xfe])), 'it is no text in UTF-8'],
])('a file that %s is an error that names the prop', (_what, make, reason) => {
  // GIVEN
  const path = join(temporaryFolder(), 'file');
  make(path);

  // THEN
  expect(airflowErrors({ variables: { colours: Content.fromFile(path) } })).toEqual([
    `[airflow/airflow] variables["colours"]: ${path} can't be read: ${reason}`,
  ]);
});

test.each<[Content, string]>([
  [Content.fromSecret({ secretName: 'A B', key: 'x' }), 'variables["a"].secretName: "A B" given; expected a DNS name'],
  [Content.fromSecret({ secretName: 'shop', key: 'a b' }), 'variables["a"].key: "a b" given; expected a key of a Secret'],
  [Content.fromSecret({ secretName: 'shop' }), 'variables["a"].key: it is missing; expected the key in the Secret'],
  [Content.fromConfigMap({ configMapName: 'A B', key: 'x' }), 'variables["a"].configMapName: "A B" given; expected a DNS name'],
])('%j is an error', (content, error) => {
  expect(airflowErrors({ variables: { a: content } })).toEqual([expect.stringContaining(error)]);
});
