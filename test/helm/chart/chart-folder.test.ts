import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readFolder } from '../../../lib/helm/chart/chart-folder';
import { FileBudget } from '../../../lib/helm/chart/file-budget';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();

function write(path: string, content = path): void {
  const full = join(folder(), path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(folder(), path)), { recursive: true });
  symlinkSync(target, join(folder(), path));
}

function read(path = 'web', budget = new FileBudget('web')): { [path: string]: string } {
  const files = readFolder(join(folder(), path), 'web', budget);
  return Object.fromEntries([...files].map(([path, content]) => [path, `${content}`]));
}

test('files have their path below the folder', () => {
  // GIVEN
  write('web/Chart.yaml');
  write('web/templates/a.yaml');
  write('web/.helmignore');
  write('other/Chart.yaml');

  // THEN
  expect(read()).toEqual({
    'Chart.yaml': 'web/Chart.yaml',
    'templates/a.yaml': 'web/templates/a.yaml',
    '.helmignore': 'web/.helmignore',
  });
});

test('links are followed, also that to the chart itself', () => {
  // GIVEN
  write('web/files/a.txt', 'a');
  link('web/b.txt', 'files/a.txt');
  link('web/more', 'files');
  link('chart', 'web');

  // THEN
  expect(read('chart')).toEqual({ 'files/a.txt': 'a', 'b.txt': 'a', 'more/a.txt': 'a' });
});

test('links are followed out of the folder too, as helm does', () => {
  // GIVEN
  write('shared/a.txt', 'a');
  write('web/Chart.yaml');
  link('web/files', '../shared');

  // THEN
  expect(read()).toEqual({ 'Chart.yaml': 'web/Chart.yaml', 'files/a.txt': 'a' });
});

test('a link that leads nowhere is an error, unless .helmignore leaves it out', () => {
  // GIVEN
  write('web/Chart.yaml');
  link('web/.#Chart.yaml', 'me@machine.1234');

  // THEN
  expect(() => read()).toThrow(/^web: the link \.#Chart\.yaml leads nowhere \(ENOENT\); expected .* or a line of \.helmignore/);
  write('web/.helmignore', '.#*');
  expect(Object.keys(read())).toEqual(['.helmignore', 'Chart.yaml']);
});

test('what .helmignore leaves out is not there, folders with all that is in them', () => {
  // GIVEN
  for (const path of ['Chart.yaml', 'README.md', 'docs/a.yaml', 'templates/.a.swp', 'templates/b.yaml']) write(`web/${path}`);
  write('web/.helmignore', '*.md\ndocs/');

  // THEN
  expect(Object.keys(read())).toEqual(['.helmignore', 'Chart.yaml', 'templates/b.yaml']);
});

test('a link to a folder around it is an error', () => {
  // GIVEN
  link('web/files/link', '../..');

  // THEN
  expect(() => read()).toThrow(/^web: the link files\/link\/web.* leads in a circle$/);
});

test('a link in a circle is an error', () => {
  // GIVEN two folders, each of which has a link to the other
  write('web/a/x');
  write('web/b/y');
  link('web/a/to-b', '../b');
  link('web/b/to-a', '../a');

  // THEN
  expect(() => read()).toThrow(/^web: the link [ab/to-]+ leads in a circle$/);
});

test('what git keeps is no part of the chart', () => {
  // GIVEN
  write('web/Chart.yaml');
  write('web/.git/HEAD');

  // THEN
  expect(Object.keys(read())).toEqual(['Chart.yaml']);
});

test('what is no file is an error, and is not waited for', () => {
  // GIVEN
  write('web/Chart.yaml');
  execFileSync('mkfifo', [join(folder(), 'web/pipe')]);

  // THEN
  expect(() => read()).toThrow('web: pipe is neither a file nor a folder');
});

test('more than 20,000 files and folders are an error', () => {
  // GIVEN a chart that has had all but three of them already
  const budget = new FileBudget('web');
  for (let file = 0; file < 19_997; file++) budget.takeFile();
  write('web/a/b/c');

  // THEN
  expect(Object.keys(read('web', budget))).toEqual(['a/b/c']);
  expect(() => read('web', budget)).toThrow('web: more than 20000 files');
});

test('more than 100 MiB are an error', () => {
  // GIVEN
  write('web/Chart.yaml');
  write('web/large');
  truncateSync(join(folder(), 'web/large'), 101 * 1024 * 1024);

  // THEN
  expect(() => read()).toThrow('web: more than 100 MiB unpacked');
});
