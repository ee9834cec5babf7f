// The command line, beside what jsii makes of lib: it takes no other files than those.
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(
  { ...config.compilerOptions, module: 'node20', moduleResolution: 'node16', noEmit: false },
  '.',
);

for (const name of readdirSync('cli', { recursive: true }).filter((name) => name.endsWith('.ts'))) {
  const file = join('build/cli', name.replace(/\.ts$/, '.js'));
  const { outputText } = ts.transpileModule(readFileSync(join('cli', name), 'utf8'), { compilerOptions: options });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, outputText);
}

cpSync('cli', 'build/cli', { recursive: true, filter: (path) => statSync(path).isDirectory() || path.endsWith('defaults.json') });
