import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GIT_REVISION, objectsOfGit } from '../../../cli/objects/git';
import { runOrThrow } from '../../support/process';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();
const home = process.cwd();

const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
const namesIn = (revision: string) => objectsOfGit(revision).map(({ metadata }) => metadata.name);
const git = (...args: string[]) =>
  runOrThrow('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: folder() });

beforeEach(async () => {
  mkdirSync(join(folder(), 'dist/sub'), { recursive: true });
  writeFileSync(join(folder(), 'dist/b.yaml'), object('b'));
  writeFileSync(join(folder(), 'dist/a.yaml'), object('a'));
  writeFileSync(join(folder(), 'dist/notes.md'), '# Notes');
  writeFileSync(join(folder(), 'dist/sub/c.yaml'), object('c'));
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'first');
  process.chdir(folder());
});

afterEach(() => process.chdir(home));

test('a folder of a revision is read as it was then', () => {
  // GIVEN
  writeFileSync('dist/b.yaml', object('changed'));

  // THEN
  expect(namesIn('HEAD:dist')).toEqual(['a', 'b']);
  expect(namesIn('HEAD:dist/b.yaml')).toEqual(['b']);
  process.chdir('dist');
  expect(namesIn('HEAD:./')).toEqual(['a', 'b']);
});

test('of one that is not there it is told what is missing, and the way out', async () => {
  // GIVEN
  const other = 'or name a folder to compare with: `npx cdk8s-airflow diff OLD NEW`';

  // THEN
  expect(() => objectsOfGit('HEAD:gone')).toThrow(
    new Error(`there is no HEAD:gone, as HEAD has nothing of that name: commit it, ${other}`),
  );
  expect(() => objectsOfGit('v1:dist')).toThrow(new Error(`git knows no revision v1: name one as \`git log\` does, ${other}`));
  rmSync('.git', { recursive: true });
  expect(() => objectsOfGit('HEAD:./dist')).toThrow(
    new Error(`there is no git repository here that HEAD:./dist could be read from: run it in one, ${other}`),
  );
  await git('init', '--quiet');
  expect(() => objectsOfGit('HEAD:./dist')).toThrow(
    new Error(`nothing is committed yet, so that there is no HEAD:./dist: commit the manifests, ${other}`),
  );
});

test('that there is no git is told', () => {
  // GIVEN
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';

  // THEN
  try {
    expect(() => objectsOfGit('HEAD:dist')).toThrow('there is no git on the PATH');
  } finally {
    process.env.PATH = PATH;
  }
});

test('what names a revision has a colon and something behind it', () => {
  expect(['HEAD:dist', 'dist', 'C:'].map((text) => GIT_REVISION.test(text))).toEqual([true, false, false]);
});
