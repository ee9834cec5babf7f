import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Content, Files } from '../../lib';
import { airflowErrors } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

test('the files of a folder and below it are read, but for what Python and others make beside them', () => {
  // GIVEN
  const folder = temporaryFolder();
  for (const path of ['b.py', 'a/__init__.py', 'a/x.json', '.airflowignore', '.git/config', 'a/__pycache__/x.py', 'a/x.pyc']) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }

  // WHEN
  const files = Files.fromFolder(folder)._files;

  // THEN
  expect(Object.keys(files)).toEqual(['.airflowignore', 'a/__init__.py', 'a/x.json', 'b.py']);
  expect(files['a/x.json']._source).toEqual({ kind: 'text', text: 'a/x.json' });
});

test.each<[Files, string]>([
  [Files.fromFolder('/no/such/folder'), "plugins: /no/such/folder can't be read: there is no such file"],
  [Files.fromMap({}), 'plugins: there is no file; expected one or more'],
  [Files.fromMap({ '../a.py': Content.fromText('') }), 'plugins["../a.py"]: "../a.py" given; expected the path of a file in the folder'],
  [Files.fromMap({ '/a.py': Content.fromText('') }), 'plugins["/a.py"]: "/a.py" given; expected the path of a file in the folder'],
  [Files.fromMap({ 'a.py': Content.fromSecret({ secretName: 'a' }) }), 'plugins["a.py"].key: it is missing'],
])('%#: what is wrong is told', (plugins, error) => {
  expect(airflowErrors({ plugins })).toEqual([expect.stringContaining(`[airflow/airflow] ${error}`)]);
});

test('a folder with a file that is no text is an error that names the file', () => {
  // GIVEN
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'logo.png'), Buffer.from([0x89, 0x50, 0xff]));

  // THEN
  expect(airflowErrors({ plugins: Files.fromFolder(folder) })).toEqual([
    `[airflow/airflow] plugins["logo.png"]: ${folder}/logo.png can't be read: it is no text in UTF-8`,
  ]);
});
