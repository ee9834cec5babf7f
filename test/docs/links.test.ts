import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkLinks, checkMenu } from '../../scripts/docs/links';
import { readPage } from '../../scripts/docs/pages';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterEach(removeTemporaryFolders);

function pagesOf(files: { readonly [path: string]: string }) {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const paths = Object.keys(files).filter((path) => path.endsWith('.md'));
  return { root, pages: paths.map((path) => readPage(root, path)) };
}

test.each([
  ['a file', '[a](other.md)'],
  ['a folder', '[a](../examples)'],
  ['a heading of another page', '[a](other.md#a-heading)'],
  ['a heading of the page itself', '[a](#start)'],
  ['an address elsewhere', '[a](https://example.com/a#b)'],
])('%s is there', (_what, link) => {
  // GIVEN
  const { root, pages } = pagesOf({ 'docs/start.md': `# Start\n\n${link}\n`, 'docs/other.md': '## A heading\n', 'examples/one': '' });

  // THEN
  expect(checkLinks(root, pages)).toEqual([]);
});

test.each([
  ['[a](gone.md)', 'there is no docs/gone.md'],
  ['[a](other.md#gone)', 'there is no heading for #gone in docs/other.md'],
  ['[a](#gone)', 'there is no heading for #gone in docs/start.md'],
  ['[a](../../elsewhere.md)', 'it leads out of the repository'],
  ['![a](gone.svg)', 'there is no docs/gone.svg'],
  ['[a](https://)', 'it is no address'],
])('%s: %s', (link, problem) => {
  // GIVEN
  const { root, pages } = pagesOf({ 'docs/start.md': `# Start\n\n${link}\n`, 'docs/other.md': '## A heading\n' });

  // THEN
  expect(checkLinks(root, pages)).toEqual([`docs/start.md:3: the link ${/\((.*)\)/.exec(link)?.[1]}: ${problem}`]);
});

test('a page that the start page does not lead to is told', () => {
  // GIVEN
  const { pages } = pagesOf({ 'docs/README.md': '[a](how-to/a.md#part)\n', 'docs/how-to/a.md': '', 'docs/how-to/b.md': '' });

  // THEN
  expect(checkMenu(pages[0], pages)).toEqual(['docs/how-to/b.md: docs/README.md has no link to it']);
});
