import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, headOf, isWhole, programOf } from '../../scripts/docs/programs';
import { ROOT } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(120_000);
afterAll(removeTemporaryFolders);

const block = (text: string) => ({ language: 'ts', text, line: 1, section: '' });

test('a program stays as it is', () => {
  // GIVEN
  const text = "import { App } from 'cdk8s';\nnew App();\n";

  // THEN
  expect(programOf(block(text))).toBe(text);
  expect(headOf(block(text))).toBe('');
  expect(isWhole(text)).toBe(false);
});

test('props become an AirflowChart that has them, with imports of what they use', () => {
  // WHEN
  const program = programOf(block('executor: Executor.LOCAL,\n'));

  // THEN
  expect(program).toContain("import { App } from 'cdk8s';");
  expect(program).toContain("import { AirflowChart, Executor } from 'cdk8s-airflow';");
  expect(program).toContain("new AirflowChart(app, 'airflow', {\nexecutor: Executor.LOCAL,\n});");
  expect(isWhole(program)).toBe(true);
});

test('what the compiler finds is told by the place on the page', () => {
  // GIVEN
  const file = join(temporaryFolder(), 'program.ts');
  writeFileSync(file, 'const right = 1;\nconst wrong: string = right;\n\nexport { wrong };\n');

  // WHEN
  const problems = compile(ROOT, [file], (name, line) => `${name === file ? 'page' : name}:${line}`);

  // THEN
  expect(problems).toEqual(["page:2: Type 'number' is not assignable to type 'string'."]);
});
