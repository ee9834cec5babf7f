import { type ChildProcess, execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Requirements } from '../../lib/requirements/requirements';
import { zip } from '../e2e/support/zip';

const SCRIPT = join(__dirname, '../../lib/requirements/install-requirements.py');
const NOWHERE = '--index-url http://127.0.0.1:9/simple\n'; // nothing listens there
const LOGIN = 'ada:s3 c\\ret';
const TIMEOUT = 120_000;

const pip = spawnSync('python3', ['-m', 'pip', '--version'], { encoding: 'utf8' });
const [, major, minor] = /^pip (\d+)\.(\d+)/.exec(pip.stdout ?? '') ?? [];
const runs = Number(major) > 22 || (Number(major) === 22 && Number(minor) >= 2);
if (!runs) console.log(`install-requirements.py is not tested: it takes python3 with pip 22.2 or later; there is ${pip.stdout || 'none'}`);

/** The files of wheels by name, which the index has. */
let wheels: Map<string, Buffer>;
let server: Server;
let index: string;
/** Whether the index asks for a login. */
let isPrivate: boolean;
let requested: string[];

let folder: string;
/** The Python of an image: that of a virtual environment, which has pip from outside. */
let imagePython: string;
/** Where the image has its packages. */
let image: string;
/** What the script is given. */
let packages: string;

beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), 'image-'));
  spawnSync('python3', ['-m', 'venv', '--system-site-packages', '--without-pip', home]);
  imagePython = join(home, 'bin/python');
  image = sitePackages(home);
  server = createServer((request, response) => {
    const { authorization } = request.headers;
    requested.push(request.url ?? '');
    if (isPrivate && authorization !== `Basic ${Buffer.from(LOGIN).toString('base64')}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
      return;
    }
    const [, kind, name] = request.url?.split('/') ?? [];
    const wheel = kind === 'files' ? wheels.get(name) : undefined;
    if (wheel) response.end(wheel);
    else response.writeHead(kind === 'simple' ? 200 : 404, { 'content-type': 'text/html' }).end(page(name));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`;
});

afterAll(async () => {
  rmSync(dirname(dirname(imagePython)), { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-'));
  packages = sharedFolder('aaaa-1111');
  for (const path of [image, packages, join(folder, 'tmp')]) mkdirSync(path, { recursive: true });
  wheels = new Map();
  requested = [];
  isPrivate = false;
  inImage('apache-airflow', '3.3.2', { 'airflow/__init__.py': '__version__ = "3.3.2"' }, ['common>=1,<2', 'extra; extra == "x"']);
  inImage('common', '1.0', { 'common.py': 'version = "1.0"' });
});

afterEach(() => {
  rmSync(image, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

const check = runs ? test : test.skip;

check(
  'what is missing is installed, with what it needs',
  async () => {
    // GIVEN
    inIndex('tables', '2.0', ['common>=1', 'numbers-of-tables']);
    inIndex('tables', '1.0');
    inIndex('numbers-of-tables', '5.0');
    inIndex('common', '1.5');

    // WHEN
    const { code, output } = await install(`--index-url ${index}\ntables\n`);

    // THEN what the image has is good enough
    expect(output).toContain('Resolving with apache-airflow 3.3.2');
    expect(code).toBe(0);
    expect(installed()).toEqual(['numbers_of_tables-5.0', 'tables-2.0']);
    expect(output).not.toContain('already satisfied');
  },
  TIMEOUT,
);

check(
  'of pods that share the folder one installs, and no index is asked by the others and at restarts',
  async () => {
    // GIVEN
    rmSync(packages, { recursive: true });
    inIndex('tables', '2.0');
    const text = `--index-url ${index}\ntables\n`;

    // WHEN
    const together = await Promise.all([installOnce(text), installOnce(text), installOnce(text)]);
    requested = [];
    const restarted = await installOnce(text);

    // THEN
    expect([...together, restarted].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(together.filter(({ output }) => output.includes('Resolving'))).toHaveLength(1);
    expect(together.filter(({ output }) => output.includes('Installed already'))).toHaveLength(2);
    expect(restarted.output).toContain('Installed already');
    expect(requested).toEqual([]);
    expect(installed()).toEqual(['tables-2.0']);
    expect(inPod(imagePython, ['-c', 'import tables']).status).toBe(0);
  },
  TIMEOUT,
);

check(
  'what a pod that was killed has left in a shared folder is made anew',
  async () => {
    // GIVEN
    inIndex('tables', '2.0');
    mkdirSync(join(packages, 'site-packages/half-1.0.dist-info'), { recursive: true });

    // WHEN
    const { code } = await installOnce(`--index-url ${index}\ntables\n`);

    // THEN
    expect(code).toBe(0);
    expect(installed()).toEqual(['tables-2.0']);
  },
  TIMEOUT,
);

check(
  'what no pod has begun with for a month, since pods began with other requirements, is removed from a shared folder',
  async () => {
    // GIVEN
    const text = `${NOWHERE}common>=1\n`;
    const install = async (name: string) => {
      packages = sharedFolder(name);
      expect(await installOnce(text)).toMatchObject({ code: 0 });
    };
    const inAMonth = () => spawnSync('find', [dirname(packages), '-name', '*.unused', '-exec', 'touch', '--date=31 days ago', '{}', '+']);
    const folders = () => readdirSync(dirname(packages)).filter((name) => !name.includes('.'));
    for (const name of ['aaaa-1111', 'bbbb-1111', 'cccc-1111', 'cccc-2222']) await install(name);

    // WHEN
    inAMonth();
    await install('bbbb-1111'); // as after a revert
    const reverted = folders();
    inAMonth();
    await install('cccc-2222');
    const back = folders();
    inAMonth();
    await install('cccc-2222');

    // THEN
    expect(reverted).toEqual(['bbbb-1111', 'cccc-1111', 'cccc-2222']);
    expect(back).toEqual(reverted);
    expect(folders()).toEqual(['cccc-1111', 'cccc-2222']);
  },
  TIMEOUT,
);

check(
  'an image that has become another one gets no packages of the earlier one',
  async () => {
    // GIVEN
    await installOnce(`${NOWHERE}common>=1\n`);
    inImage('extra', '3.0', { 'extra.py': '' });

    // WHEN
    const { code, output } = await installOnce(`${NOWHERE}common>=1\n`);

    // THEN
    expect(code).toBe(1);
    expect(output).toContain('packages for another image of the same name: give the image another tag, or delete the folder');
  },
  TIMEOUT,
);

check(
  'a volume that can’t be shared is told in words',
  async () => {
    // GIVEN
    rmSync(packages, { recursive: true });
    writeFileSync(packages, 'a file');

    // WHEN
    const { code, output } = await installOnce(`${NOWHERE}common>=1\n`);

    // THEN
    expect(code).toBe(1);
    expect(output).toMatch(/^The volume at .* can't be shared: .*File exists/);
  },
  TIMEOUT,
);

check(
  'what a Dockerfile runs installs into the image itself, by the same rules',
  async () => {
    // GIVEN
    isPrivate = true;
    inIndex('tables', '2.0');
    inIndex('common', '1.5');
    inIndex('common', '2.0');
    const [user, password] = LOGIN.split(':');
    const netrc = { netrc: { secretName: 'logins' } };
    writeFileSync(join(folder, 'netrc'), `machine 127.0.0.1 login ${user} password ${JSON.stringify(password)}\n`);
    const build = (...lines: string[]) =>
      runDockerfile(Requirements.fromList([`--index-url ${index}`, ...lines], netrc).dockerfile('base'));

    // WHEN
    const refused = await build('common>=2');
    const built = await build('tables', 'common>1');
    const again = await build('tables', 'common>1');

    // THEN
    const versions = spawnSync(imagePython, ['-c', 'import common, tables; print(common.version, tables.version)'], { encoding: 'utf8' });
    expect([refused.code, built.code, again.code]).toEqual([1, 0, 0]);
    expect(refused.output).toContain('Nothing is installed, as it would break Airflow.');
    expect(versions.stdout.trim()).toBe('1.5 2.0');
    expect(again.output).toContain('nothing to install');
  },
  TIMEOUT,
);

check(
  'no index is asked when the image has it all',
  async () => {
    // WHEN
    const { code, output } = await install(`${NOWHERE}common>=1\napache-airflow==3.3.2\n`);

    // THEN
    expect(output).toContain('nothing to install');
    expect(code).toBe(0);
    expect(installed()).toEqual([]);
  },
  TIMEOUT,
);

check(
  'what would break Airflow is not installed',
  async () => {
    // GIVEN
    inIndex('common', '2.0');
    inIndex('tables', '1.0', ['common>=2']);

    // WHEN
    const [direct, indirect] = [await install(`--index-url ${index}\ncommon>=2\n`), await install(`--index-url ${index}\ntables\n`)];

    // THEN
    expect(direct.code).not.toBe(0);
    expect(direct.output).toContain('common<2,>=1');
    expect(indirect.code).not.toBe(0);
    expect(indirect.output).toContain('tables 1.0 depends on common>=2');
    expect(installed()).toEqual([]);
  },
  TIMEOUT,
);

check(
  'nor what would break a provider on which the deployment rests, with its extras, and it is said in words',
  async () => {
    // GIVEN
    inImage('apache-airflow-providers-celery', '3.26.0', {}, ['celery[redis]>=5.5', 'flower; extra == "flower"']);
    inImage('celery', '5.5.3', {}, ['kombu>=5.5', 'kombu[redis]; extra == "redis"', 'py-sqs; extra == "sqs"']);
    inImage('kombu', '5.5.4', {}, ['redis<6.5,>=4.5; extra == "redis"', 'old>2; python_version < "3"']);
    for (const name of ['celery', 'kombu', 'redis', 'flower', 'old']) inIndex(name, '2.0');
    inIndex('redis', '7.0');
    inIndex('tables', '1.0', ['redis>=7']);

    // WHEN
    const outputs = [];
    for (const line of ['celery<5.3', 'kombu<5.3', 'redis>=7', 'tables']) outputs.push(await install(`--index-url ${index}\n${line}\n`));
    const others = await install(`--index-url ${index}\nflower\nold<3\n`);

    // THEN
    expect(outputs.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    const [celery, kombu, redis, tables] = outputs.map(({ output }) => output);
    expect(celery).toContain('celery>=5.5 is what the image needs: apache-airflow-providers-celery 3.26.0\n');
    expect(kombu).toContain('kombu>=5.5 is what the image needs: celery 5.5.3\n');
    for (const output of [redis, tables]) expect(output).toContain('redis<6.5,>=4.5 is what the image needs: kombu 5.5.4\n');
    for (const { output } of outputs) expect(output).toContain('Nothing is installed, as it would break Airflow.');
    expect(others.code).toBe(0);
    expect(installed()).toEqual(['flower-2.0', 'old-2.0']);
  },
  TIMEOUT,
);

check(
  'nor Celery 5.7 where the provider can’t be imported with it, though it says it can',
  async () => {
    // GIVEN
    const provider = 'apache-airflow-providers-celery';
    inImage(provider, '3.26.0', {}, ['celery>=5.5,<6']);
    inImage('celery', '5.6.3', {});
    inIndex('celery', '5.7.0');
    inIndex(provider, '3.27.0', ['celery>=5.5,<6']);

    // WHEN
    const refused = await install(`--index-url ${index}\ncelery>5.6.3\n`);
    const later = await install(`--index-url ${index}\ncelery>5.6.3\n${provider}>3.26\n`);

    // THEN
    expect(refused.code).toBe(1);
    expect(refused.output).toContain(`celery<5.7 is what the image needs: ${provider} 3.26.0\n`);
    expect(later.code).toBe(0);
    expect(installed()).toEqual(['apache_airflow_providers_celery-3.27.0', 'celery-5.7.0']);
  },
  TIMEOUT,
);

check(
  'what replaces a package of the image has needs of its own, and what else it breaks is told',
  async () => {
    // GIVEN
    inImage('apache-airflow-providers-fab', '3.10', {}, ['sessions<1', 'common<2']);
    inImage('sessions', '0.8', {});
    inImage('apache-airflow-providers-other', '1.0', {}, ['sessions<1']);
    inIndex('apache-airflow-providers-fab', '4.0', ['sessions>=1']);
    inIndex('sessions', '1.0');

    // WHEN
    const { code, output } = await install(`--index-url ${index}\napache-airflow-providers-fab==4.0\n`);

    // THEN
    expect(code).toBe(0);
    expect(installed()).toEqual(['apache_airflow_providers_fab-4.0', 'sessions-1.0']);
    expect(output).toContain(
      'WARNING: apache-airflow-providers-other 1.0 of the image may not work: it needs sessions<1, and 1.0 is installed',
    );
    expect(output.match(/WARNING/g)).toHaveLength(1);
  },
  TIMEOUT,
);

check(
  'a virtual environment of a task has its own packages alone, and what it has of the image',
  async () => {
    // GIVEN
    inIndex('tables', '2.0');
    inIndex('digits', '2.0');
    await install(`--index-url ${index}\ntables\ndigits\n`);
    const versions = 'import tables; print(tables.version)\ntry: import digits; print(digits.version)\nexcept ImportError: pass';

    // WHEN
    const own = taskEnvironment({ 'tables.py': 'version = "1.0"' });
    const alone = python(versions, own);
    taskEnvironment({ 'system.pth': image });
    const withSystem = python(versions, own);

    // THEN
    expect(python(versions)).toBe('2.0\n2.0');
    expect(alone).toBe('1.0');
    expect(withSystem).toBe('1.0\n2.0');
  },
  TIMEOUT,
);

check(
  'the commands of packages are on the PATH of what tasks start',
  async () => {
    // GIVEN
    const entry = { 'build_tool-1.0.dist-info/entry_points.txt': '[console_scripts]\nbuild-tool = build_tool:main\n' };
    inIndex('build-tool', '1.0', [], { 'build_tool.py': 'def main(): print("built")', ...entry });
    await install(`--index-url ${index}\nbuild-tool\n`);

    // WHEN
    const [direct, nested] = [
      python('import subprocess; subprocess.run(["sh", "-c", "build-tool"])'),
      python('import os, subprocess, sys; subprocess.run([sys.executable, "-c", "import os; print(os.environ[\'PATH\'])"])'),
    ];

    // THEN
    expect(direct).toBe('built');
    expect(nested).toBe(`${packages}/site-packages/bin:${process.env.PATH}`);
  },
  TIMEOUT,
);

check(
  'files that Python runs when it starts are run, those of packages and that of the image',
  async () => {
    // GIVEN
    inIndex('tables', '1.0', [], { 'tables.pth': 'import sys; sys.tables_started = True\n' });
    await install(`--index-url ${index}\ntables\n`);
    writeFileSync(join(image, 'sitecustomize.py'), 'import sys; sys.image_started = True\n');

    // THEN
    expect(python('import sys; print(sys.tables_started, sys.image_started)')).toBe('True True');
  },
  TIMEOUT,
);

check(
  'another Airflow is not installed',
  async () => {
    // GIVEN
    inIndex('apache-airflow', '3.3.3');

    // WHEN
    const { code, output } = await install(`--index-url ${index}\napache-airflow==3.3.3\n`);

    // THEN
    expect(code).not.toBe(0);
    expect(output).toContain('apache-airflow==3.3.2');
  },
  TIMEOUT,
);

check(
  'hashes are verified, and constraints count',
  async () => {
    // GIVEN
    const hash = sha256(inIndex('tables', '1.0'));
    inIndex('tables', '2.0');
    writeFileSync(join(folder, 'constraints.txt'), 'tables<2\n');

    // WHEN
    const right = await install(`--index-url ${index}\n--constraint constraints.txt\ntables==1.0 \\\n    --hash=sha256:${hash}\n`);
    const present = installed();
    const wrong = await install(`--index-url ${index}\ntables==2.0 \\\n    --hash=sha256:${hash}\n`);
    const constrained = await install(`--index-url ${index}\n--constraint constraints.txt\ntables\n`);

    // THEN
    expect(right.code).toBe(0);
    expect(present).toEqual(['tables-1.0']);
    expect(wrong.code).not.toBe(0);
    expect(wrong.output).toContain('DO NOT MATCH THE HASHES');
    expect(constrained.code).toBe(0);
    expect(installed()).toEqual(['tables-1.0']);
  },
  TIMEOUT,
);

check(
  'it may run again in the same folder, whatever an earlier run left',
  async () => {
    // GIVEN
    inIndex('tables', '1.0');
    await install(`--index-url ${index}\ntables\n`);
    rmSync(join(packages, 'site-packages/tables.py'));
    mkdirSync(join(packages, 'other'));
    writeFileSync(join(packages, 'other', 'half.py'), '');

    // WHEN
    const { code } = await install(`--index-url ${index}\ntables\n`);

    // THEN
    expect(code).toBe(0);
    expect(existsSync(join(packages, 'other'))).toBe(false);
    expect(python('import tables; print(tables.__file__)')).toBe(join(packages, 'site-packages/tables.py'));
  },
  TIMEOUT,
);

check(
  'another version comes before that of the image, also of a part of a package',
  async () => {
    // GIVEN
    inImage('apache-airflow-providers-http', '5.0', { 'airflow/providers/http/__init__.py': 'version = "5.0"' });
    inImage('apache-airflow-providers-smtp', '2.0', { 'airflow/providers/smtp/__init__.py': 'version = "2.0"' });
    inIndex('apache-airflow-providers-http', '6.0', [], { 'airflow/providers/http/__init__.py': 'version = "6.0"' });
    inIndex('common', '1.5');

    // WHEN
    const { code } = await install(`--index-url ${index}\ncommon>1\napache-airflow-providers-http>5\n`);

    // THEN
    expect(code).toBe(0);
    expect(python('import common; print(common.version)')).toBe('1.5');
    expect(python('import airflow.providers.http as part; print(part.version)')).toBe('6.0');
    expect(python('import airflow.providers.smtp as part; print(part.version)')).toBe('2.0');
    expect(python('import airflow; print(airflow.__version__)')).toBe('3.3.2');
  },
  TIMEOUT,
);

check(
  'logins come from .netrc, from pip.conf or from a variable, and are not printed',
  async () => {
    // GIVEN
    isPrivate = true;
    const file = inIndex('tables', '1.0');
    const [user, password] = LOGIN.split(':');
    const origin = index.replace('/simple', '');
    const withLogin = (text: string) => text.replace('//', `//${user}:\${TOKEN}@`);
    const quoted = encodeURIComponent(password);
    writeFileSync(join(folder, 'netrc'), `machine 127.0.0.1 login ${user} password ${JSON.stringify(password)}\n`);
    writeFileSync(join(folder, 'pip.conf'), `[global]\nindex-url = ${index.replace('//', `//${user}:${quoted}@`)}\n`);

    for (const [text, env, expected] of [
      [`--index-url ${index}\ntables\n`, { NETRC: join(folder, 'netrc') }, 0],
      ['tables\n', { PIP_CONFIG_FILE: join(folder, 'pip.conf') }, 0],
      [`--index-url ${withLogin(index)}\ntables\n`, { TOKEN: quoted }, 0],
      [`${NOWHERE}tables @ ${withLogin(`${origin}/files/${file}`)}\n`, { TOKEN: quoted }, 0],
      [`--index-url ${index}\ntables\n`, {}, 1],
    ] as const) {
      // WHEN
      const { code, output } = await install(text, env);

      // THEN
      expect([text, output, code]).toEqual([text, output, expected]);
      expect(installed()).toEqual(expected === 0 ? ['tables-1.0'] : []);
      for (const secret of [password, quoted]) expect(output).not.toContain(secret);
    }
  },
  TIMEOUT,
);

check(
  'git runs ssh as it is told to, by which the key and the known servers are those of the Secret',
  async () => {
    // GIVEN a server that is asked for a repository on this machine
    const repository = join(folder, 'tools');
    mkdirSync(repository);
    const files = { ...filesOf('tools', '1.0', { 'tools.py': 'version = "1.0"' }, []), 'pyproject.toml': PYPROJECT, 'backend.py': BACKEND };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(repository, path)), { recursive: true });
      writeFileSync(join(repository, path), text);
    }
    const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    for (const args of [
      ['init', '--quiet'],
      ['add', '.'],
      [...author, 'commit', '--quiet', '--message', 'first'],
    ])
      spawnSync('git', args, { cwd: repository });
    const ssh = join(folder, 'ssh');
    writeFileSync(ssh, `#!/bin/sh\nfor last; do :; done\necho "$@" >> ${folder}/ssh.log\nexec sh -c "$last"\n`, { mode: 0o755 });

    // WHEN
    const text = `${NOWHERE}tools @ git+ssh://git@git.example.com${repository}\n`;
    const { code, output } = await install(text, { GIT_SSH_COMMAND: `${ssh} -i key`, PIP_NO_INPUT: '1' });

    // THEN
    expect([output, code]).toEqual([output, 0]);
    expect(installed()).toEqual(['tools-1.0']);
    expect(readFileSync(join(folder, 'ssh.log'), 'utf8')).toMatch(/^-i key .*git@git.example.com git-upload-pack /m);
  },
  TIMEOUT,
);

check(
  'nothing of it stays in the folder for temporary files',
  async () => {
    // GIVEN
    inIndex('tables', '1.0');

    // WHEN
    await install(`--index-url ${index}\ntables\n`, { NETRC: '/dev/null' });

    // THEN
    expect(requested).toContain('/simple/tables/');
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  },
  TIMEOUT,
);

/** A package that is built by itself, without a tool that an index would have. */
const PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n';
const BACKEND = `import pathlib
import zipfile

def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "tools-1.0-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as wheel:
        for path in ["tools.py", *pathlib.Path(".").glob("*.dist-info/*")]:
            wheel.write(path)
    return name
`;

/** Put a package where the image has its packages. */
function inImage(name: string, version: string, files: { readonly [path: string]: string }, needs: string[] = []): void {
  for (const [path, text] of Object.entries(filesOf(name, version, files, needs))) {
    mkdirSync(dirname(join(image, path)), { recursive: true });
    writeFileSync(join(image, path), text);
  }
}

/** Put a wheel into the index. Its module is called as the package and tells its version. */
function inIndex(name: string, version: string, needs: string[] = [], files?: { readonly [path: string]: string }): string {
  const module = name.replaceAll('-', '_');
  const content = files ?? { [`${module}.py`]: `version = "${version}"` };
  const fileName = `${module}-${version}-py3-none-any.whl`;
  wheels.set(fileName, zip(filesOf(name, version, content, needs)));
  return fileName;
}

function filesOf(name: string, version: string, files: { readonly [path: string]: string }, needs: string[]) {
  const info = `${name.replaceAll('-', '_')}-${version}.dist-info`;
  const metadata = ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, ...needs.map((need) => `Requires-Dist: ${need}`), ''];
  const all: { [path: string]: string } = {
    ...files,
    [`${info}/METADATA`]: metadata.join('\n'),
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  };
  return { ...all, [`${info}/RECORD`]: [...Object.keys(all), `${info}/RECORD`].map((path) => `${path},,\n`).join('') };
}

/** What the index has of a package. */
function page(name: string): string {
  const files = [...wheels.keys()].filter((file) => file.startsWith(`${name.replaceAll('-', '_')}-`));
  return files.map((file) => `<a href="/files/${file}#sha256=${sha256(file)}">${file}</a>\n`).join('');
}

function sha256(file: string): string {
  return createHash('sha256')
    .update(wheels.get(file) ?? '')
    .digest('hex');
}

/** Run the script as the init container does. */
interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** On a volume that pods share: `REQUIREMENTS-IMAGE`, by their hashes. */
const sharedFolder = (name: string) => join(folder, 'volume/requirements', name);

/** As where pods share the folder. */
const installOnce = (text: string) => install(text, {}, ['--once']);

function install(text: string, env: { readonly [name: string]: string } = {}, flags: readonly string[] = []): Promise<Outcome> {
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, text);
  const options = {
    cwd: folder,
    timeout: TIMEOUT / 2,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      PYTHONDONTWRITEBYTECODE: '1',
      TMPDIR: join(folder, 'tmp'),
      PIP_CONFIG_FILE: '/dev/null',
      PIP_USER: 'true', // as in the image of Airflow 2
      PIP_RETRIES: '0',
      ...env,
    },
  };
  return ended(imagePython, [SCRIPT, requirements, packages, ...flags], options);
}

function ended(program: string, args: readonly string[], options: object): Promise<Outcome> {
  return new Promise((resolve) => {
    const child: ChildProcess = execFile(program, args, options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: `${stdout}${stderr}` }),
    );
  });
}

/** Do what a Dockerfile says, with `folder` for the folders that it names. */
function runDockerfile(text: string): Promise<Outcome> {
  for (const [, path, content] of text.matchAll(/^COPY <<'--END' \S+\/(\S+)\n([\s\S]*?\n)--END$/gm))
    writeFileSync(join(folder, path), content);
  const command = text
    .split('\nRUN ')[1]
    .replace(/--mount=\S+ /g, '')
    .replaceAll(/\/etc\/airflow\/requirements|\/run\/secrets/g, folder);
  const env = { PATH: `${dirname(imagePython)}:${process.env.PATH}`, HOME: folder, PIP_CONFIG_FILE: '/dev/null', PIP_RETRIES: '0' };
  return ended('sh', ['-c', command], { cwd: folder, env, timeout: TIMEOUT / 2 });
}

/** The names and versions of the packages in the folder. */
function installed(): string[] {
  const suffix = '.dist-info';
  const place = join(packages, 'site-packages');
  const folders = (existsSync(place) ? readdirSync(place) : []).filter((name) => name.endsWith(suffix));
  return folders.map((name) => name.slice(0, -suffix.length)).sort();
}

/** What Python prints in a container of the pod. */
function python(code: string, program = imagePython): string {
  return inPod(program, ['-c', code]).stdout.trim();
}

/** Runs a program in a container of the pod. */
function inPod(program: string, args: readonly string[]) {
  const env = { PATH: process.env.PATH, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' };
  return spawnSync(program, args, { encoding: 'utf8', env, timeout: TIMEOUT });
}

/** A virtual environment of a task, as Airflow's operators make it. */
function taskEnvironment(files: { readonly [name: string]: string }): string {
  const home = join(folder, 'task');
  spawnSync(imagePython, ['-m', 'venv', '--without-pip', home]);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(sitePackages(home), name), text);
  return join(home, 'bin/python');
}

function sitePackages(home: string): string {
  const lib = join(home, 'lib');
  return join(lib, readdirSync(lib).find((name) => name.startsWith('python')) ?? '', 'site-packages');
}

test('the script uses nothing but the standard library and pip', () => {
  // GIVEN
  const modules = [...readFileSync(SCRIPT, 'utf8').matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name);

  // THEN
  expect(new Set(modules)).toEqual(
    new Set([
      'fcntl',
      'importlib',
      'json',
      'os',
      'pathlib',
      'pip',
      're',
      'shutil',
      'signal',
      'site',
      'subprocess',
      'sys',
      'tempfile',
      'time',
      'urllib',
    ]),
  );
});
