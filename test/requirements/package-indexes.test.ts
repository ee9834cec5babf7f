// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of pip look so
import { packageIndexes } from '../../lib/requirements/package-indexes';
import { readRequirements } from '../../lib/requirements/read-requirements';
import { Requirements } from '../../lib/requirements/requirements';

const PYPI = ['https://pypi.org/simple', 'https://files.pythonhosted.org'];
const MIRROR = 'https://mirror.example.com/simple';

test.each([
  ['pandas', PYPI],
  [`-i ${MIRROR}\npandas`, [MIRROR]],
  [`-i https://other.example.com/simple\n-i ${MIRROR}`, [MIRROR]],
  ['-i https://pypi.org/simple/', ['https://pypi.org/simple/', 'https://files.pythonhosted.org']],
  [`--extra-index-url ${MIRROR}`, ['https://pypi.org/simple', MIRROR, 'https://files.pythonhosted.org']],
  ['-i https://${USER}:${TOKEN}@mirror.example.com/simple', [MIRROR]],
  ['-i https://mirror.example.com/${TEAM}', ['https://mirror.example.com/${TEAM}']],
  [`--no-index\n-i ${MIRROR}\n-f https://example.com/wheels`, ['https://example.com/wheels']],
  [
    `-i ${MIRROR}\ntools @ git+https://gitlab.example.com/tools.git@v1\nhttps://example.com/x-1.0.tar.gz#egg=x`,
    [MIRROR, 'https://gitlab.example.com/tools.git@v1', 'https://example.com/x-1.0.tar.gz'],
  ],
  [`-i ${MIRROR}\n-c https://example.com/constraints.txt`, [MIRROR, 'https://example.com/constraints.txt']],
])('the indexes of %j are known', (text, expected) => {
  // WHEN
  const { urls, known } = packageIndexes(linesOf(text), false);

  // THEN
  expect(urls).toEqual(expected);
  expect(known).toBe(true);
});

test('an index with a variable as its host is not known', () => {
  // THEN
  expect(packageIndexes(linesOf('-i ${INDEX}\n-f https://${HOST}/'), false)).toEqual({ urls: [], known: false });
});

test('the index in a pip.conf is not known, and may be another than PyPI', () => {
  // THEN
  expect(packageIndexes(linesOf('pandas'), true)).toEqual({ urls: [], known: false });
  expect(packageIndexes(linesOf(`--extra-index-url ${MIRROR}`), true)).toEqual({ urls: [MIRROR], known: false });
});

function linesOf(text: string) {
  return readRequirements(Requirements.fromText(text)._source).lines;
}
