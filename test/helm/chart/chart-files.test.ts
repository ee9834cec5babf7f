import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ChartFiles, readChart } from '../../../lib/helm/chart/chart-files';
import { fixtureChart, testHelm } from '../../support/helm';
import { tgzOf } from '../../support/tar';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();

/** A copy of a fixture that can be changed. */
function copyOf(name: string, as = name): string {
  const copy = join(folder(), as);
  cpSync(fixtureChart(name), copy, { recursive: true });
  return copy;
}

function packed(path: string): string {
  const said = execFileSync(testHelm(), ['package', `--destination=${folder()}`, path], { encoding: 'utf8' });
  return /saved it to: (.*)/.exec(said)?.[1] as string;
}

function write(path: string, content: string | Buffer): string {
  const full = join(folder(), path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  return full;
}

function namesIn(chart: ChartFiles): string[] {
  return chart.subcharts.map(({ name, files }) => `${name} is ${files.metadata.name} ${files.metadata.version}`);
}

test('a folder is read', () => {
  // WHEN
  const chart = readChart(fixtureChart('schema'));

  // THEN
  expect(chart.metadata).toMatchObject({ name: 'schema', version: '1.0.0' });
  expect(chart.values).toEqual({ size: 'small', web: { port: 8080 }, queues: {}, limits: {} });
  expect(chart.schema).toMatchObject({ type: 'object', additionalProperties: false });
  expect(chart.subcharts).toEqual([]);
});

test('what a chart does not have is empty', () => {
  // WHEN
  const chart = readChart(fixtureChart('newer'));

  // THEN
  expect(chart.values).toEqual({});
  expect(chart.schema).toBeUndefined();
});

test('values are read as helm reads them', () => {
  // THEN
  expect(readChart(fixtureChart('weird')).values).toMatchObject({
    enabled: true,
    mode: 0o644,
    ratio: '1:30',
    day: '2024-05-01',
    quoted: 'yes',
  });
});

test.each(['plain', 'schema', 'subcharts', 'weird'])('the chart %s is the same when helm has packed it', (name) => {
  // WHEN
  const [ofFolder, ofArchive] = [fixtureChart(name), packed(fixtureChart(name))].map(readChart);

  // THEN
  expect(ofArchive.values).toEqual(ofFolder.values);
  expect(ofArchive.schema).toEqual(ofFolder.schema);
  expect(ofArchive.metadata).toMatchObject({ name, version: ofFolder.metadata.version });
  expect(namesIn(ofArchive)).toEqual(namesIn(ofFolder));
});

test('subcharts have the name that values have for them', () => {
  // WHEN
  const chart = readChart(fixtureChart('subcharts'));

  // THEN
  expect(namesIn(chart)).toEqual(['cache is cache 1.0.0', 'store is database 1.0.0']);
  expect(chart.subcharts[1].files.values).toMatchObject({ auth: { database: 'data' } });
});

test('a subchart is found as a folder, as an archive, and in a subchart', () => {
  // GIVEN
  const parent = copyOf('library', 'parent');
  rmSync(join(parent, 'charts'), { recursive: true });
  const middle = copyOf('subcharts', 'parent/charts/middle');
  for (const [from, to] of [
    ['database', 'packed.tgz'],
    ['cache', 'cache-1.0.0.tgz'],
  ]) {
    renameSync(packed(join(middle, 'charts', from)), join(middle, 'charts', to));
    rmSync(join(middle, 'charts', from), { recursive: true });
  }

  // WHEN
  const [ofFolder, ofArchive] = [parent, packed(middle)].map(readChart);

  // THEN
  expect(namesIn(ofFolder)).toEqual(['subcharts is subcharts 1.0.0']);
  const inner = ['cache is cache 1.0.0', 'store is database 1.0.0'];
  expect(namesIn(ofFolder.subcharts[0].files)).toEqual(inner);
  expect(namesIn(ofArchive)).toEqual(inner);
});

test('a subchart with two aliases is there twice', () => {
  // GIVEN
  const chart = copyOf('subcharts');
  const dependencies = ['one', 'two'].map((alias) => `  - {name: database, version: 1.0.0, alias: ${alias}}\n`).join('');
  write('subcharts/Chart.yaml', `apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n${dependencies}`);

  // THEN
  expect(namesIn(readChart(chart))).toEqual(['cache is cache 1.0.0', 'one is database 1.0.0', 'two is database 1.0.0']);
});

test('of a chart of the first version the aliases are in requirements.yaml', () => {
  // GIVEN
  const chart = copyOf('subcharts');
  write('subcharts/Chart.yaml', 'apiVersion: v1\nname: web\nversion: 1.0.0\n');
  write('subcharts/requirements.yaml', 'dependencies:\n  - {name: database, version: 1.0.0, alias: old}\n');

  // THEN
  expect(namesIn(readChart(chart))).toEqual(['cache is cache 1.0.0', 'old is database 1.0.0']);
});

test('what else is in charts/ is no chart', () => {
  // GIVEN
  const chart = copyOf('subcharts');
  for (const name of ['README.md', '.hidden/x', '_disabled/x']) write(`subcharts/charts/${name}`, '');

  // THEN
  expect(readChart(chart).subcharts).toHaveLength(2);
});

test('the digest is that of names and bytes, not of when and by whom they were written', () => {
  // GIVEN
  const { digest } = readChart(fixtureChart('subcharts'));
  const copy = copyOf('subcharts');
  utimesSync(join(copy, 'values.yaml'), 0, 0);
  chmodSync(join(copy, 'values.yaml'), 0o600);
  chmodSync(join(copy, 'templates/config-map.yaml'), 0o755);

  // THEN
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(readChart(copy).digest).toBe(digest);
});

test.each<[string, (chart: string) => void]>([
  ['a byte', (chart) => writeFileSync(join(chart, 'templates/config-map.yaml'), ' ', { flag: 'a' })],
  ['a byte of a subchart', (chart) => writeFileSync(join(chart, 'charts/cache/values.yaml'), ' ', { flag: 'a' })],
  ['a name', (chart) => renameSync(join(chart, 'templates/config-map.yaml'), join(chart, 'templates/settings.yaml'))],
  ['a new file', (chart) => writeFileSync(join(chart, 'extra'), '')],
  ['a file that is gone', (chart) => rmSync(join(chart, 'charts/cache/values.yaml'))],
])('the digest changes with %s', (_, change) => {
  // GIVEN
  const copy = copyOf('subcharts');
  const before = readChart(copy).digest;

  // WHEN
  change(copy);

  // THEN
  expect(readChart(copy).digest).not.toBe(before);
});

test('what moves from one file to the next changes the digest', () => {
  // GIVEN
  const archives = [
    ['ab', 'c'],
    ['a', 'bc'],
  ].map(([first, second]) =>
    write(
      `${first}.tgz`,
      tgzOf([
        { path: 'web/Chart.yaml', content: first },
        { path: 'web/a', content: second },
      ]),
    ),
  );

  // THEN
  expect(readChart(archives[0]).digest).not.toBe(readChart(archives[1]).digest);
});

test('an archive has one digest, under whatever name', () => {
  // GIVEN
  const archive = packed(fixtureChart('plain'));
  const { digest } = readChart(archive);

  // WHEN
  const other = join(folder(), 'other.tgz');
  renameSync(archive, other);

  // THEN
  expect(readChart(other).digest).toBe(digest);
});

test.each<[string, () => string, RegExp]>([
  ['a path that is not there', () => join(folder(), 'none'), /none: the chart can't be read: ENOENT/],
  ['a folder that is no chart', () => dirname(write('web/values.yaml', '')), /web: no chart, as there is no Chart\.yaml in it/],
  [
    'an archive that is no chart',
    () => write('web.tgz', tgzOf([{ path: 'web/a' }])),
    /web\.tgz: no chart, as there is no Chart\.yaml in it/,
  ],
  ['a file that is no archive', () => write('web.tgz', 'text'), /web\.tgz: no whole \.tgz file/],
  ['a link to nowhere', () => linkToNowhere(), /web: the link link leads nowhere \(ENOENT\)/],
])('%s is an error', (_, make, error) => {
  // GIVEN
  const path = make();

  // THEN
  expect(() => readChart(path)).toThrow(error);
});

function linkToNowhere(): string {
  const chart = dirname(write('web/Chart.yaml', ''));
  symlinkSync('nowhere', join(chart, 'link'));
  return chart;
}

test.each<[string, (chart: ChartFiles) => unknown, string]>([
  ['values.yaml', ({ values }) => values, 'web: values.yaml: line 1'],
  ['values.schema.json', ({ schema }) => schema, 'web: values.schema.json is no JSON: '],
  ['charts/sub/values.yaml', ({ subcharts }) => subcharts[0].files.values, 'web: charts/sub: values.yaml: line 1'],
  ['charts/sub.tgz', ({ subcharts }) => subcharts, 'web: charts/sub.tgz: no whole .tgz file'],
])('an error in %s tells where it is', (path, read, error) => {
  // GIVEN
  write('web/Chart.yaml', 'name: web');
  write('web/charts/sub/Chart.yaml', 'name: sub');
  write(`web/${path}`, '{ a: ] }');
  const chart = readChart(join(folder(), 'web'));

  // THEN
  expect(() => read(chart)).toThrow(join(folder(), error));
});

test('a key __proto__ among the defaults is an error', () => {
  // GIVEN
  write('web/Chart.yaml', 'name: web');
  write('web/values.yaml', 'a: 1\nb: { __proto__: { polluted: true } }\n');
  const path = join(folder(), 'web');

  // THEN
  expect(() => readChart(path).values).toThrow(`${path}: values.yaml: there is the key b.__proto__, a name that all objects`);
});

test('defaults of several documents are merged, as helm does it', () => {
  // GIVEN
  write('web/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  write('web/values.yaml', 'a: 1\nb: { x: 1, z: [1] }\n---\n# nothing\n---\nb: { x: 2, z: [] }\nc: 3\n');
  write('web/templates/a.yaml', 'values: {{ .Values | toJson }}\n');

  // WHEN
  const rendered = execFileSync(testHelm(), ['template', 'web', join(folder(), 'web')], { encoding: 'utf8' });

  // THEN
  expect(readChart(join(folder(), 'web')).values).toEqual({ a: 1, b: { x: 2, z: [] }, c: 3 });
  expect(JSON.parse(/values: (.*)/.exec(rendered)?.[1] ?? '')).toEqual({ a: 1, b: { x: 2, z: [] }, c: 3 });
});

test('what may be a template is in it, in the charts in it and in the defaults, but for their comments', () => {
  // GIVEN
  write('web/Chart.yaml', 'name: web');
  write('web/values.yaml', "# {{ comment }}\nat: '{{ value }}'\n");
  write('web/templates/job.yaml', '{{ template }}');
  write('web/charts/sub/Chart.yaml', 'name: sub');
  write('web/charts/sub/files/a', '{{ file }}');
  write('web/charts/packed.tgz', packedWith('{{ packed }}'));

  // WHEN
  const { templates, texts, valueTexts } = readChart(join(folder(), 'web'));

  // THEN
  expect(templates).toEqual(['{{ template }}']);
  expect(texts).toEqual(expect.arrayContaining(['{{ file }}', '{{ packed }}']));
  expect(valueTexts).toEqual(['{{ value }}']);
  expect([...templates, ...texts, ...valueTexts].join()).not.toContain('comment');
});

test('a chart can be had with other texts, its charts unpacked and what is no text as it is', () => {
  // GIVEN
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  write('web/Chart.yaml', 'name: web');
  write('web/files/bytes', bytes);
  write('web/charts/_ignored/Chart.yaml', 'name: ignored');
  write('web/charts/packed.tgz', packedWith('now'));

  // WHEN
  const changed = readChart(join(folder(), 'web')).changed((text) => text.replace('now', 'later'), true);

  // THEN
  expect([...changed.keys()].sort()).toEqual(['Chart.yaml', 'charts/packed/Chart.yaml', 'charts/packed/a', 'files/bytes']);
  expect(`${changed.get('charts/packed/a')}`).toBe('later');
  expect(changed.get('files/bytes')).toEqual(bytes);
});

function packedWith(content: string): Buffer {
  return tgzOf([
    { path: 'p/Chart.yaml', content: 'name: p' },
    { path: 'p/a', content },
  ]);
}

test('archives in archives count too', () => {
  // GIVEN an archive that is small, with ten in it that are large
  const large = tgzOf([
    { path: 'sub/Chart.yaml', content: 'name: sub' },
    { path: 'sub/zeros', content: Buffer.alloc(20 * 1024 * 1024) },
  ]);
  const inner = Array.from({ length: 10 }, (_, index) => ({ path: `web/charts/${index}.tgz`, content: large }));
  const archive = write('web.tgz', tgzOf([{ path: 'web/Chart.yaml', content: 'name: web' }, ...inner]));

  // THEN
  expect(() => readChart(archive).subcharts).toThrow('web.tgz: more than 100 MiB unpacked');
});

test('what .helmignore leaves out, and the line ends of texts, make no other digest', () => {
  // GIVEN
  const copy = copyOf('plain');
  write('plain/.helmignore', '*.md\ndocs/\n');
  const { digest } = readChart(copy);

  // WHEN
  write('plain/README.md', 'read me');
  write('plain/docs/a.yaml', 'a: 1');
  symlinkSync('nowhere', join(copy, 'a.md'));
  const values = join(copy, 'values.yaml');
  writeFileSync(values, readFileSync(values, 'utf8').replaceAll('\n', '\r\n'));

  // THEN
  expect(readChart(copy).digest).toBe(digest);
  write('plain/data.bin', Buffer.from('a\0\r\n'));
  const binary = readChart(copy).digest;
  write('plain/data.bin', Buffer.from('a\0\n'));
  expect(readChart(copy).digest).not.toBe(binary);
});
