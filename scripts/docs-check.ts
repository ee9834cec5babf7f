import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { readManifests } from '../test/support/manifests';
import { CHARTS, helmScript } from './docs/helm';
import { hasKubectl, judgeKubectl } from './docs/kubectl';
import { checkLinks, checkMenu } from './docs/links';
import { judgeNpm } from './docs/npm';
import { type Page, readPage } from './docs/pages';
import { compile } from './docs/programs';
import { checkReference } from './docs/reference';
import { type Command, Sandbox } from './docs/sandbox';

// Checks documentation without a cluster and without a network: links, programs, commands, and the pages that docs:reference writes.

const ROOT = resolve(__dirname, '..');

async function main(): Promise<void> {
  const pages = pagesIn('docs', true);
  const readme = readPage(ROOT, 'README.md');
  const examples = pagesIn('examples', true);
  // The program in Python is tried by test:python.
  const tried = [readme, ...pages, ...examples.filter(({ path }) => path !== 'examples/python/README.md')];
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-airflow-docs-'));
  try {
    const sandbox = await tryPages(tried, folder);
    const problems = [
      ...checkLinks(ROOT, [...pages, ...pagesIn('.'), ...examples]),
      ...checkMenu(readPage(ROOT, 'docs/README.md'), pages),
      ...checkReference(ROOT),
      ...sandbox.problems,
      ...compilePrograms(sandbox),
    ];
    process.stdout.write(`${report(tried, sandbox)}\n`);
    if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${problems.length} problems`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The pages of a folder, and with `recursive` of those in it. */
function pagesIn(folder: string, recursive = false): Page[] {
  const names = readdirSync(join(ROOT, folder), { recursive, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  return names.sort().map((name) => readPage(ROOT, join(folder, name)));
}

/** Two at a time: each program and command is a process of its own. */
async function tryPages(pages: readonly Page[], folder: string): Promise<Sandbox> {
  const sandbox = new Sandbox(ROOT, folder, { tools: { helm: helmScript() }, hasCharts: CHARTS !== undefined });
  const waiting = [...pages];
  const work = async () => {
    for (let page = waiting.shift(); page; page = waiting.shift()) await sandbox.run(page, (command) => judge(command, page));
  };
  await Promise.all([work(), work()]);
  return sandbox;
}

/** What can be said of a command without what it needs. */
function judge({ words: [tool, ...args], folder }: Command, { elsewhere }: Page): string[] {
  if (tool === 'kubectl') {
    const dist = join(folder, 'dist');
    return judgeKubectl(args, { folder, elsewhere, objects: existsSync(dist) ? readManifests(dist) : undefined });
  }
  return tool === 'npm' ? judgeNpm(args, JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))) : [];
}

function compilePrograms({ programs }: Sandbox): string[] {
  return compile(
    ROOT,
    programs.map(({ file }) => file),
    (file, line) => {
      const program = programs.find((candidate) => candidate.file === file);
      return program ? `${program.page}:${program.line + line - 1 - program.head}` : `${relative(ROOT, file)}:${line}`;
    },
  );
}

/** What was checked, and the commands that need more than that. */
function report(pages: readonly Page[], { programs, notRun, commands }: Sandbox): string {
  const lines = pages.flatMap(({ path }) => {
    const own = commands.filter(({ place }) => place.startsWith(`${path}:`));
    return own.map(({ place, words }) => `  ${place} ${words.join(' ').replaceAll('\n', ' ')}`);
  });
  return [
    `${pages.length} pages, ${programs.length} programs. These commands need a cluster or the network; their names, files and flags are checked:`,
    ...lines,
    ...(notRun.length > 0
      ? [
          `NOT TRIED: what renders Airflow's charts (programs are compiled all the same), as AIRFLOW_CHARTS is not set: ${notRun.join(', ')}`,
        ]
      : []),
    ...(hasKubectl() ? [] : ['There is no kubectl on the PATH: its flags are not checked.']),
  ].join('\n');
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
