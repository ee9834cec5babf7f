import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circles, hasCode, namesIn, readSources, type Source } from './support/source-imports';
import { ROOT } from './support/synth';

/**
 * The files and folders of lib/, from the ground up. Each may import what stands in the rows above it, and nothing that stands beside it or
 * below. So no distribution knows of another, and nothing that makes or checks objects knows of a distribution.
 */
const LAYERS = [
  ['imports', 'kubernetes'],
  ['validation'],
  ['cdk8s', 'network', 'config'],
  ['scaling', 'exposure', 'helm/chart-error', 'helm/values'],
  ['props', 'helm/plain', 'helm/run'],
  ['content'],
  ['login', 'logs'],
  ['credentials', 'dags', 'requirements', 'helm/chart', 'helm/lock'],
  ['helm'],
  ['delivery', 'checks'],
  ['components'],
  ['data-stores', 'metrics'],
  ['executors'],
  ['distributions/contract'],
  ['distributions/shared'],
  ['distributions/shared-by-charts'],
  ['distributions/built-in', 'distributions/official-chart', 'distributions/bitnami-chart'],
  ['distributions/distribution'],
  ['airflow-props'],
  ['airflow'],
  ['airflow-chart'],
  ['index'],
];

/** What only one file or folder imports. */
const IMPORTED_BY: { readonly [part: string]: string } = { checks: 'airflow', imports: 'delivery' };

/** The one part that touches what cdk8s and constructs keep to themselves, or replaces what they do. */
const INWARD = 'cdk8s';
const INTERNALS =
  /\b_toJson\b|'patches'|\b(defineProperty|Reflect)\b|\.(toJson|synth|synthYaml|stringify|children|tryFindChild|addJsonPatch) = |\bsetPrototypeOf\b/;

/** What runs programs, and knows of the time, the machine and who is at it. */
const OUTWARD = ['helm/chart/', 'helm/run/', 'helm/rendering.ts'];
/** What the others may use of Node. */
const NODE_MODULES = ['node:crypto', 'node:fs', 'node:net', 'node:path', 'node:path/posix'];
/** What differs between two runs or two machines, as what goes by the language of the machine. */
const UNSTEADY = ['Date', 'Intl', 'fetch', 'performance', 'process', 'random', 'randomBytes', 'randomInt', 'randomUUID', 'localeCompare'];

/** A file of more lines than these has a test of its name. */
const SMALL = 40;
/** Those that have none, and the file with whose test they are tested. */
const TESTED_BY: { readonly [path: string]: string } = {
  'checks/made-secrets.ts': 'checks/references.ts',
  'credentials/external-credentials.ts': 'credentials/credentials.ts',
  'credentials/inline-credentials.ts': 'credentials/credentials.ts',
  'dags/bundle-plan.ts': 'dags/dag-sources.ts',
  'dags/dag-bundle.ts': 'dags/dag-sources.ts',
  'data-stores/broker.ts': 'data-stores/external-broker.ts',
  'data-stores/database.ts': 'data-stores/data-store.ts',
  'data-stores/store-pod.ts': 'data-stores/stateful-server.ts',
  'data-stores/tls.ts': 'data-stores/external-database.ts',
  'distributions/bitnami-chart/followed.ts': 'distributions/every-prop.ts',
  'distributions/built-in/followed.ts': 'distributions/every-prop.ts',
  'distributions/distribution.ts': 'distributions/official-chart/official-chart.ts',
  'distributions/official-chart/followed.ts': 'distributions/every-prop.ts',
  'distributions/official-chart/pod-values.ts': 'distributions/official-chart/components.ts',
  'distributions/official-chart/team-brokers.ts': 'distributions/official-chart/teams.ts',
  'distributions/official-chart/validate-workers.ts': 'distributions/official-chart/worker-groups.ts',
  'distributions/official-chart/values.ts': 'distributions/official-chart/official-chart.ts',
  'distributions/shared-by-charts/deploy-chart.ts': 'distributions/official-chart/official-chart.ts',
  'distributions/shared/airflow-container.ts': 'distributions/built-in/airflow-pod.ts',
  'distributions/shared/cluster-destinations.ts': 'distributions/shared/airflow-flows.ts',
  'distributions/shared/credentials-job.ts': 'distributions/official-chart/secrets.ts',
  'distributions/shared/package-destinations.ts': 'distributions/shared/airflow-flows.ts',
  'distributions/shared/validate-settings.ts': 'bad-input.ts',
  'exposure/exposures.ts': 'distributions/built-in/flower.ts',
  'exposure/web-address.ts': 'exposure/ingress-exposure.ts',
  'helm/rendering.ts': 'helm/helm-chart-include.ts',
  'helm/run/helm-thread.ts': 'helm/run/helm-runner.ts',
  'helm/values/known-values.ts': 'helm/values/strict-values.ts',
  'kubernetes/yaml-nodes.ts': 'kubernetes/kubernetes-yaml.ts',
  'login/fab-login.ts': 'login/login.ts',
  'login/keycloak.ts': 'login/login.ts',
  'login/ldap.ts': 'login/login.ts',
  'logs/azure-blob.ts': 'logs/logs.ts',
  'logs/open-search.ts': 'logs/logs.ts',
  'logs/remote-store.ts': 'logs/logs.ts',
  'logs/search-store.ts': 'logs/logs.ts',
  'logs/volume.ts': 'logs/logs.ts',
  'metrics/airflow-metrics.ts': 'metrics/statsd-mapping.ts',
  'metrics/statsd.ts': 'metrics/metrics.ts',
  'network/network-flow.ts': 'network/network-policies.ts',
  'props/backup-store.ts': 'data-stores/postgresql-backup.ts',
  'props/ca-certificates.ts': 'data-stores/external-database.ts',
  'props/data-store-props.ts': 'data-stores/stateful-server.ts',
  'props/database-backup-props.ts': 'data-stores/postgresql-backup.ts',
  'props/database-cleanup-props.ts': 'distributions/built-in/database-cleanup.ts',
  'props/pgbouncer-props.ts': 'data-stores/pgbouncer.ts',
  'props/placement.ts': 'distributions/built-in/airflow-pod.ts',
  'props/s3-backups.ts': 'data-stores/postgresql-backup.ts',
  'props/task-permission.ts': 'distributions/shared/task-permissions.ts',
  'requirements/pip-options.ts': 'requirements/read-requirements.ts',
  'requirements/requirements.ts': 'requirements/read-requirements.ts',
  'scaling/autoscaling.ts': 'scaling/keda.ts',
};

const sources = readSources(join(ROOT, 'lib'));
const cli = readSources(ROOT, ['cli']);

/** The file or folder of LAYERS that a file is, or is in. */
function partOf(path: string): string {
  const parts = LAYERS.flat().filter((part) => path === `${part}.ts` || path.startsWith(`${part}/`));
  return parts.sort((a, b) => b.length - a.length)[0] ?? path;
}

function layerOf(path: string): number {
  return LAYERS.findIndex((parts) => parts.includes(partOf(path)));
}

/** Every import of a file of another part. */
const crossings = sources.flatMap(({ path, files }) =>
  files.filter((file) => partOf(file) !== partOf(path)).map((file) => ({ from: path, to: file, text: `${path} imports ${file}` })),
);

test('each file of lib has its place in the layers', () => {
  expect(sources.filter(({ path }) => layerOf(path) < 0).map(({ path }) => path)).toEqual([]);
  expect(LAYERS.flat().filter((part) => !sources.some(({ path }) => partOf(path) === part))).toEqual([]);
});

test('imports lead to what stands above in the layers', () => {
  // GIVEN
  const wrong = crossings.filter(({ from, to }) => layerOf(to) >= layerOf(from));

  // THEN
  expect(crossings.length).toBeGreaterThan(100);
  expect(wrong.map(({ text }) => text)).toEqual([]);
});

test.each(Object.entries(IMPORTED_BY))('%s is imported by %s alone', (part, importer) => {
  // GIVEN
  const importing = crossings.filter(({ to }) => partOf(to) === part);

  // THEN
  expect(importing).not.toEqual([]);
  expect(importing.filter(({ from }) => partOf(from) !== importer).map(({ text }) => text)).toEqual([]);
});

test('no file imports itself over others', () => {
  expect(circles(sources)).toEqual([]);
});

test.each(['main.ts', 'examples'])('%s imports the package by its name, and no file: it can be copied', (place) => {
  // GIVEN
  const programs = readSources(ROOT, [place]);

  // THEN
  expect(programs).not.toEqual([]);
  expect(programs.filter(({ modules }) => !modules.includes('cdk8s-airflow'))).toEqual([]);
  expect(programs.flatMap(({ files }) => files)).toEqual([]);
});

test('the projects of examples ask for what this package works with', () => {
  // GIVEN
  const read = (folder: string) => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  const { name, version, peerDependencies, devDependencies } = read('.');
  const projects = readdirSync(join(ROOT, 'examples')).filter((example) => existsSync(join(ROOT, 'examples', example, 'main.ts')));
  const tools = Object.fromEntries(['cdk8s-cli', 'tsx'].map((tool) => [tool, `^${devDependencies[tool]}`]));

  // THEN
  expect(projects).not.toEqual([]);
  for (const project of projects) {
    const { dependencies, devDependencies } = read(join('examples', project));
    expect([project, dependencies, devDependencies]).toEqual([project, { ...peerDependencies, [name]: `^${version}` }, tools]);
  }
});

test('cdk8s-plus-27 is imported for its types alone: to load it takes half as long as to load cdk8s', () => {
  const importing = sources.filter(({ modules }) => modules.includes('cdk8s-plus-27'));
  expect(importing).not.toEqual([]);
  expect(importing.filter(({ text }) => /^import (?!type ).*from 'cdk8s-plus-27'/m.test(text)).map(({ path }) => path)).toEqual([]);
});

test('bench/programs imports lib/index.ts and nothing else of lib', () => {
  // GIVEN
  const imports = readSources(ROOT, ['bench/programs']).flatMap(({ path, files }) => files.map((file) => `${path} imports ${file}`));

  // WHEN
  const ofLib = imports.filter((text) => text.includes(' imports lib'));

  // THEN
  expect(ofLib).not.toEqual([]);
  expect(ofLib.filter((text) => !text.endsWith(' imports lib/index.ts'))).toEqual([]);
});

test('what makes manifests does the same in each run and on each machine', () => {
  // GIVEN
  const unsteady = (source: Source) => {
    const names = namesIn(source);
    const modules = source.modules.filter((name) => name.startsWith('node:') && !NODE_MODULES.includes(name));
    return [...modules, ...UNSTEADY.filter((name) => names.has(name))].map((name) => `${source.path} uses ${name}`);
  };

  // WHEN
  const found = sources.flatMap(unsteady);

  // THEN
  expect(found).toContain('helm/run/helm-version.ts uses node:child_process');
  expect(found.filter((text) => !OUTWARD.some((part) => text.startsWith(part)))).toEqual([]);
});

test('internals of cdk8s and constructs are touched in one folder', () => {
  // GIVEN
  const touching = sources.filter(({ text }) => INTERNALS.test(text)).map(({ path }) => path);

  // THEN
  expect(touching).toContain('cdk8s/object-rendering.ts');
  expect(touching.filter((path) => !path.startsWith(`${INWARD}/`))).toEqual([]);
});

test('each file of lib that is not small has a test of its name, or is named above with another', () => {
  // GIVEN
  const hasTest = (path: string) => existsSync(join(ROOT, 'test', path.replace(/\.ts$/, '.test.ts')));
  const big = sources.filter((source) => source.text.split('\n').length > SMALL && hasCode(source) && partOf(source.path) !== 'imports');

  // WHEN
  const untested = big.map(({ path }) => path).filter((path) => !hasTest(path));

  // THEN
  expect(untested).toEqual(Object.keys(TESTED_BY).sort());
  expect(Object.values(TESTED_BY).filter((path) => !hasTest(path))).toEqual([]);
});

test('a command of the command line knows no other, and its library is for main.ts alone', () => {
  // GIVEN
  const commandOf = (path: string) => /^cli\/(\w+)(?:\.ts|\/)/.exec(path)?.[1];
  const commands = cli.filter(({ path }) => /^cli\/\w+\.ts$/.test(path) && path !== 'cli/main.ts').map(({ path }) => commandOf(path));
  const wrong = cli.flatMap(({ path, files }) =>
    files.filter((file) => path !== 'cli/main.ts' && commands.includes(commandOf(file)) && commandOf(file) !== commandOf(path)),
  );

  // THEN
  expect(commands).toContain('images');
  expect(wrong).toEqual([]);
  expect(circles(cli)).toEqual([]);
  expect(cli.filter(({ modules }) => modules.includes('commander')).map(({ path }) => path)).toEqual(['cli/main.ts']);
});

test('each file of the command line has a test of its name', () => {
  // GIVEN
  const withCode = cli.filter((source) => hasCode(source)).map(({ path }) => path);

  // THEN
  expect(withCode.filter((path) => !existsSync(join(ROOT, 'test', path.replace(/\.ts$/, '.test.ts'))))).toEqual([]);
});
