import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { IpFamily } from '../../../lib';
import { type Outcome, run } from '../../support/process';
import { synthAirflow } from '../../support/synth-objects';

jest.setTimeout(60_000);

/** The ConfigMap, as it is in a pod, with an Airflow and a psycopg2 beside it that do what the tests need. */
let folder: string;

const CONNECTION = { AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD: 'echo postgresql+psycopg2://airflow:a%2Fb@db:5432/airflow' };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scripts-'));
  for (const [name, text] of Object.entries<string>(synthAirflow().one('ConfigMap', 'airflow-config').data)) write(name, text);
  write('psycopg2/__init__.py', PSYCOPG2);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('connection_url.py', () => {
  test.each([
    ['simple', 'simple'],
    ['a/b:c@d?e#f%g h', 'a%2Fb%3Ac%40d%3Fe%23f%25g%20h'],
    ['grüße\n', 'gr%C3%BC%C3%9Fe'],
    ['\'$HOME\' "x"', '%27%24HOME%27%20%22x%22'],
  ])('the password %j is safe in an address', async (password, quoted) => {
    // GIVEN
    write('password', password);

    // WHEN
    const database = await python('connection_url.py', folder, 'postgresql://airflow:{password}@db:5432/airflow');
    const broker = await python('connection_url.py', folder, 'redis://:{password}@redis:6379/0');

    // THEN
    expect(database).toMatchObject({ code: 0, stdout: `postgresql+psycopg2://airflow:${quoted}@db:5432/airflow` });
    expect(broker).toMatchObject({ code: 0, stdout: `redis://:${quoted}@redis:6379/0` });
  });

  test('user and name of the database may be files too', async () => {
    // GIVEN
    write('user', 'a@b\n');
    write('password', 'p');

    // WHEN
    const { stdout } = await python('connection_url.py', folder, 'postgresql://{user}:{password}@db:5432/{user}');

    // THEN
    expect(stdout).toBe('postgresql+psycopg2://a%40b:p@db:5432/a%40b');
  });

  test.each([
    ['postgres://u:p%2F@h:1/n?sslmode=require&connect_timeout=3', 'postgresql+psycopg2://u:p%2F@h:1/n?sslmode=require&connect_timeout=3'],
    ['postgresql+psycopg://u:p@h/n', 'postgresql+psycopg://u:p@h/n'],
    ['mysql://u:p@h/n\n', 'mysql+mysqldb://u:p@h/n'],
    ['amqps://u:p@h/v', 'amqps://u:p@h/v'],
    ['sentinel://:p@a:1/0;sentinel://:p@b:1/0', 'sentinel://:p@a:1/0;sentinel://:p@b:1/0'],
  ])('a file may have the whole URL: %j is %s', async (text, expected) => {
    // GIVEN
    write('url', text);

    // WHEN
    const { stdout } = await python('connection_url.py', folder, '{url}');

    // THEN
    expect(stdout).toBe(expected);
  });

  test('what stands behind the question mark is added to it, and wins over what is there', async () => {
    // GIVEN
    write('url', 'postgresql://u:p@h/n?sslmode=disable&application_name=a');

    // WHEN
    const { stdout } = await python('connection_url.py', folder, '{url}', 'sslmode=verify-full', 'sslrootcert=/a b/ca.crt');

    // THEN
    expect(stdout).toBe('postgresql+psycopg2://u:p@h/n?sslmode=verify-full&application_name=a&sslrootcert=%2Fa%20b%2Fca.crt');
  });

  test.each([
    ['postgresql://u:p@h/n', 'postgresql+asyncpg://u:p@h/n'],
    ['postgresql+psycopg2://u:p@h/n?connect_timeout=3', 'postgresql+asyncpg://u:p@h/n'],
    [
      'postgresql://u:p@h/n?connect_timeout=3&sslmode=verify-ca&sslrootcert=/ca.crt',
      'postgresql+asyncpg://u:p@h/n?dsn=postgresql%3A%2F%2F%3Fsslmode%3Dverify-ca%26sslrootcert%3D%252Fca.crt',
    ],
    ['mysql://u:p@h/n?charset=utf8mb4&ssl_mode=REQUIRED&ssl_ca=/ca.crt', 'mysql+aiomysql://u:p@h/n?charset=utf8mb4'],
  ])('for asynchronous connections %s is %s', async (text, expected) => {
    // GIVEN
    write('url', text);

    // WHEN
    const { stdout } = await python('connection_url.py', '--async', folder, '{url}');

    // THEN
    expect(stdout).toBe(expected);
  });

  test('a command that Airflow is given, split as Airflow does it, is one of it', async () => {
    // GIVEN
    write('password', 'pass');
    const env = synthAirflow().env('scheduler');

    // WHEN
    const outcomes = await Promise.all(
      [env.AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD, env.AIRFLOW__CELERY__BROKER_URL_CMD].map((command) => {
        const program =
          'import shlex, subprocess, sys; print(subprocess.run(shlex.split(sys.argv[1]), capture_output=True, text=True).stdout)';
        const here = command
          .replace('python ', 'python3 ')
          .replace('/etc/airflow/', `${folder}/`)
          .replace('/etc/airflow-secrets', folder)
          .replace(/\{\w+\}/, '{password}');
        return run('python3', ['-c', program, here]);
      }),
    );

    // THEN
    expect(outcomes.map(({ stdout }) => stdout.trim())).toEqual([
      'postgresql+psycopg2://airflow:pass@airflow-postgresql:5432/airflow',
      'redis://:pass@airflow-redis:6379/0',
    ]);
  });
});

describe('wait_for_database.py', () => {
  beforeEach(() => {
    write('airflow/__init__.py', 'raise SystemExit("airflow takes seconds to import")\n');
    migration('airflow/migrations/versions/0001_first.py', 'aaa', 'None');
    migration('airflow/migrations/versions/0002_second.py', 'bbb', '"aaa"');
  });

  test('it ends when the database answers', async () => {
    // GIVEN
    const database = { errors: ['connection refused\nmore', 'connection refused', 'starting up'] };

    // WHEN
    const outcome = await wait([], database);

    // THEN
    expect(outcome).toMatchObject({
      code: 0,
      stdout:
        'waiting: the database does not answer: connection refused\nwaiting: the database does not answer: starting up\n' +
        'the database is ready\n',
    });
  });

  test.each([
    'connection to server at "db" (10.0.0.7), port 5432 failed: FATAL:  password authentication failed for user "airflow"',
    'connection to server at "db" (10.0.0.7), port 5432 failed: FATAL:  database "airflow" does not exist',
    'connection to server at "db" (10.0.0.7), port 5432 failed: FATAL:  no pg_hba.conf entry for host "10.0.0.8", user "airflow"',
    "(1045, \"Access denied for user 'airflow'@'10.0.0.8' (using password: YES)\")",
  ])('a login that is refused is told as such: %s', async (error) => {
    // WHEN
    const { code, stdout } = await wait([], { errors: [error] });

    // THEN
    expect(code).toBe(0);
    expect(stdout).toContain(`waiting: the database answers, and refuses the login: ${error}. It keeps the user, the password`);
  });

  test('it ends by SIGTERM as the first process of a container too, which is deaf to it unless it says otherwise', async () => {
    // GIVEN
    const database = { errors: Array(1000).fill('connection refused') };
    const command = `trap '' TERM; timeout --preserve-status --kill-after=10 2 python3 ${join(folder, 'wait_for_database.py')}`;

    // WHEN
    const env = { ...CONNECTION, DATABASE: JSON.stringify(database) };
    const outcome = await run('sh', ['-c', command], { env, timeoutSeconds: 20 });

    // THEN
    expect(outcome.code).toBe(143);
  });

  test('with --migrated it ends when the database has the newest schema of the installed Airflow', async () => {
    // GIVEN
    const database = { states: [{}, { alembic_version: ['aaa'] }, { alembic_version: ['bbb'] }] };

    // WHEN
    const outcome = await wait(['--migrated'], database);

    // THEN
    expect(outcome).toMatchObject({
      code: 0,
      stdout:
        'waiting: the database has no alembic_version yet\n' +
        "waiting: alembic_version is at ['aaa'], this Airflow needs bbb\n" +
        'the database is ready\n',
    });
  });

  test('with --team it waits until the database has that team too', async () => {
    // GIVEN
    const database = {
      states: [
        { alembic_version: ['bbb'], teams: ['finance'] },
        { alembic_version: ['bbb'], teams: ['finance', 'ops'] },
      ],
    };

    // WHEN
    const outcome = await wait(['--migrated', '--team=finance', '--team=ops'], database);

    // THEN
    expect(outcome).toMatchObject({ code: 0, stdout: 'waiting: the database has no team ops yet\nthe database is ready\n' });
  });

  test('it waits for the schema of FAB too, where the image has one', async () => {
    // GIVEN
    migration('airflow/providers/fab/migrations/versions/0001_fab.py', 'fff', 'None');
    const complete = { alembic_version: ['bbb'], alembic_version_fab: ['fff'] };

    // WHEN
    const outcome = await wait(['--migrated'], { states: [{ alembic_version: ['bbb'] }, complete] });

    // THEN
    expect(outcome).toMatchObject({
      code: 0,
      stdout: 'waiting: the database has no alembic_version_fab yet\nthe database is ready\n',
    });
  });

  test('two newest revisions are an error, and not waited for', async () => {
    // GIVEN
    migration('airflow/migrations/versions/0002_other.py', 'ccc', '"aaa"');

    // WHEN
    const outcome = await wait(['--migrated'], {});

    // THEN
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain("expected one newest revision, found ['bbb', 'ccc']");
  });

  test('it says why it can not read its password', async () => {
    // GIVEN
    const command = `python3 -I ${join(folder, 'connection_url.py')} ${folder} 'postgresql://a:{none}@db/a'`;

    // WHEN
    const outcome = await python('wait_for_database.py', { DATABASE: '{}', AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD: command });

    // THEN
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain("the address of the database can't be made from the files of its Secret: FileNotFoundError");
    expect(outcome.stderr).not.toContain('Traceback');
  });

  test('it connects by the address that Airflow has', async () => {
    // WHEN
    const outcome = await wait([], { url: 'postgresql://airflow:a%2Fb@db:5432/airflow' });

    // THEN
    expect(outcome).toMatchObject({ code: 0, stdout: 'the database is ready\n' });
  });

  function wait(args: readonly string[], database: object): Promise<Outcome> {
    return python('wait_for_database.py', ...args, { DATABASE: JSON.stringify(database) });
  }

  function migration(path: string, revision: string, previous: string): void {
    write(path, `"""A migration."""\nrevision = "${revision}"\ndown_revision = ${previous}\nbranch_labels: str | None = None\n`);
  }
});

describe('cdk8s_airflow_teams.py', () => {
  test('its auth manager is FAB’s, of whose users all may do for a team what their roles let them do', async () => {
    // GIVEN
    write(
      'airflow/providers/fab/auth_manager/fab_auth_manager.py',
      'class FabAuthManager:\n    def _get_teams(self): raise NotImplementedError\n',
    );
    write('cdk8s_airflow_teams.py', readFileSync('lib/distributions/shared/python/cdk8s_airflow_teams.py', 'utf8'));
    const program = [
      'from cdk8s_airflow_teams import FabAuthManager, TeamsFabAuthManager as Manager',
      'print(issubclass(Manager, FabAuthManager), Manager()._get_teams(), Manager().is_authorized_team(method="GET", user=None))',
    ];

    // WHEN
    const outcome = await run('python3', ['-c', program.join('\n')], { env: { PYTHONPATH: folder } });

    // THEN
    expect(outcome).toMatchObject({ code: 0, stdout: 'True set() True\n' });
  });
});

describe('check_heartbeat.py', () => {
  test.each([
    ['is fresh', 0, { rows: [[true]] }],
    ['is old', 1, { rows: [[false]] }],
    ['was never', 1, { rows: [[null]] }],
    ['can’t be asked for', 0, { errors: ['connection refused'] }],
    ['is refused', 1, { errors: ['FATAL:  password authentication failed for user "airflow"'] }],
  ])('a sign of life that %s: exit code %d', async (_what, expected, database) => {
    // WHEN
    const outcome = await python('check_heartbeat.py', 'TriggererJob', { DATABASE: JSON.stringify(database) });

    // THEN
    expect(outcome.code).toBe(expected);
    if (expected) expect(outcome.stderr).toContain('no sign of life of a TriggererJob');
  });
});

describe('create_user.py', () => {
  const user = (...roles: string[]) => {
    const names = { username: 'ada', email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' };
    return JSON.stringify([{ ...names, roles, passwordFile: join(folder, 'password') }]);
  };

  beforeEach(() => {
    for (const name of ['', 'providers/', 'providers/fab/', 'providers/fab/auth_manager/', 'providers/fab/auth_manager/cli_commands/']) {
      write(`airflow/${name}__init__.py`, '');
    }
    write('airflow/providers/fab/auth_manager/cli_commands/utils.py', FAB);
    write('password', 'pass\n');
  });

  test('gives roles no permissions, which the API server does at the same time', async () => {
    const { code, stdout } = await python('create_user.py', user('Admin'));

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'permissions: False\nadd ada Admin pass\nada is made\n' });
  });

  test('makes the roles of the configuration that are not there yet', async () => {
    const { code, stdout } = await python('create_user.py', user('Admin', 'Analyst'));

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'permissions: False\nsync\nadd ada Admin,Analyst pass\nada is made\n' });
  });

  test('says which roles there are, if a user is to have another', async () => {
    const { code, stderr } = await python('create_user.py', user('Analyst', 'Boss'));

    expect(code).toBe(1);
    expect(stderr).toBe("ada can't have the roles Boss, which are not there; there is: Admin, Analyst\n");
  });
});

describe('in a pod with IPv6 alone', () => {
  const IPV6_ALONE = `
import socket

def fail(name):
    raise socket.gaierror(-3, "Temporary failure in name resolution")

socket.gethostbyname = fail
socket.getfqdn = socket.gethostname
socket.getaddrinfo = lambda name, port, family: [(family, 1, 6, "", ("fd00::5", 0, 0, 0))]
`;

  test('check_heartbeat.py and Airflow know it by the same name, which can stand in a URL', async () => {
    // GIVEN
    const { data } = synthAirflow({ ipFamily: IpFamily.IPV6 }).one('ConfigMap', 'airflow-config');
    write('sitecustomize.py', IPV6_ALONE);
    write('cdk8s_airflow_host.py', data['cdk8s_airflow_host.py']);
    write('print_address.py', 'import cdk8s_airflow_host\nprint(cdk8s_airflow_host.address(), end="")\n');
    const env = { PYTHONPATH: folder, DATABASE: JSON.stringify({ host: '[fd00::5]' }) };

    // WHEN
    const known = await python('print_address.py', env);
    const asked = await python('check_heartbeat.py', 'SchedulerJob', env);

    // THEN
    expect(known).toMatchObject({ code: 0, stdout: '[fd00::5]' });
    expect(data['airflow.cfg']).toContain('hostname_callable = cdk8s_airflow_host.address\n');
    expect(asked).toMatchObject({ code: 0, stderr: '' });
  });
});

/** Run a script as a pod does: from its own folder. */
function python(script: string, ...args: (string | { readonly [name: string]: string })[]): Promise<Outcome> {
  const strings = args.filter((argument) => typeof argument === 'string');
  const variables = Object.assign({}, ...args.filter((argument) => typeof argument === 'object'));
  const env = { ...CONNECTION, PYTHONDONTWRITEBYTECODE: '1', ...variables };
  return run('python3', [join(folder, script), ...strings], { env, timeoutSeconds: 20 });
}

function write(name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/**
 * A database that first has `errors`, one for each connection, then `states`: revisions by table, one state for each connection and the
 * last one for good; or that answers each query with `rows`; or that knows a job on `host` alone.
 */
const PSYCOPG2 = `
import json
import os

DATABASE = json.loads(os.environ["DATABASE"])


class OperationalError(Exception):
    pass


class Session:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def cursor(self):
        return self

    def close(self):
        pass

    def execute(self, query, parameters=()):
        if "rows" in DATABASE:
            self.rows = DATABASE["rows"]
        elif "host" in DATABASE:
            self.rows = [[parameters[2] == DATABASE["host"]]]
        elif "to_regclass" in query:
            self.rows = [[parameters[0] in self.state]]
        elif "from team" in query:
            self.rows = [[1] for team in self.state["teams"] if team == parameters[0]]
        else:
            self.rows = [[revision] for revision in self.state[query.split()[-1]]]

    def fetchone(self):
        return self.rows[0] if self.rows else None

    def fetchall(self):
        return self.rows


def connect(url, connect_timeout):
    assert url == DATABASE.get("url", url), url
    if DATABASE.get("errors"):
        raise OperationalError(DATABASE["errors"].pop(0))
    states = DATABASE.get("states", [{}])
    session = Session()
    session.state = states.pop(0) if len(states) > 1 else states[0]
    return session
`;

/** What FAB has of users, with one role that comes with the permissions. */
const FAB = `
import contextlib
import os
from types import SimpleNamespace


class Manager:
    roles = {"Admin"}

    def find_role(self, name):
        return SimpleNamespace(name=name) if name in self.roles else None

    def get_all_roles(self):
        return [self.find_role(name) for name in self.roles]

    def sync_roles(self):
        print("sync")
        self.roles = {"Admin", "Analyst"}

    def find_user(self, username=None, email=None):
        return None

    def add_user(self, username, first, last, email, roles, password):
        print("add", username, ",".join(role.name for role in roles), password)
        return True


@contextlib.contextmanager
def get_application_builder():
    print("permissions:", os.environ.get("AIRFLOW__FAB__UPDATE_FAB_PERMS"))
    yield SimpleNamespace(sm=Manager())
`;
