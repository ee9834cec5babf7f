import { parsePage } from '../../scripts/docs/pages';
import { type Command, Sandbox } from '../../scripts/docs/sandbox';
import { ROOT } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(120_000);
afterAll(removeTemporaryFolders);

async function tryPage(text: string, judge: (command: Command) => string[] = () => [], path = 'docs/how-to/page.md'): Promise<Sandbox> {
  const sandbox = new Sandbox(ROOT, temporaryFolder());
  await sandbox.run(parsePage(path, text), judge);
  return sandbox;
}

const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n\n`;

test('files are written, commands run in one folder after the other, and tools that need more are noted', async () => {
  // WHEN
  const sandbox = await tryPage(
    [
      fence('sh', 'mkdir sub && cd sub'),
      fence('text notes.txt', 'a note'),
      fence('sh', "test \"$(cat notes.txt)\" = 'a note'\nkubectl get 'a b' | cat\nkind create cluster"),
    ].join(''),
  );

  // THEN
  expect(sandbox.problems).toEqual([]);
  expect(sandbox.commands.map(({ words }) => words)).toEqual([
    ['kubectl', 'get', 'a b'],
    ['kind', 'create', 'cluster'],
  ]);
  expect(sandbox.commands[0]).toMatchObject({ place: 'docs/how-to/page.md:10', folder: expect.stringMatching(/how-to\/page\/sub$/) });
});

test('the reader begins in the project of main.ts, with what a page says is given', async () => {
  // WHEN
  const sandbox = await tryPage(
    `<!-- given: token.txt -->\n\n${fence('sh', 'test -s token.txt\ngrep --quiet "cdk8s-airflow" main.ts\nls dist\ngit add dist')}`,
  );

  // THEN
  expect(sandbox.problems).toEqual([]);
});

test('the reader of an example begins in its project', async () => {
  // WHEN
  const commands = 'npx cdk8s synth\ngrep --quiet "namespace: airflow-quickstart" dist/*';
  const { problems } = await tryPage(fence('sh', commands), undefined, 'examples/quickstart/README.md');

  // THEN
  expect(problems).toEqual([]);
});

test('the commands of an example whose chart is not here are not run', async () => {
  // WHEN
  const { problems, notRun } = await tryPage(fence('sh', 'npx cdk8s synth'), undefined, 'examples/official-chart/README.md');

  // THEN
  expect([problems, notRun]).toEqual([[], ['examples/official-chart/README.md:2']]);
});

test('props and programs are synthesised, and what they make is there for the commands behind them', async () => {
  // WHEN
  const sandbox = await tryPage(`${fence('ts', "namespace: 'elsewhere',")}${fence('sh', 'grep --quiet "namespace: elsewhere" dist/*')}`);

  // THEN
  expect(sandbox.problems).toEqual([]);
  expect(sandbox.programs).toEqual([expect.objectContaining({ page: 'docs/how-to/page.md', line: 2, head: 5 })]);
});

test('a program may fail as the page shows', async () => {
  // GIVEN
  const program = fence('ts', "namespace: 'No Label',");
  const error = (value: string) =>
    fence('text', `Validation failed with the following errors:\n  [airflow] namespace: ${JSON.stringify(value)} given; expected`);

  // THEN
  expect((await tryPage(program + error('No Label'))).problems).toEqual([]);
  expect((await tryPage(program + error('Another'))).problems).toEqual([expect.stringContaining('the program ends with 1')]);
  expect((await tryPage(fence('ts', "namespace: 'label',") + error('label'))).problems).toEqual([
    expect.stringContaining('the program ends with 0'),
  ]);
});

test('what needs a chart that is not here is compiled, and neither it nor what uses its output is run', async () => {
  // WHEN
  const { problems, programs, notRun, commands } = await tryPage(
    [
      fence('ts main.ts', "distribution: Distribution.officialChart({ version: '1.20.0' }),"),
      fence('sh', 'npx cdk8s synth'),
      fence('sh', 'git add helm.lock'),
      fence('sh', 'kubectl get pods'),
      fence('ts', "namespace: 'elsewhere',"),
      fence('sh', 'git add dist'),
    ].join(''),
  );

  // THEN
  expect([problems, programs.length]).toEqual([[], 2]);
  expect(notRun).toEqual([2, 6, 10].map((line) => `docs/how-to/page.md:${line}`));
  expect(commands.map(({ words }) => words[0])).toEqual(['kubectl']);
});

test.each([
  ['a command that fails', fence('sh', 'false'), 'docs/how-to/page.md:2: a command ends with 1'],
  ['one that fails in a pipe', fence('sh', 'false | cat'), 'docs/how-to/page.md:2: a command ends with 1'],
  ['a program that synth refuses', fence('ts', "namespace: 'No Label',"), 'docs/how-to/page.md:2: the program ends with 1'],
  ['YAML that is none', fence('yaml', 'a: [b'), 'docs/how-to/page.md:2: Flow sequence'],
  ['a script of CI that fails', fence('yaml', 'job:\n  script:\n    - true\n    - false'), 'docs/how-to/page.md:2: a command ends with 1'],
  ['a language that nobody knows', fence('cobol', 'STOP'), 'docs/how-to/page.md:2: no check knows the language "cobol"'],
])('%s is a problem', async (_what, text, problem) => {
  expect((await tryPage(text)).problems).toEqual([expect.stringContaining(problem)]);
});

test('what is wrong with a noted command is a problem at its place', async () => {
  // WHEN
  const { problems } = await tryPage(fence('sh', 'kubectl frob'), ({ words }) => [`no ${words[1]}`]);

  // THEN
  expect(problems).toEqual(['docs/how-to/page.md:2: kubectl frob: no frob']);
});
