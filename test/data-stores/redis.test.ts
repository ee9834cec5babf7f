import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker, Executor } from '../../lib';
import { run } from '../support/process';
import { synthAirflow } from '../support/synth-objects';

jest.setTimeout(60_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redis-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('its Service has its port', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.container('redis').ports).toEqual([{ name: 'redis', containerPort: 6379 }]);
  expect(objects.one('Service', 'airflow-redis').spec.ports).toEqual([{ name: 'redis', port: 6379, targetPort: 'redis', protocol: 'TCP' }]);
});

test.each(['simple', 'with "quotes" and \\backslashes\\', "it's $HOME `id` $(id) %s &"])(
  'it starts with the password %j in a file that nobody else can read, and not in its arguments',
  async (password) => {
    // GIVEN
    writeFileSync(join(folder, 'broker'), password);
    writeProgram('redis-server', `echo "$@"; stat -c %a "$1"`);

    // WHEN
    const { code, stdout } = await start();

    // THEN
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /redis\.conf --dir \/data --appendonly yes --protected-mode no --maxmemory 161061273 --maxmemory-policy volatile-ttl\n600\n$/,
    );
    const quoted = password.replace(/["\\]/g, '\\$&');
    expect(readFileSync(join(folder, 'redis.conf'), 'utf8')).toBe(`requirepass "${quoted}"\n`);
  },
);

test('a line end behind the password does not count', async () => {
  // GIVEN
  writeFileSync(join(folder, 'broker'), 'simple\n');
  writeProgram('redis-server', 'true');

  // THEN
  expect((await start()).code).toBe(0);
  expect(readFileSync(join(folder, 'redis.conf'), 'utf8')).toBe('requirepass "simple"\n');
});

test.each([
  ['', 'is empty'],
  ['\n', 'is empty'],
  ['hunter2\r\n', 'has control characters'],
  ['hunter2\nsecond', 'has control characters'],
])('with the password %j it says what is wrong, and not the password', async (password, problem) => {
  // GIVEN
  writeFileSync(join(folder, 'broker'), password);
  writeProgram('redis-server', 'echo started');

  // WHEN
  const { code, stdout, stderr } = await start();

  // THEN
  expect(code).toBe(1);
  expect(stdout).toContain(`The password in the Secret ${problem}`);
  expect(`${stdout}${stderr}`).not.toMatch(/hunter2|second|started/);
});

test('it holds less than its container may', () => {
  // WHEN
  const broker = Broker.builtIn({ resources: { limits: { memory: '1Gi' } } });

  // THEN
  expect(synthAirflow({ executor: Executor.celery({ broker }) }).container('redis').args).toEqual([
    ...['--maxmemory', `${Math.floor(0.6 * 2 ** 30)}`],
    ...['--maxmemory-policy', 'volatile-ttl'],
  ]);
});

test.each([
  ['PONG', 0],
  ['NOAUTH Authentication required.', 1],
  ['LOADING Redis is loading the dataset in memory', 1],
])('if it answers %j, the probe ends with %d', async (answer, expected) => {
  // GIVEN
  writeFileSync(join(folder, 'broker'), 'pass word');
  writeProgram('redis-cli', `[ "$1 $REDISCLI_AUTH" = 'ping pass word' ] && echo '${answer}'`);

  // WHEN
  const { readinessProbe, livenessProbe } = synthAirflow().container('redis');
  const [shell, ...args] = readinessProbe.exec.command;
  const { code } = await run(shell, args.map(withPlaces), { env: programs() });

  // THEN
  expect(code).toBe(expected);
  expect(livenessProbe.exec).toEqual(readinessProbe.exec);
});

/** Its command and arguments, run here. */
function start() {
  const { command, args } = synthAirflow().container('redis');
  const [shell, ...own] = command;
  return run(shell, [...own, ...args].map(withPlaces), { env: programs() });
}

/** The command, but for where the password and the configuration are. */
function withPlaces(argument: string): string {
  return argument.replaceAll('/etc/redis-password', folder).replaceAll('/tmp/redis.conf', `${folder}/redis.conf`);
}

function writeProgram(name: string, text: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

function programs() {
  return { PATH: `${folder}:${process.env.PATH}` };
}
