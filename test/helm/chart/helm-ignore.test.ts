import { helmIgnore } from '../../../lib/helm/chart/helm-ignore';

test.each<[string, string[], string[]]>([
  ['*.md', ['README.md', 'docs/a.md'], ['a.mdx', 'templates/a.yaml']],
  ['/README.md', ['README.md'], ['docs/README.md']],
  ['docs/*.txt', ['docs/a.txt'], ['a.txt', 'docs/more/a.txt', 'x/docs/a.txt']],
  ['docs/', ['docs/'], ['docs', 'a/docs.txt']],
  ['  # comment\n\n a?.[bc] \r\n', ['a1.b', 'x/a2.c'], ['a.b', 'a1.d', '# comment']],
  ['[^a].txt', ['b.txt'], ['a.txt']],
  ['a\\*', ['a*'], ['ab']],
  ['', ['templates/.hidden', 'templates/.git/'], ['.hidden', 'templates/a', 'templates/x/.hidden']],
  ['**/a', [], ['a', 'x/a']],
  ['!values.yaml', ['Chart.yaml', 'templates/'], ['values.yaml']],
])('of rules %j the ones are left out and the others are not', (text, ignored, kept) => {
  // GIVEN
  const isIgnored = helmIgnore(text);
  const ask = (path: string) => isIgnored(path.replace(/\/$/, ''), path.endsWith('/'));

  // THEN
  expect(ignored.filter((path) => !ask(path))).toEqual([]);
  expect(kept.filter(ask)).toEqual([]);
});
