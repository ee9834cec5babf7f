import { gzipSync } from 'node:zlib';
import { readArchive } from '../../../lib/helm/chart/chart-archive';
import { FileBudget } from '../../../lib/helm/chart/file-budget';
import { type TarEntry, tarOf, tgzOf } from '../../support/tar';

const CHART: TarEntry = { path: 'web/Chart.yaml', content: 'name: web' };

function read(bytes: Buffer): { [path: string]: string } {
  const files = readArchive(bytes, 'web.tgz', new FileBudget('web.tgz'));
  return Object.fromEntries([...files].map(([path, content]) => [path, `${content}`]));
}

test('files have their path below the folder of the chart', () => {
  // GIVEN
  const bytes = tgzOf([
    { path: 'web/', type: 'Directory' },
    CHART,
    { path: 'web/./templates//a.yaml', content: 'a: 1' },
    { path: 'web/empty' },
    { path: 'web/large', content: 'x'.repeat(100_000) },
  ]);

  // THEN
  expect(read(bytes)).toEqual({ 'Chart.yaml': 'name: web', 'templates/a.yaml': 'a: 1', empty: '', large: 'x'.repeat(100_000) });
});

test.each([
  '../evil',
  '/etc/evil',
  '/web/evil',
  'web/../evil',
  'web/../../evil',
  'web/templates/../../../evil',
  '..\\evil',
  'web\\..\\..\\evil',
  'C:/evil',
  'C:\\evil',
  'evil',
])('the entry %s lies outside', (path) => {
  // THEN
  expect(() => read(tgzOf([CHART, { path, content: 'x' }]))).toThrow(
    `web.tgz: the entry ${JSON.stringify(path)} lies outside of the chart's folder`,
  );
});

test.each<[TarEntry['type'], string]>([
  ['SymbolicLink', '../evil'],
  ['SymbolicLink', '../../evil'],
  ['SymbolicLink', '/etc/passwd'],
  ['Link', '../evil'],
  ['Link', '/etc/passwd'],
])('a %s to %s leads out', (type, linkpath) => {
  // THEN
  expect(() => read(tgzOf([CHART, { path: 'web/link', type, linkpath }]))).toThrow(
    'web.tgz: the link "web/link" leads out of the chart\'s folder',
  );
});

test('a link inside is an empty file, as for helm', () => {
  // GIVEN
  const link: TarEntry = { path: 'web/files/link', type: 'SymbolicLink', linkpath: '../Chart.yaml' };

  // THEN
  expect(read(tgzOf([CHART, link]))).toEqual({ 'Chart.yaml': 'name: web', 'files/link': '' });
});

test('an entry that is there twice is an error', () => {
  // THEN
  expect(() => read(tgzOf([CHART, { path: 'web/./Chart.yaml' }]))).toThrow('web.tgz: the entry "web/./Chart.yaml" is in it twice');
});

const BROKEN = 'web.tgz: no whole .tgz file, as `helm package` makes it';

test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('<html>not found</html>')],
  ['a tar file that is not compressed', tarOf([CHART])],
  ['text that is compressed', gzipSync('apiVersion: v2')],
  ['a tar file that is compressed twice', gzipSync(tgzOf([CHART]))],
  ['the first half of a file', tgzOf([CHART, { path: 'web/a', content: 'abc' }]).subarray(0, 100)],
])('%s is no chart', (_, bytes) => {
  // THEN
  expect(() => read(bytes)).toThrow(BROKEN);
});

test('a tar file that ends in the middle is no chart', () => {
  // GIVEN
  const bytes = tarOf([CHART, { path: 'web/a', content: 'x'.repeat(5000) }]);

  // THEN
  expect(() => read(gzipSync(bytes.subarray(0, 3000)))).toThrow(/^web\.tgz: no whole tar file/);
});

test('a header whose sum is wrong is an error', () => {
  // GIVEN
  const bytes = tarOf([CHART, { path: 'web/a', content: 'abc' }]);
  bytes.write('X', 1024);

  // THEN
  expect(() => read(gzipSync(bytes))).toThrow(/^web\.tgz: no whole tar file/);
});

const MIB = 1024 * 1024;

test('what unpacks to more than 100 MiB is an error, however small it is', () => {
  // GIVEN
  const zeros = Buffer.alloc(MIB);
  const many = Array.from({ length: 101 }, (_, index) => ({ path: `web/${index}`, content: zeros }));

  // THEN the sum of its files is too much, or already the archive
  expect(() => read(tgzOf(many))).toThrow('web.tgz: more than 100 MiB unpacked');
  expect(() => read(gzipSync(Buffer.alloc(200 * MIB)))).toThrow('web.tgz: more than 100 MiB unpacked');
});

test('more than 20,000 files are an error', () => {
  // GIVEN
  const many = Array.from({ length: 20_001 }, (_, index) => ({ path: `web/${index}` }));

  // THEN
  expect(() => read(tgzOf(many))).toThrow('web.tgz: more than 20000 files');
  expect(Object.keys(read(tgzOf(many.slice(1))))).toHaveLength(20_000);
});
