import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseAllDocuments } from 'yaml';
import type { Block, Page } from './pages';
import { headOf, isWhole, needsCharts, needsOutput, programOf } from './programs';

/** A command that was asked of a tool which needs more than this machine has. */
export interface Command {
  readonly words: readonly string[];
  /** Where it stands. */
  readonly place: string;
  /** The folder that it was called in. */
  readonly folder: string;
}

/** A program of a page as it was written to a file: `line` of the page is the line behind the first `head` lines. */
export interface Program {
  readonly file: string;
  readonly page: string;
  readonly line: number;
  readonly head: number;
}

/** Languages of blocks that nothing is done with, but to write them to the file that they name. */
const PLAIN = ['text', 'diff', 'json', 'python', 'ini', 'sql'];
/** They are not called, but noted: what they need, a cluster, Docker or the network, is not here. */
const NOTED = ['argocd', 'docker', 'flux', 'helm', 'kind', 'kubectl', 'npm'];

export interface SandboxOptions {
  /** What tools do instead of being noted, as shell scripts. */
  readonly tools?: { readonly [name: string]: string };
  /** Whether their helm can get Airflow's charts. Else programs that render one are compiled and not run, nor is what uses their output. */
  readonly hasCharts?: boolean;
}

/** A folder in which pages are tried out, one in each of its folders. */
export class Sandbox {
  readonly problems: string[] = [];
  readonly commands: Command[] = [];
  readonly programs: Program[] = [];
  /** The places of programs that were not run, and of commands that need what these would have written. */
  readonly notRun: string[] = [];
  private readonly tools: string;

  constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly options: SandboxOptions = {},
  ) {
    this.tools = join(folder, 'tools');
    mkdirSync(this.tools);
    this.install();
    for (const name of NOTED) this.addTool(name, options.tools?.[name] ?? `printf '%s\\0' "$#" "$PWD" '${name}' "$@" >>"$COMMANDS"`);
    // The project's own tools, as in a project that has them installed.
    const own = `if [ "$1" = cdk8s-airflow ]; then shift; exec node --import "${root}/node_modules/tsx/dist/loader.mjs" "${root}/cli/main.ts" "$@"; fi`;
    this.addTool('npx', `${own}\ntool=$1; shift; exec "${root}/node_modules/.bin/$tool" "$@"`);
  }

  /** The packages of the project, and the library itself as one of them. */
  private install(): void {
    const [from, to] = [this.root, this.folder].map((folder) => join(folder, 'node_modules'));
    const library = join(to, 'cdk8s-airflow');
    mkdirSync(library, { recursive: true });
    for (const name of readdirSync(from)) symlinkSync(join(from, name), join(to, name));
    writeFileSync(join(library, 'package.json'), JSON.stringify({ main: 'index.ts', types: 'index.ts' }));
    writeFileSync(join(library, 'index.ts'), `export * from '${join(this.root, 'lib')}';\n`);
  }

  private addTool(name: string, script: string): void {
    writeFileSync(join(this.tools, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.tools, name), 0o755);
  }

  /** Do what a page says, from top to bottom; `judge` gets each command of a tool that is not called. */
  async run(page: Page, judge: (command: Command) => string[] = () => []): Promise<void> {
    let folder = this.projectFor(page);
    let lacksOutput = this.isLeftOut(readFileSync(join(folder, 'main.ts'), 'utf8'));
    for (const [index, block] of page.blocks.entries()) {
      const place = `${page.path}:${block.line}`;
      if (block.file) {
        mkdirSync(dirname(join(folder, block.file)), { recursive: true });
        writeFileSync(join(folder, block.file), block.language === 'ts' ? programOf(block) : block.text);
      }
      if (block.language === 'ts') {
        await this.runProgram(page, index, folder);
        lacksOutput = this.notRun.includes(place);
      } else if (block.language === 'sh' && lacksOutput && needsOutput(block.text)) this.notRun.push(place);
      else if (block.language === 'sh') folder = await this.runShell(block.text, place, folder, judge);
      else if (block.language === 'yaml') {
        for (const script of this.scriptsOf(block, place)) await this.runShell(`export CI=true\n${script}`, place, folder, judge);
      } else if (!PLAIN.includes(block.language)) this.problems.push(`${place}: no check knows the language "${block.language}"`);
    }
  }

  private isLeftOut(program: string): boolean {
    return needsCharts(program) && !this.options.hasCharts;
  }

  /** What the reader of a page has before it begins: the program of this repository, or of the example, as a project of its own. */
  private projectFor(page: Page): string {
    const from = join(this.root, page.path.startsWith('examples/') ? dirname(page.path) : '.');
    const folder = join(this.folder, page.path.replace(/\.md$/, ''));
    mkdirSync(folder, { recursive: true });
    for (const file of ['cdk8s.yaml', 'main.ts', 'requirements.txt', 'dist'].filter((name) => existsSync(join(from, name))))
      cpSync(join(from, file), join(folder, file), { recursive: true });
    for (const given of page.given) {
      const [name, source] = given.split('=');
      if (source) cpSync(join(this.root, source), join(folder, name), { recursive: true });
      else writeFileSync(join(folder, name), `${name}\n`);
    }
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    return folder;
  }

  /** Synthesise what is a whole program. It is to fail where the block behind it shows the error. */
  private async runProgram(page: Page, index: number, folder: string): Promise<void> {
    const [block, next] = page.blocks.slice(index);
    const place = `${page.path}:${block.line}`;
    const file = join(folder, `line-${block.line}.ts`);
    const program = programOf(block);
    writeFileSync(file, program);
    this.programs.push({ file, page: page.path, line: block.line, head: headOf(block).split('\n').length - 1 });
    if (!isWhole(program)) return;
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    if (this.isLeftOut(program)) {
      this.notRun.push(place);
      return;
    }
    const { code, output } = await ended(spawn('node', ['--import', 'tsx', file], { cwd: folder, env: this.environment(folder) }));
    const error = next?.text.startsWith('Validation failed') ? next.text.trim() : undefined;
    const isAsShown = error === undefined ? code === 0 : code !== 0 && output.includes(error);
    if (!isAsShown) this.problems.push(`${place}: the program ends with ${code}:\n${output.slice(0, 2000)}`);
  }

  /** Run commands; the folder in which they end. */
  private async runShell(script: string, place: string, folder: string, judge: (command: Command) => string[]): Promise<string> {
    const env = this.environment(folder);
    // The folder is told even where a command fails or leaves early.
    const bash = spawn('bash', ['-euo', 'pipefail', '-c', `trap 'pwd >"$FOLDER"' EXIT\n${script}`], { cwd: folder, env });
    const { code, output } = await ended(bash);
    if (code !== 0) this.problems.push(`${place}: a command ends with ${code}:\n${output.slice(0, 2000)}`);
    for (const { words, folder } of readCommands(env.COMMANDS)) {
      const command = { words, place, folder };
      this.commands.push(command);
      this.problems.push(...judge(command).map((problem) => `${place}: ${words.join(' ')}: ${problem}`));
    }
    return readFileSync(env.FOLDER, 'utf8').trim();
  }

  /** What a CI system runs, out of its configuration; and whether the YAML is one. */
  private scriptsOf(block: Block, place: string): string[] {
    const documents = parseAllDocuments(block.text);
    this.problems.push(...documents.flatMap(({ errors }) => errors.map(({ message }) => `${place}: ${message}`)));
    return documents.flatMap((document) => findScripts(document.toJS()));
  }

  private environment(folder: string) {
    const name = folder.slice(this.folder.length + 1).replaceAll('/', '-');
    const notes = { COMMANDS: join(this.folder, `${name}.commands`), FOLDER: join(this.folder, `${name}.folder`) };
    rmSync(notes.COMMANDS, { force: true });
    const person = {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    };
    const own = {
      GIT_CONFIG_GLOBAL: '/dev/null',
      HELM_BIN: join(this.tools, 'helm'),
      XDG_CACHE_HOME: join(this.folder, 'cache'),
      CDK8S_CHECK_UPGRADE: 'false',
      CI: '',
      PATH: `${this.tools}:${process.env.PATH}`,
    };
    return { ...process.env, ...person, ...notes, ...own };
  }
}

function readCommands(file: string): { words: string[]; folder: string }[] {
  if (!existsSync(file)) return [];
  const words = readFileSync(file, 'utf8').split('\0').slice(0, -1);
  const commands = [];
  while (words.length > 0) {
    const [count, folder] = words.splice(0, 2);
    commands.push({ words: words.splice(0, Number(count) + 1), folder });
  }
  return commands;
}

function findScripts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(findScripts);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    ['run', 'script', 'before_script'].includes(key) ? [[child].flat().join('\n')] : findScripts(child),
  );
}

async function ended(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  const code = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err] = await Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  return { code: await code, output: `${err}${out}` };
}
