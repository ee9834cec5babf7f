import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { AirflowChart, type AirflowChartProps, Autoscaling, Database, Executor, GitCredentials, IngressTls, Requirements } from '../lib';
import { runOrThrow } from './support/process';
import { ROOT } from './support/synth';
import { removeTemporaryFolders, temporaryFolder } from './support/temporary-folder';

jest.setTimeout(120_000);

/** What main.ts makes here and now. */
let here: { [name: string]: string };

beforeAll(async () => {
  here = await synthMainIn(ROOT);
});

afterAll(removeTemporaryFolders);

test.each([
  ['.', ['airflow.k8s.yaml']],
  ['examples/argocd', ['airflow.k8s.yaml', 'argocd.k8s.yaml']],
])('dist in %s, as it is committed, is what main.ts makes, byte for byte', async (place, names) => {
  // GIVEN
  const folder = join(ROOT, place);
  const committed = filesIn(join(folder, 'dist'));

  // WHEN
  const made = await synthMainIn(folder);

  // THEN
  expect(Object.keys(made)).toEqual(names);
  expect(Object.keys(committed)).toEqual(names);
  for (const name of names) expect(committed[name].split('\n')).toEqual(made[name].split('\n'));
});

test.each<[string, { readonly [name: string]: string }]>([
  ['another time zone', { TZ: 'Pacific/Kiritimati' }],
  ['another language', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' }],
  ['no language', { LANG: 'C', LC_ALL: 'C' }],
  ['another cluster and home', { KUBECONFIG: join(tmpdir(), 'no-such-config'), HOME: tmpdir(), USER: 'somebody', HOSTNAME: 'elsewhere' }],
])('%s makes no difference', async (_what, env) => {
  // WHEN
  const fresh = await synthMainIn(ROOT, env);

  // THEN
  expect(fresh).toEqual(here);
});

test('another folder makes no difference', async () => {
  // GIVEN
  const folder = join(temporaryFolder(), 'a folder of another name, äöü');
  mkdirSync(folder);
  for (const name of ['main.ts', 'lib', 'requirements.txt', 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));

  // WHEN
  const fresh = await synthMainIn(folder);

  // THEN
  expect(fresh).toEqual(here);
});

test('a second synth in the same program makes the same', () => {
  // GIVEN
  const app = new App();
  new AirflowChart(app, 'airflow', FULL);

  // WHEN
  const [first, second] = [app.synthYaml(), app.synthYaml()];

  // THEN
  expect(second).toBe(first);
  expect(first).toBe(synthYaml(FULL));
});

test('the order in which props are written makes no difference', () => {
  // GIVEN
  const reversed = Object.fromEntries(
    Object.entries(FULL)
      .reverse()
      .map(([prop, value]) => [prop, isPlain(value) ? Object.fromEntries(Object.entries(value).reverse()) : value]),
  );

  // THEN
  expect(synthYaml(reversed)).toBe(synthYaml(FULL));
});

const FULL: AirflowChartProps = {
  namespace: 'data',
  airflowVersion: '3.2.0',
  dags: [
    { url: 'https://gitlab.example.com/team/dags.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) },
    { url: 'https://gitlab.example.com/team/more.git', branch: 'main', path: 'dags' },
  ],
  requirements: Requirements.fromList(['pandas>=2.2', 'requests']),
  ingress: { host: 'airflow.example.com', path: '/airflow', tls: IngressTls.secret('tls'), className: 'nginx' },
  config: { webserver: { navbar_color: '#fff' }, core: { parallelism: '64', dagbag_import_timeout: '60' } },
  allComponents: { labels: { b: '1', a: '2' }, annotations: { d: '1', c: '2' }, placement: { nodeSelector: { y: '1', x: '2' } } },
  executor: Executor.celery({ workers: { concurrency: 2, autoscaling: Autoscaling.cpu({ maxReplicas: 4, minReplicas: 2 }) } }),
  database: Database.builtIn({ storageSize: '20Gi', storageClassName: 'fast' }),
  admin: { username: 'ada', email: 'ada@example.com' },
};

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function synthYaml(props: AirflowChartProps): string {
  const app = new App();
  new AirflowChart(app, 'airflow', props);
  return app.synthYaml();
}

/** What main.ts of a folder makes, as `cdk8s synth` runs it. */
async function synthMainIn(folder: string, env: { readonly [name: string]: string } = {}): Promise<{ [name: string]: string }> {
  const outdir = join(temporaryFolder(), 'dist');
  await runOrThrow('node', ['--import', 'tsx', 'main.ts'], { cwd: folder, env: { ...env, CDK8S_OUTDIR: outdir } });
  return filesIn(outdir);
}

function filesIn(folder: string): { [name: string]: string } {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}
