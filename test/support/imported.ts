import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { type ImportOptions, importValues } from '../../cli/import';
import { type Manifest, readManifests } from './manifests';
import { runOrThrow } from './process';
import { ROOT } from './synth';
import { temporaryFolder } from './temporary-folder';

export const VALUES = join(ROOT, 'test/fixtures/values');

/** The names of the values.yaml that are tried. */
export const VALUES_FILES = readdirSync(VALUES).map((name) => basename(name, '.yaml'));

export function imported(name: string, options: Partial<ImportOptions> = {}): string {
  return importValues(join(VALUES, `${name}.yaml`), { language: 'typescript', ...options }).text;
}

/** What is imported from a text. */
export function importedText(yaml: string, options: Partial<ImportOptions> = {}): string {
  const file = join(temporaryFolder(), 'values.yaml');
  writeFileSync(file, yaml);
  return importValues(file, { language: 'typescript', chart: 'official', ...options }).text;
}

/** The folder with the manifests of a program in TypeScript. */
export async function synthProgram(program: string): Promise<string> {
  const folder = temporaryFolder();
  for (const name of ['lib', 'node_modules', 'tsconfig.json', 'package.json']) symlinkSync(join(ROOT, name), join(folder, name));
  writeFileSync(join(folder, 'main.ts'), program);
  await runOrThrow('node', ['--import', 'tsx', 'main.ts'], { cwd: folder });
  return join(folder, 'dist');
}

export async function manifestsOf(program: string): Promise<Manifest[]> {
  return readManifests(await synthProgram(program));
}

/** What the compiler has to say of programs, all at once, as it reads the library each time. */
export function typeErrors(programs: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const files = new Map(programs.map((text, index) => [join(ROOT, `imported-${index}.ts`), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const sources = [...files.keys()].map((path) => program.getSourceFile(path));
  const found = sources.flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]);
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
