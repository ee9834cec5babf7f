import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readArchive } from '../../../lib/helm/chart/chart-archive';
import { readChart } from '../../../lib/helm/chart/chart-files';
import { FileBudget } from '../../../lib/helm/chart/file-budget';
import { stagedChart } from '../../../lib/helm/chart/staged-chart';
import { fixtureChart, testHelm } from '../../support/helm';
import { run, runOrThrow } from '../../support/process';
import { ROOT } from '../../support/synth';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();

function write(path: string, content: string | Buffer): void {
  const file = join(folder(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

const chart = () => readChart(fixtureChart('subcharts'));

/** What is in an archive, by its path. */
function filesOf(archive: string): Map<string, Buffer> {
  return readArchive(readFileSync(archive), archive, new FileBudget(archive));
}

test('all files of a chart are in an archive, with those that are added', () => {
  // WHEN
  const files = filesOf(stagedChart(chart(), { added: { 'templates/a/b.txt': 'added' } }));

  // THEN
  expect(`${files.get('templates/a/b.txt')}`).toBe('added');
  files.delete('templates/a/b.txt');
  expect(files).toEqual(chart().all);
});

test('helm renders it as it does the folder, files with long paths too', async () => {
  // GIVEN
  const path = `files/${'long/'.repeat(60)}ünusual.txt`;
  const added = {
    [path]: 'read',
    'templates/added.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: added }\ndata: { a: {{ .Files.Get "${path}" }} }`,
  };
  const render = (path: string) => runOrThrow(testHelm(), ['template', 'web', path]);

  // THEN
  expect(await render(stagedChart(chart()))).toBe(await render(fixtureChart('subcharts')));
  expect(await render(stagedChart(chart(), { added }))).toContain('data: { a: read }');
});

test('what no template reads is left out, as a template that copies all that it was given takes long over it', () => {
  // GIVEN
  write('Chart.yaml', 'name: web');
  write('templates/a.yaml', 'a: {{ .Files.Get "files/a" }}');
  write('files/a', 'a');
  write('README.md', 'read by people');
  const filesWith = (values: object) => [...filesOf(stagedChart(readChart(folder()), { values })).keys()].sort();

  // THEN
  expect(filesWith({})).toEqual(['Chart.yaml', 'files/a', 'templates/a.yaml']);
  expect(filesWith({ text: '{{ .Files.Get "README.md" }}' })).toEqual(['Chart.yaml', 'README.md', 'files/a', 'templates/a.yaml']);
});

test.each([
  ['files/large', Buffer.alloc(5 * 1024 ** 2 + 1), 'larger than 5 MiB'],
  ['files/a\\b', Buffer.alloc(1), 'a name that is another path on Windows'],
  ['C:/a', Buffer.alloc(1), 'a name that is another path on Windows'],
])('a file that helm does not take is told: %s', (path, content, problem) => {
  // GIVEN
  write('Chart.yaml', 'name: web');
  write(path, content);

  // THEN
  expect(() => stagedChart(readChart(folder()))).toThrow(
    `the chart has a file that helm does not take, ${path}: ${problem}; expected a line of .helmignore that leaves it out`,
  );
});

test('the same is written once, and anew when somebody has removed it', () => {
  // GIVEN
  const staged = stagedChart(chart());
  const { mtimeMs } = statSync(staged);

  // THEN
  expect(stagedChart(chart())).toBe(staged);
  expect(statSync(staged).mtimeMs).toBe(mtimeMs);
  expect(stagedChart(chart(), { added: { 'templates/a.txt': '' } })).not.toBe(staged);
  rmSync(staged);
  expect(filesOf(stagedChart(chart()))).toEqual(chart().all);
});

test('nothing is left when the program has ended', async () => {
  // GIVEN
  const path = (file: string) => JSON.stringify(join(ROOT, file));
  const program = `
    const { readChart } = require(${path('lib/helm/chart/chart-files')});
    const { stagedChart } = require(${path('lib/helm/chart/staged-chart')});
    console.log(stagedChart(readChart(${JSON.stringify(fixtureChart('plain'))})));`;

  // WHEN
  const { stdout, stderr } = await run(process.execPath, ['--require', 'tsx/cjs', '--eval', program], { cwd: ROOT, timeoutSeconds: 60 });

  // THEN
  expect(stderr).toBe('');
  expect(stdout).toContain('cdk8s-airflow-helm-');
  expect(existsSync(join(stdout.trim(), '..'))).toBe(false);
}, 60_000);
