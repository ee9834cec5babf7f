import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imported, synthProgram, VALUES_FILES } from '../support/imported';
import { type Outcome, run, runOrThrow } from '../support/process';
import { ROOT, synthFolder } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(300_000);

const EXAMPLE = join(ROOT, 'examples/python');
const MAIN = readFileSync(join(EXAMPLE, 'main.py'), 'utf8');

/** A copy of the example, and the Python that has the wheel. */
let folder: string;
let bin: string;

beforeAll(async () => {
  folder = join(temporaryFolder(), 'python');
  cpSync(EXAMPLE, folder, { recursive: true, filter: (path) => !/\/(dist|\.venv)$/.test(path) });
  const venv = temporaryFolder();
  bin = join(venv, 'bin');
  await runOrThrow('python3', ['-m', 'venv', venv]);
  const requirements = ['--requirement', join(EXAMPLE, 'requirements.txt')];
  await runOrThrow(join(bin, 'pip'), ['install', '--quiet', wheel(), ...requirements, 'mypy==2.4.1']);
});

afterAll(removeTemporaryFolders);

test('cdk8s synth writes the manifests of main.ts, byte for byte', async () => {
  // GIVEN
  const main = await synthFolder(ROOT);

  // WHEN
  await runOrThrow(join(ROOT, 'node_modules/.bin/cdk8s'), ['synth'], { cwd: folder, env: environment() });

  // THEN
  const dist = join(folder, 'dist');
  expect(readdirSync(dist)).toEqual(readdirSync(main));
  for (const file of readdirSync(main)) expect(readFileSync(join(dist, file)).equals(readFileSync(join(main, file)))).toBe(true);
});

test('mypy knows the types of the library', async () => {
  // GIVEN
  writeFileSync(join(folder, 'wrong.py'), MAIN.replace('replicas=2', 'replicas="2"'));

  // WHEN
  const { stdout } = await run(join(bin, 'mypy'), ['--strict', 'main.py', 'wrong.py'], { cwd: folder });

  // THEN
  const errors = stdout.split('\n').filter((line) => line.includes('error:'));
  expect(errors).toEqual([expect.stringMatching(/^wrong\.py:\d+: error: .*"replicas".*"str".*\[arg-type\]$/)]);
});

test('what is wrong is said in Python, all at once', async () => {
  // WHEN
  const { code, stderr } = await python(MAIN.replace('path="dags"', 'path="../dags"').replace('airflow.yourdomain.com', 'bad host'));

  // THEN
  expect(code).toBe(1);
  expect(stderr).toContain('RuntimeError: Error: Validation failed with the following errors:\n');
  expect(stderr).toContain('path: "../dags" given; expected a folder inside the repository, as in "dags"\n');
  expect(stderr).toContain('host: "bad host" given; expected a DNS name');
});

test('options of Airflow are numbers and booleans too, and what is neither nor a text is named', async () => {
  // GIVEN
  const program = (value: string) => `
from cdk8s import App
from cdk8s_airflow import AirflowChart

app = App()
AirflowChart(app, "airflow", config={"core": {"parallelism": 64, "load_examples": True, "dagbag_import_timeout": ${value}}})
print(app.synth_yaml())
`;

  // WHEN
  const good = await python(program('0.5'));
  const wrong = await python(program('["a"]'));

  // THEN
  for (const line of ['parallelism = 64', 'load_examples = True', 'dagbag_import_timeout = 0.5']) expect(good.stdout).toContain(line);
  expect(wrong.stderr).toContain('config.core.dagbag_import_timeout: ["a"] given; expected a text, a number or a boolean\n');
});

test('a wrong value in a map or a list is a line that names the prop, and so is a name that a prop does not have in a dict', async () => {
  // WHEN
  const { stderr } = await python(`
from cdk8s import App
from cdk8s_airflow import *

app = App()
AirflowChart(
    app,
    "airflow",
    dags=[{"url": "https://git.example.com/dags.git", "sub_path": "dags"}],
    executor=Executor.celery(workers=WorkersProps(labels={"team": "data", "floor": 3})),
    all_components=LastingComponentProps(annotations={"a": True}, env={"MODE": "fast"}),
    scheduler=ReplicatedComponentProps(placement=PlacementProps(node_selector={"disk": 5}, tolerations=[{"operator": "Exists", "effect": "NoExecute", "toleration_seconds": 5}])),
    triggerer=TriggererProps(resources=ResourcesProps(extended_resources={"example.com/gpu": "1"})),
    pools={"etl": PoolProps(slots=2), "reports": {"slots": 1, "include_deferred": True}, "all": 3},
    login=Login.oidc(issuer="https://id.example.com", client_id="a", client_secret=SecretKey(secret_name="b"), roles={"c": "Admin"}),
)
app.synth_yaml()
`);

  // THEN
  expect(new Set(stderr.match(/(?<=^ +\[airflow[\w/]*\] ).*?(?=;)/gm))).toEqual(
    new Set([
      'dags[0].sub_path: there is no such prop',
      'executor.workers.labels.floor: 3 given',
      'allComponents.annotations.a: true given',
      'allComponents.env.MODE: text given',
      'scheduler.placement.nodeSelector.disk: 5 given',
      'scheduler.placement.tolerations[0].toleration_seconds: there is no such prop',
      'triggerer.resources.extendedResources["example.com/gpu"]: "1" given',
      'pools.reports.include_deferred: there is no such prop',
      'pools.all: 3 given',
      'login.roles.c: text given',
    ]),
  );
});

test('an error that is thrown can be caught, and has its text', async () => {
  // WHEN
  const outcome = await python(`
from cdk8s import App
from cdk8s_airflow import AirflowChart

chart = AirflowChart(App(), "airflow")
try:
    chart.airflow.find("Deployment", "airflow-nothing")
except RuntimeError as error:
    print(error)
`);

  // THEN
  expect(outcome).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('no Deployment is called airflow-nothing; there is: airflow-'),
  });
});

test('the examples in docstrings are in Python', async () => {
  // WHEN
  const { stdout } = await python('import cdk8s_airflow\nprint(cdk8s_airflow.GitCredentials.token.__doc__)\n');

  // THEN
  expect(stdout).toContain('from cdk8s_airflow import');
  expect(stdout).toContain('GitCredentials.token(secret_name="gitlab-dags")');
});

test.each(VALUES_FILES)('what is imported from %s is the same in Python as in TypeScript', async (name) => {
  // GIVEN
  const dist = await synthProgram(imported(name));

  // WHEN
  const outcome = await python(imported(name, { language: 'python' }));

  // THEN
  expect(outcome).toMatchObject({ code: 0 });
  for (const file of readdirSync(dist))
    expect(readFileSync(join(folder, 'dist', file), 'utf8')).toBe(readFileSync(join(dist, file), 'utf8'));
  expect(await run(join(bin, 'mypy'), ['--strict', 'program.py'], { cwd: folder })).toMatchObject({ code: 0 });
});

/** What `npm run package` has made. */
function wheel(): string {
  const wheels = readdirSync(join(ROOT, 'build/packages/python')).filter((name) => name.endsWith('.whl'));
  if (wheels.length !== 1) throw new Error(`one wheel expected in build/packages/python, found: ${wheels.join(', ') || 'none'}`);
  return join(ROOT, 'build/packages/python', wheels[0]);
}

function python(program: string): Promise<Outcome> {
  writeFileSync(join(folder, 'program.py'), program);
  return run('python', ['program.py'], { cwd: folder, env: environment() });
}

/** With the environment's Python first; what jsii unpacks goes when the tests end. */
function environment(): { readonly [name: string]: string } {
  return { PATH: `${bin}:${process.env.PATH}`, CDK8S_CHECK_UPGRADE: 'false', JSII_RUNTIME_PACKAGE_CACHE_ROOT: join(bin, '../cache') };
}
