import { type ChildProcess, execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zip } from '../e2e/support/zip';

const SCRIPT = join(__dirname, '../../lib/requirements/install-requirements.py');
const NOWHERE = '--index-url http://127.0.0.1:9/simple\n'; // nothing listens there
const LOGIN = 'ada:s3cret';
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
/** What an image has: a folder with installed packages. */
let image: string;
/** Where the script installs. */
let packages: string;

beforeAll(async () => {
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
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-'));
  [image, packages] = [join(folder, 'image'), join(folder, 'packages')];
  for (const path of [image, packages, join(folder, 'tmp')]) mkdirSync(path);
  wheels = new Map();
  requested = [];
  isPrivate = false;
  inImage('apache-airflow', '3.3.2', { 'airflow/__init__.py': '__version__ = "3.3.2"' }, ['common>=1,<2', 'extra; extra == "x"']);
  inImage('common', '1.0', { 'common.py': 'version = "1.0"' });
});

afterEach(() => {
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
    rmSync(join(packages, 'tables.py'));
    mkdirSync(join(packages, 'other'));
    writeFileSync(join(packages, 'other', 'half.py'), '');

    // WHEN
    const { code } = await install(`--index-url ${index}\ntables\n`);

    // THEN
    expect(code).toBe(0);
    expect(existsSync(join(packages, 'other'))).toBe(false);
    expect(python('import tables; print(tables.__file__)')).toBe(join(packages, 'tables.py'));
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
    writeFileSync(join(folder, 'netrc'), `machine 127.0.0.1 login ${user} password ${password}\n`);
    writeFileSync(join(folder, 'pip.conf'), `[global]\nindex-url = ${index.replace('//', `//${LOGIN}@`)}\n`);

    for (const [text, env, expected] of [
      [`--index-url ${index}\ntables\n`, { NETRC: join(folder, 'netrc') }, 0],
      ['tables\n', { PIP_CONFIG_FILE: join(folder, 'pip.conf') }, 0],
      [`--index-url ${withLogin(index)}\ntables\n`, { TOKEN: password }, 0],
      [`${NOWHERE}tables @ ${withLogin(`${origin}/files/${file}`)}\n`, { TOKEN: password }, 0],
      [`--index-url ${index}\ntables\n`, {}, 1],
    ] as const) {
      // WHEN
      const { code, output } = await install(text, env);

      // THEN
      expect([text, output, code]).toEqual([text, output, expected]);
      expect(installed()).toEqual(expected === 0 ? ['tables-1.0'] : []);
      expect(output).not.toContain(password);
    }
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
function install(text: string, env: { readonly [name: string]: string } = {}): Promise<{ code: number; output: string }> {
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, text);
  const options = {
    cwd: folder,
    timeout: TIMEOUT / 2,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      PYTHONPATH: image,
      PYTHONDONTWRITEBYTECODE: '1',
      TMPDIR: join(folder, 'tmp'),
      PIP_CONFIG_FILE: '/dev/null',
      PIP_USER: 'true', // as in the image of Airflow 2
      PIP_RETRIES: '0',
      ...env,
    },
  };
  return new Promise((resolve) => {
    const child: ChildProcess = execFile('python3', [SCRIPT, requirements, packages], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}

/** The names and versions of the packages in the folder. */
function installed(): string[] {
  const suffix = '.dist-info';
  const folders = readdirSync(packages).filter((name) => name.endsWith(suffix));
  return folders.map((name) => name.slice(0, -suffix.length)).sort();
}

/** What Python prints in a container of the pod. */
function python(code: string): string {
  const env = { PATH: process.env.PATH, PYTHONPATH: `${packages}:${image}`, PYTHONDONTWRITEBYTECODE: '1' };
  return spawnSync('python3', ['-c', code], { encoding: 'utf8', env, timeout: TIMEOUT }).stdout.trim();
}

test('the script uses nothing but the standard library', () => {
  // GIVEN
  const modules = [...readFileSync(SCRIPT, 'utf8').matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name);

  // THEN
  expect(new Set(modules)).toEqual(
    new Set(['importlib', 'json', 'os', 'pathlib', 're', 'shutil', 'signal', 'site', 'subprocess', 'sys', 'tempfile', 'urllib']),
  );
});
