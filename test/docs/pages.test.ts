import { parsePage, slug } from '../../scripts/docs/pages';

const PAGE = `# A page

A [link to \`code\`](other.md#part), and an image: ![alt](picture.svg).

<!-- given: token.txt key.pem -->

## How it's done: \`find\` (or not)

\`\`\`ts main.ts
const one = 1;
\`\`\`

## How it's done: \`find\` (or not) <a name="Find" id="lib.Find"></a>

- A list with a block:

  \`\`\`sh
  ls
  \`\`\`
`;

test('blocks are read with language, file and line', () => {
  // WHEN
  const { blocks } = parsePage('docs/page.md', PAGE);

  // THEN
  expect(blocks).toEqual([
    { language: 'ts', file: 'main.ts', text: 'const one = 1;\n', line: 10, section: "How it's done: find (or not)" },
    { language: 'sh', file: undefined, text: 'ls\n', line: 18, section: "How it's done: find (or not)" },
  ]);
});

test('links are read with their text and the heading above them', () => {
  // WHEN
  const { links, title } = parsePage('docs/page.md', PAGE);

  // THEN
  expect(title).toBe('A page');
  expect(links.map(({ target, section }) => [target, section])).toEqual([
    ['other.md#part', 'A page'],
    ['picture.svg', 'A page'],
  ]);
  expect(links[0]).toMatchObject({ text: 'link to code', line: 3 });
});

test('anchors are those of GitHub, also for headings of the same text, and those of HTML', () => {
  // WHEN
  const { anchors } = parsePage('docs/page.md', PAGE);

  // THEN
  expect([...anchors]).toEqual(['a-page', 'how-its-done-find-or-not', 'how-its-done-find-or-not-1', 'Find', 'lib.Find']);
  expect(slug('Zürich — C++ & go_lang')).toBe('zürich--c--go_lang');
});

test('what the reader has before is told in a comment', () => {
  expect(parsePage('docs/page.md', PAGE).given).toEqual(['token.txt', 'key.pem']);
});
