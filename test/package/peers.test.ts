import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import minVersion from 'semver/ranges/min-version';
import { create } from 'tar';
import { fixtureChart, testHelm } from '../support/helm';
import { type Manifest, nameOf, readManifests } from '../support/manifests';
import { runOrThrow } from '../support/process';
import { ROOT } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(300_000);

const { peerDependencies }: { peerDependencies: { [name: string]: string } } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const OLDEST = Object.entries(peerDependencies).map(([name, range]) => `${name}@${minVersion(range)}`);
const NEWEST = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`);

/** All that rests on what cdk8s and constructs keep to themselves: parts, patches, Jobs, objects that are there when they are looked at. */
const PROGRAM = `
const { App, Chart, JsonPatch } = require('cdk8s');
const { k8s } = require('cdk8s-plus-27');
const { Airflow, DagGitSync, HelmChart, HelmChartInclude, Requirements } = require('cdk8s-airflow');

const app = new App();
const chart = new Chart(app, 'data', { namespace: 'data' });
const repositories = [{ url: 'https://git.example.com/dags.git' }];
const airflow = new Airflow(chart, 'airflow', {
  dags: repositories,
  requirements: Requirements.fromList(['pandas==2.3.3']),
  ingress: { host: 'airflow.example.com' },
});
if (process.argv.includes('patched')) {
  airflow.patch('Job', 'airflow-migrate', JsonPatch.replace('/spec/template/spec/containers/0/args/1', 'check'));
}

const containers = [{ name: 'web', image: 'web:1', ports: [{ containerPort: 80 }] }];
const labels = { app: 'web' };
const workload = new k8s.KubeDeployment(chart, 'web', {
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
});
workload.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/1/resources', { limits: { memory: '1Gi' } }));
new DagGitSync(chart, 'sync', { repositories }).attachTo(workload);

const jobs = new HelmChartInclude(chart, 'jobs', { chart: HelmChart.archive('hooks.tgz'), frozen: false });
if (process.argv.includes('patched')) {
  jobs.patch('Job', 'jobs-migrate', JsonPatch.replace('/spec/template/spec/containers/0/image', 'migrate:2'));
}
app.synth();
`;

/** A new project with the package and versions of its peers: what its program makes. */
async function project(peers: readonly string[]): Promise<(...args: string[]) => Promise<Manifest[]>> {
  const cwd = temporaryFolder();
  const [{ filename }] = JSON.parse(await runOrThrow('npm', ['pack', '--json', '--pack-destination', cwd], { cwd: ROOT }));
  writeFileSync(join(cwd, 'package.json'), '{ "private": true }');
  await runOrThrow('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `./${filename}`, ...peers], { cwd });
  await create({ gzip: true, cwd: fixtureChart('.'), file: join(cwd, 'hooks.tgz') }, ['hooks']);
  writeFileSync(join(cwd, 'program.cjs'), PROGRAM);
  return async (...args) => {
    const outdir = temporaryFolder();
    const env = { CDK8S_OUTDIR: outdir, HELM_BIN: testHelm(), XDG_CACHE_HOME: temporaryFolder() };
    await runOrThrow('node', ['program.cjs', ...args], { cwd, env });
    return readManifests(outdir);
  };
}

let ofOldest: (...args: string[]) => Promise<Manifest[]>;
let ofNewest: (...args: string[]) => Promise<Manifest[]>;

beforeAll(async () => {
  ofOldest = await project(OLDEST);
  ofNewest = await project(NEWEST);
});

afterAll(removeTemporaryFolders);

test('the oldest peers that are allowed make what the newest make', async () => {
  expect(await ofOldest()).toEqual(await ofNewest());
});

test('with the oldest peers parts are attached and patched', async () => {
  // WHEN
  const [web] = (await ofOldest()).filter((manifest) => nameOf(manifest) === 'Deployment/web');

  // THEN
  const { spec } = web.spec.template;
  expect(spec.containers[0].ports).toEqual([{ containerPort: 80 }]);
  expect(spec.containers[1].resources).toEqual({ limits: { memory: '1Gi' } });
});

test('with the oldest peers a Job that is patched is another Job', async () => {
  // GIVEN
  const jobsOf = (manifests: Manifest[]) => manifests.map(nameOf).filter((name) => /^Job\/.*-migrate-/.test(name));

  // WHEN
  const [plain, patched] = [jobsOf(await ofOldest()), jobsOf(await ofOldest('patched'))];

  // THEN
  expect(plain).toHaveLength(2);
  for (const names of [plain, patched]) {
    expect(names).toEqual([expect.stringMatching(/^Job\/airflow-migrate-/), expect.stringMatching(/^Job\/jobs-migrate-/)]);
  }
  expect(patched.filter((name) => plain.includes(name))).toEqual([]);
});
