import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/process';
import { ROOT } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

jest.setTimeout(60_000);

function main(...args: string[]) {
  return run('node', ['--import', 'tsx', join(ROOT, 'cli/main.ts'), ...args], { cwd: ROOT });
}

test('a command writes what it has found', async () => {
  // WHEN
  const { code, stdout, stderr } = await main('images');

  // THEN
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^docker\.io\/apache\/airflow:\S+\n(\S+\n)+$/);
});

test('what diff finds is told by its exit status', async () => {
  expect(await main('diff', 'dist', 'dist')).toEqual({ code: 0, stdout: 'Nothing changes.\n', stderr: '' });
  expect((await main('diff', 'dist', 'examples/argocd/dist')).code).toBe(2);
});

test('the help names all commands', async () => {
  expect((await main('--help')).stdout).toMatch(/^ {2}images .*^ {2}diff .*^ {2}graph .*^ {2}status .*^ {2}import /ms);
});

test('what is imported is written to a file, or to standard output', async () => {
  // GIVEN
  const values = join(ROOT, 'test/fixtures/values/bitnami-gitlab.yaml');
  const file = join(temporaryFolder(), 'main.py');

  // WHEN
  const [whole, written] = [
    await main('import', values, '--language', 'python'),
    await main('import', values, '--language', 'python', '--output', file),
  ];

  // THEN
  expect(whole).toMatchObject({ code: 0, stdout: expect.stringMatching(/^from cdk8s import App/), stderr: '' });
  expect(written).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(file, 'utf8')).toBe(whole.stdout);
});

test.each([
  ['import', 'test/fixtures/values/bitnami-external.yaml', 'AirflowChart'],
  ['graph', 'dist', '<svg'],
])('%s writes over a file that is there only by force', async (command, argument, text) => {
  // GIVEN
  const file = join(temporaryFolder(), 'main.ts');
  writeFileSync(file, 'my work');

  // THEN
  expect(await main(command, argument, '--output', file)).toEqual({
    code: 3,
    stdout: '',
    stderr: `error: ${file} is there already: name another file, or say --force to write over it\n`,
  });
  expect(readFileSync(file, 'utf8')).toBe('my work');
  expect((await main(command, argument, '--output', file, '--force')).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain(text);
});

test('an imported program that does not synthesise is told', async () => {
  // GIVEN
  const values = join(temporaryFolder(), 'values.yaml');
  writeFileSync(values, 'workers: { extraInitContainers: [{ name: a, image: "a:1" }] }\n');

  // WHEN
  const { code, stdout, stderr } = await main('import', values);

  // THEN
  expect(code).toBe(2);
  expect(stdout).toContain('to be mended: ');
  expect(stderr).toMatch(/^warning: synth stops at this program until you mend it: .*\(\d+\)\n$/);
});

test.each([
  ['a language that there is not', ['import', 'values.yaml', '--language', 'java'], 'Allowed choices are typescript, python.'],
  ['values that are not there', ['import', 'values.yaml'], "error: values.yaml can't be read: ENOENT"],
  ['a folder that is not there', ['images', 'gone'], 'error: there is no gone'],
  ['a command that is not there', ['image'], "error: unknown command 'image'"],
  ['a time that is none', ['status', '--timeout', 'long'], 'expected a number of minutes'],
  ['an option that is not there', ['images', '--yaml'], "error: unknown option '--yaml'"],
])('%s is told with a status of its own', async (_what, args, problem) => {
  // WHEN
  const { code, stdout, stderr } = await main(...args);

  // THEN
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toContain(problem);
});
