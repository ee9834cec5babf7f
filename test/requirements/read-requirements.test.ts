import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ReadRequirements, readRequirements } from '../../lib/requirements/read-requirements';
import { Requirements } from '../../lib/requirements/requirements';

const before = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'requirements-'));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test('included files are in their places, relative to the file that includes them', () => {
  // GIVEN
  write('requirements.txt', 'first\n-r more/base.txt\nlast\n');
  write('more/base.txt', '# of all\nbase\n--requirement deeper/other.txt\n');
  write('more/deeper/other.txt', 'other==1.0');

  // WHEN
  const read = readFile('requirements.txt');

  // THEN
  expect(read.problems).toEqual([]);
  expect(read.requirements).toEqual(['first', 'base', 'other==1.0', 'last']);
});

test('files with constraints become one', () => {
  // GIVEN
  write('requirements.txt', 'first\n-c limits.txt\nlast\n--constraint=more/limits.txt\n');
  write('limits.txt', 'first<2\n--index-url https://pypi.example.com/simple\n');
  write('more/limits.txt', 'last<3\n-c others.txt\n-r required.txt\n');
  write('more/others.txt', 'other<4\n');
  write('more/required.txt', 'required\n');

  // WHEN
  const read = readFile('requirements.txt');

  // THEN options count for all, and what a file with constraints requires is required
  expect(read.problems).toEqual([]);
  expect(read.requirements).toEqual([
    'first',
    '--constraint constraints.txt',
    '--index-url https://pypi.example.com/simple',
    'last',
    'required',
  ]);
  expect(read.constraints).toEqual(['first<2', 'last<3', 'other<4']);
});

test('constraints of a URL are read in the pod', () => {
  // WHEN
  const read = readText('-c https://example.com/constraints.txt\npandas');

  // THEN
  expect(read).toMatchObject({ requirements: ['--constraint https://example.com/constraints.txt', 'pandas'], constraints: undefined });
});

test('the same file may be included twice, but not in itself', () => {
  // GIVEN
  write('requirements.txt', '-r a.txt\n-r b.txt\n-r a.txt\n');
  write('a.txt', 'a\n');
  write('b.txt', '\n-r ./b.txt\n-r requirements.txt\n');

  // WHEN
  const read = readFile('requirements.txt');

  // THEN
  expect(read.requirements).toEqual(['a', 'a']);
  expect(read.problems).toEqual(['b.txt, line 2: the file includes itself']);
});

test('all errors are found, each with its file and line', () => {
  // GIVEN
  write('requirements.txt', 'pandas=2\n-r missing.txt\n-r more/base.txt\n-r https://example.com/r.txt\nfine\n');
  write('more/base.txt', 'fine\n\nb \\\n  c\n');

  // WHEN
  const read = readFile('requirements.txt');

  // THEN
  expect(read.problems).toEqual([
    expect.stringMatching(/^requirements\.txt, line 1: "pandas=2": not a requirement .* pinned with "=="/),
    'requirements.txt, line 2: "-r missing.txt": missing.txt: no such file',
    expect.stringMatching(/^more\/base\.txt, line 3: not a requirement/),
    expect.stringMatching(/^requirements\.txt, line 4: "-r https:\/\/example\.com\/r\.txt": the file is read at synth/),
  ]);
});

test('what is in a file that is no list of packages is not in the errors', () => {
  // GIVEN
  write('requirements.txt', '-r secret.env\nTOKEN=s3cret\nexport DB_PASSWORD="s3cret"\n');
  write('secret.env', 'TOKEN=s3cret\nDB_PASSWORD=s3cret two\n# fine\ns3cret!\n');

  // WHEN
  const { problems } = readFile('requirements.txt');

  // THEN
  expect(problems.join('\n')).not.toContain('s3cret');
  expect(problems.filter((problem) => problem.startsWith('secret.env, line '))).not.toEqual([]);
  expect(problems.filter((problem) => problem.startsWith('requirements.txt, line 2: "TOKEN=***": '))).toHaveLength(1);
});

test('a missing file is an error', () => {
  // THEN
  expect(readFile('requirements.txt').problems).toEqual(['requirements.txt: no such file']);
});

test.each([
  ['pandas[excel]<3', 'a constraint has no extras'],
  ['https://example.com/pandas.whl', 'a constraint has a name'],
])('%s is no constraint', (line, message) => {
  // GIVEN
  write('limits.txt', line);

  // THEN
  expect(readText('-c limits.txt').problems).toEqual([expect.stringContaining(message)]);
});

test.each([
  [
    '--index-url https://ada:s3cret@pypi.example.com/simple',
    `"[global]" and "index-url = https://USER:TOKEN@pypi.example.com/simple" under the key pip.conf`,
    "Requirements.fromText(…, { pipConfig: { secretName: 'pip-conf' } })",
  ],
  [
    '--extra-index-url https://s3cret@pypi.example.com/simple',
    'extra-index-url = https://USER:TOKEN@pypi.example.com/simple',
    "Requirements.fromText(…, { pipConfig: { secretName: 'pip-conf' } })",
  ],
  [
    'tools @ git+https://oauth2:s3cret@gitlab.example.com/tools.git@v1',
    'machine gitlab.example.com login USER password TOKEN',
    "Requirements.fromText(…, { netrc: { secretName: 'netrc' } })",
  ],
  ['--find-links https://ada:s3cret@example.com/', 'write https://example.com/ here', '{ netrc:'],
  ['-c https://example.com/c.txt?token=s3cret', 'write https://example.com/c.txt here', '{ netrc:'],
  ['pandas= --index-url https://ada:s3cret@pypi.example.com/simple', 'on a line of its own', '***@pypi.example.com'],
])('%s is an error that tells what to do and keeps the secret', (line, remedy, call) => {
  // WHEN
  const [problem] = readText(line).problems;

  // THEN
  expect(problem).toContain(remedy);
  expect(problem).toContain(call);
  expect(problem).not.toContain('s3cret');
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function readFile(path: string): ReadRequirements {
  return readRequirements(Requirements.fromFile(path)._source);
}

function readText(text: string): ReadRequirements {
  return readRequirements(Requirements.fromText(text)._source);
}
