import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { circles, hasCode, namesIn, readSources, type Source } from './source-imports';
import { removeTemporaryFolders, temporaryFolder } from './temporary-folder';

afterEach(removeTemporaryFolders);

function sourcesOf(files: { readonly [path: string]: string }, places?: readonly string[]): Source[] {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return readSources(root, places);
}

test.each([
  ["import { a } from '../b';"],
  ["import type { A } from '../b';"],
  ["export * from '../b';"],
  ["const { a } = require('../b');"],
  ["let a: typeof import('../b');"],
  ["import '../b';"],
])('%s is an import', (text) => {
  // GIVEN
  const [inFolder] = sourcesOf({ 'a/one.ts': text, 'b.ts': '' });

  // THEN
  expect(inFolder).toMatchObject({ path: 'a/one.ts', files: ['b.ts'], modules: [] });
});

test('a folder is imported by its index, a module from elsewhere by its name', () => {
  // GIVEN
  const [one] = sourcesOf({ 'a.ts': "import './b';\nimport fs from 'node:fs';", 'b/index.ts': '' });

  // THEN
  expect(one).toMatchObject({ files: ['b/index.ts'], modules: ['node:fs'] });
});

test('files and folders can be chosen', () => {
  // GIVEN
  const files = { 'a.ts': '', 'b.ts': '', 'c/d.ts': '', 'e/f.ts': '' };

  // THEN
  expect(sourcesOf(files, ['a.ts', 'c']).map(({ path }) => path)).toEqual(['a.ts', 'c/d.ts']);
});

test('a circle is found, and what imports the same twice is none', () => {
  // GIVEN
  const files = { 'a.ts': "import './b'; import './c';", 'b.ts': "import './c';", 'c.ts': '' };

  // THEN
  expect(circles(sourcesOf(files))).toEqual([]);
  expect(circles(sourcesOf({ ...files, 'c.ts': "import type { A } from './a';" }))).toEqual(['a.ts → b.ts → c.ts → a.ts']);
});

test('names are those of the code, not of comments and strings', () => {
  // GIVEN
  const [source] = sourcesOf({ 'a.ts': "// Date\nconst text = 'process';\nMath.random();" });

  // THEN
  expect([...namesIn(source)]).toEqual(['text', 'Math', 'random']);
});

test.each([
  ["import type { A } from './a';\nexport * from './b';\nexport interface C {}\nexport type D = A;", false],
  ['export const a = 1;', true],
  ['export class A {}', true],
])('%j has code: %s', (text, expected) => {
  expect(sourcesOf({ 'a.ts': text }).map(hasCode)).toEqual([expected]);
});
