import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'tar';
import { fixtureChart, testHelm } from '../support/helm';
import { nameOf, readManifests } from '../support/manifests';
import { run, runOrThrow } from '../support/process';
import { ROOT, synthFolder } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(300_000);

const { bundleDependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const PEERS = Object.keys(peerDependencies);
const COMPILERS = ['5.0', '6.0', '7.0'];
const PROGRAM = readFileSync(join(ROOT, 'main.ts'), 'utf8');
const COMPILER_OPTIONS = { strict: true, target: 'es2022', module: 'node16', skipLibCheck: false, types: [] };
const WRONG_PROGRAM = `
import { App } from 'cdk8s';
import { AirflowChart, Executor } from 'cdk8s-airflow';

// @ts-expect-error
new AirflowChart(new App(), 'airflow', { executor: Executor.celery({ workers: { replicas: '2' } })});
// @ts-expect-error
new AirflowChart(new App(), 'airflow', { worker: { replicas: 2 } });
`;

const HELM_PROGRAM = `
const { App, Chart } = require('cdk8s');
const { HelmChart, HelmChartInclude } = require('cdk8s-airflow');

const app = new App();
const chart = HelmChart.archive('plain.tgz');
new HelmChartInclude(new Chart(app, 'web'), 'plain', { chart, values: { replicas: 2 }, frozen: false });
app.synth();
`;

/** What `npm pack --json` says of the tarball. */
interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
  readonly bundled: readonly string[];
}

let packed: Packed;
/** A new project that has the tarball installed. */
let project: string;

beforeAll(async () => {
  project = temporaryFolder();
  [packed] = JSON.parse(await runOrThrow('npm', ['pack', '--json', '--pack-destination', project], { cwd: ROOT }));
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const compilers = COMPILERS.map((version) => `typescript-${version}@npm:typescript@~${version}.0`);
  await runOrThrow('npm', ['install', '--no-audit', '--no-fund', `./${packed.filename}`, ...PEERS, ...compilers], { cwd: project });
  cpSync(join(ROOT, 'requirements.txt'), join(project, 'requirements.txt'));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
  for (const name of ['main.ts', 'main.mts']) writeFileSync(join(project, name), PROGRAM);
  writeFileSync(join(project, 'wrong.ts'), WRONG_PROGRAM);
});

afterAll(removeTemporaryFolders);

test('the tarball has what lib and cli became, and no file of development', () => {
  // GIVEN
  const compiled = (folder: string, ...extensions: string[]) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'tsconfig.json')
      .flatMap(({ parentPath, name }) => {
        const path = join(parentPath, name).replace(ROOT, 'build');
        return path.endsWith('.ts') ? extensions.map((extension) => path.replace(/\.ts$/, extension)) : [path];
      });

  // THEN
  const own = packed.files.map(({ path }) => path).filter((path) => !path.startsWith('node_modules/'));
  const expected = [...compiled('lib', '.js', '.d.ts'), ...compiled('cli', '.js')];
  expect(own.sort()).toEqual(['.jsii', 'LICENSE', 'README.md', 'package.json', ...expected].sort());
});

// Three quarters of it are bundled packages, with their source maps, which npm leaves in.
test('the tarball is smaller than 2.5 MiB', () => {
  expect(packed.size).toBeLessThan(2.5 * 1024 * 1024);
});

test('bundled dependencies come with it, peers do not', () => {
  // THEN
  expect(packed.bundled).toEqual(expect.arrayContaining(bundleDependencies));
  for (const peer of PEERS) {
    expect(existsSync(join(project, 'node_modules', peer))).toBe(true);
    expect(existsSync(join(project, 'node_modules/cdk8s-airflow/node_modules', peer))).toBe(false);
  }
});

test.each(COMPILERS)('what TypeScript %s compiles writes the manifests of main.ts, as CommonJS and as an ES module', async (version) => {
  // GIVEN
  const compiler = join(project, `node_modules/typescript-${version}/bin/tsc`);

  // WHEN
  await runOrThrow('node', [compiler, '--outDir', version], { cwd: project });

  // THEN
  const expected = filesIn(await synthFolder(ROOT));
  for (const program of ['main.js', 'main.mjs']) {
    const outdir = temporaryFolder();
    await runOrThrow('node', [join(version, program)], { cwd: project, env: { CDK8S_OUTDIR: outdir } });
    expect(filesIn(outdir)).toEqual(expected);
  }
});

test('an example is a project of its own wherever it is copied to', async () => {
  // GIVEN
  const [example, copy] = [join(ROOT, 'examples/quickstart'), temporaryFolder()];
  cpSync(example, copy, { recursive: true, filter: (path) => !/\/(dist|node_modules)$/.test(path) });

  // WHEN
  await runOrThrow('npm', ['install', '--no-audit', '--no-fund', join(project, packed.filename)], { cwd: copy });
  await runOrThrow('npm', ['run', 'synth'], { cwd: copy });

  // THEN
  expect(filesIn(join(copy, 'dist'))).toEqual(filesIn(await synthFolder(example)));
});

test('a Helm chart is read and rendered by what the package brings', async () => {
  // GIVEN
  await create({ gzip: true, cwd: fixtureChart('.'), file: join(project, 'plain.tgz') }, ['plain']);
  writeFileSync(join(project, 'helm.cjs'), HELM_PROGRAM);
  const outdir = temporaryFolder();

  // WHEN
  const env = { CDK8S_OUTDIR: outdir, HELM_BIN: testHelm(), XDG_CACHE_HOME: temporaryFolder() };
  await runOrThrow('node', ['helm.cjs'], { cwd: project, env });

  // THEN
  const objects = readManifests(outdir);
  expect(objects.map(nameOf)).toEqual(['Service/plain-web', 'Deployment/plain-web']);
  expect(objects[1].spec.replicas).toBe(2);
});

test('the command line is there, and reads manifests', async () => {
  // WHEN
  const images = await runOrThrow('npx', ['--no-install', 'cdk8s-airflow', 'images', join(ROOT, 'dist')], { cwd: project });
  const { code, stderr } = await run('npx', ['--no-install', 'cdk8s-airflow', 'images', 'gone'], { cwd: project });

  // THEN
  expect(images).toContain('docker.io/apache/airflow:');
  expect([code, stderr]).toEqual([3, expect.stringContaining('error: there is no gone')]);
});

test('what is not in lib/index.ts can not be imported', async () => {
  // WHEN
  const { code, stderr } = await run('node', ['--eval', "require('cdk8s-airflow/build/lib/pod-part')"], { cwd: project });

  // THEN
  expect(code).toBe(1);
  expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
});

function filesIn(folder: string): { readonly [name: string]: string } {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
