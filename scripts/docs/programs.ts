import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import ts from 'typescript';
import * as library from '../../lib';
import type { Block } from './pages';

const MODULES = { cdk8s, 'cdk8s-plus-27': plus, 'cdk8s-airflow': library };

/** What stands before the text of a block to make a program of it: nothing, or for props alone an AirflowChart that has them. */
export function headOf({ text }: Block): string {
  if (/^import /m.test(text)) return '';
  const names = (module: object) =>
    Object.keys(module).filter((name) => new RegExp(`(?<![.'"-])\\b${name}\\b(?!-)`).test(`App AirflowChart ${text}`));
  const imports = Object.entries(MODULES).map(([name, module]) => `import { ${names(module).join(', ')} } from '${name}';\n`);
  return `${imports.join('')}const app = new App();\nnew AirflowChart(app, 'airflow', {\n`;
}

export function programOf(block: Block): string {
  const head = headOf(block);
  return head === '' ? block.text : `${head}${block.text}});\napp.synth();\n`;
}

/** Whether a program is a whole one: then it is run. */
export function isWhole(program: string): boolean {
  return program.includes('app.synth()');
}

/** Whether it renders a chart of Airflow, which is not in this repository. */
export function needsCharts(program: string): boolean {
  return /\.(official|bitnami)Chart\(/.test(program) && !/Delivery\.(argo|flux|k3s)/.test(program);
}

/** Whether commands synthesise a program, or use what synth has written. */
export function needsOutput(script: string): boolean {
  return /\bcdk8s synth\b|\bdist\b|\bhelm\.lock\b/.test(script);
}

/** What the compiler has to say of files; `place` tells of a file and a line in it where that is on a page. */
export function compile(root: string, files: readonly string[], place: (file: string, line: number) => string): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const typeRoots = [join(root, 'node_modules/@types')];
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: ['node'], typeRoots }, root);
  const program = ts.createProgram([...files], options);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    return file ? `${place(file.fileName, file.getLineAndCharacterOfPosition(start).line + 1)}: ${text}` : text;
  });
}
