import { readArchive } from '../../../lib/helm/chart/chart-archive';
import { FileBudget } from '../../../lib/helm/chart/file-budget';
import { packChart } from '../../../lib/helm/chart/pack-chart';

const BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

test.each([
  ['no content', 'a', Buffer.alloc(0)],
  ['all bytes', 'templates/a.bin', BYTES],
  ['just a block', 'a', Buffer.alloc(512, 'a')],
  ['more than a block', 'a', Buffer.alloc(513, 'a')],
  ['a path of which the header has just room', 'a'.repeat(94), BYTES],
  ...[95, 100, 981, 983, 984, 985, 986, 5000].map((length): [string, string, Buffer] => [
    `a path of ${length} characters`,
    'b'.repeat(length),
    BYTES,
  ]),
  ['a path of which a character is more than a byte', `files/${'ü'.repeat(50)}`, BYTES],
])('a file with %s comes out of the archive as it went in', (_what, path, content) => {
  // GIVEN
  const files = new Map([
    [path, content],
    ['Chart.yaml', Buffer.from('name: web')],
  ]);

  // WHEN
  const archive = packChart(files);

  // THEN
  expect(readArchive(archive, 'the archive', new FileBudget('the archive'))).toEqual(files);
});
