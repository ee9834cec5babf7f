import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type HelmCommand, startHelm } from '../../../lib/helm/run/helm-runner';
import { fakeHelm } from '../../support/fake-helm';
import { fixtureChart, testHelm } from '../../support/helm';
import { run } from '../../support/process';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();

const LIMITS = { timeoutMs: 60_000, maxBytes: 1024 * 1024 };

function start(helm: string, options: Partial<HelmCommand> = {}) {
  return startHelm({ helm, args: ['template', '--namespace=ns', '--', 'web', fixtureChart('plain')], ...LIMITS, ...options });
}

/** Run a script in the place of helm. */
function startFake(script: string, options: Partial<HelmCommand> = {}) {
  return start(fakeHelm(folder(), script), options);
}

function contentOf(name: string): string {
  return readFileSync(join(folder(), name), 'utf8').trim();
}

/** Wait until something is so that other processes bring about, without a turn of the event loop. */
function waitUntil(what: string, isSo: () => boolean): void {
  const deadline = Date.now() + 30_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`in vain waited until ${what}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function awaitFile(name: string): string {
  waitUntil(`there is ${name}`, () => existsSync(join(folder(), name)) && contentOf(name) !== '');
  return contentOf(name);
}

/** The process whose id is in a file has been killed, or is being killed. */
function expectEnd(file: string): void {
  const pid = awaitFile(file);
  waitUntil(`${file} has ended`, () => !isAlive(pid));
}

/** Whether a process does anything: one that nobody has buried does not. */
function isAlive(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    // Where there is no /proc, the signal has told.
    return (error as NodeJS.ErrnoException).path !== undefined && !existsSync('/proc/self');
  }
}

test('advice of flags that nobody can give is not shown', () => {
  // GIVEN
  const run = startFake('echo "Error: no YAML" >&2; echo >&2; echo "Use --debug flag to render out invalid YAML" >&2; exit 1');

  // THEN
  expect(() => run.wait()).toThrow(/^helm template ended with 1:\nError: no YAML$/);
});

describe('with a real helm', () => {
  test('a chart is rendered', () => {
    // WHEN
    const stdout = start(testHelm(), { values: { replicas: 3 } }).wait();

    // THEN
    expect(stdout).toContain('# Source: plain/templates/deployment.yaml');
    expect(stdout).toContain('name: web-web');
    expect(stdout).toContain('replicas: 3');
  });

  test('values get there as they are', () => {
    // GIVEN text that YAML would take for something else, or for the end of a line
    const odd = {
      words: ['yes', 'no', '0644', '1:30', '~', 'null', '2024-05-01', ' ', '', '#', '- a', '{{ .Values }}', '&a', '*a'],
      ends: 'a\nb\r\nc\u2028d\u2029e\u0085f\n',
      control: '\t\u0001\u007f\u009f\ufeff\ufffe\uffff',
      letters: 'Grüße, 世界 🚀 \u{10ffff}',
      quotes: '"\'\\/',
      numbers: [0, -1, 1.5, 12345678901, 1e21],
      'key: with "signs"\u2028': { empty: {}, none: [], no: false },
    };

    // WHEN
    const stdout = start(testHelm(), { args: ['template', '--', 'web', fixtureChart('weird')], values: { odd } }).wait();

    // THEN
    const documents = parseAllDocuments(stdout, { version: '1.1', uniqueKeys: false }).map((document) => document.toJS());
    const rendered = documents.find((object) => object?.metadata?.name === 'web-text').data.values;
    expect(JSON.parse(rendered).odd).toEqual(odd);
  });

  test('its error is told', () => {
    // GIVEN
    const run = start(testHelm(), { args: ['template', '--', 'web', fixtureChart('newer')] });

    // THEN
    expect(() => run.wait()).toThrow(
      /^helm template ended with 1:\nError: chart requires kubeVersion: >=1\.99\.0-0 which is incompatible with Kubernetes/,
    );
  });

  test('what is no flag stays none', () => {
    // GIVEN
    const run = start(testHelm(), { args: ['template', '--', '--debug', fixtureChart('plain')] });

    // THEN
    expect(() => run.wait()).toThrow('invalid release name');
  });
});

test('helm runs before anybody waits for it', () => {
  // WHEN
  const run = startFake(`echo started > '${folder()}/mark'; echo done`);

  // THEN
  expect(awaitFile('mark')).toBe('started');
  expect(run.wait()).toBe('done\n');
});

test('a result can be had twice', () => {
  // GIVEN
  const good = startFake('echo done');
  const bad = start(fakeHelm(folder(), 'exit 3', 'bad'));

  // THEN in any order
  for (const _ of [1, 2]) {
    expect(() => bad.wait()).toThrow(/^helm template ended with 3$/);
    expect(good.wait()).toBe('done\n');
  }
});

test('as many run at once as there are cores', () => {
  // GIVEN programs that end when so many are there
  const cores = availableParallelism();
  mkdirSync(join(folder(), 'there'));
  const helm = fakeHelm(
    folder(),
    `echo > '${folder()}/there/'$$; until [ "$(ls '${folder()}/there' | wc -l)" -ge ${cores} ]; do sleep 0.05; done; echo done`,
  );

  // WHEN
  const runs = Array.from({ length: cores }, () => start(helm));

  // THEN
  for (const run of runs) expect(run.wait()).toBe('done\n');
});

test('and never more', () => {
  // GIVEN programs that tell how many are there
  mkdirSync(join(folder(), 'there'));
  const helm = fakeHelm(folder(), `echo > '${folder()}/there/'$$; sleep 0.1; ls '${folder()}/there' | wc -l; rm '${folder()}/there/'$$`);

  // WHEN
  const counts = Array.from({ length: availableParallelism() * 3 }, () => start(helm)).map((run) => Number(run.wait()));

  // THEN
  expect(Math.max(...counts)).toBeLessThanOrEqual(availableParallelism());
});

describe('values', () => {
  test('are the input of helm, and in no file', () => {
    // WHEN
    const stdout = startFake('echo "$values"; cat', { values: { a: ['b'] } }).wait();

    // THEN
    expect(stdout).toBe('-\n{"a":["b"]}');
  });

  test('need not be read', () => {
    // THEN
    expect(startFake('echo done', { values: { a: 'x'.repeat(1_000_000) } }).wait()).toBe('done\n');
  });

  test('or charts that a killed program has left are removed by the next', () => {
    // GIVEN
    const [old, young] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'cdk8s-airflow-helm-')));
    writeFileSync(join(old, 'values.json'), '{}');
    const twoHoursAgo = Date.now() / 1000 - 7200;
    utimesSync(old, twoHoursAgo, twoHoursAgo);

    // WHEN
    jest.isolateModules(() => {
      const { startHelm: startHelmOfNext } = require('../../../lib/helm/run/helm-runner');
      startHelmOfNext({ helm: fakeHelm(folder(), ''), args: ['template'], ...LIMITS }).wait();
    });

    // THEN
    const left = [old, young].map(existsSync);
    rmSync(young, { recursive: true });
    expect(left).toEqual([false, true]);
  });

  test('without values there is no input', () => {
    // THEN
    expect(startFake('echo "<$values> $*"').wait()).toBe(`<> template --namespace=ns -- web ${fixtureChart('plain')}\n`);
  });
});

describe('what takes too long', () => {
  test('is stopped', () => {
    // GIVEN
    const run = startFake(`echo $$ > '${folder()}/pid'; echo 'still pulling' >&2; exec sleep 1000`, { timeoutMs: 2000 });

    // THEN
    expect(() => run.wait()).toThrow(/^helm template was not done after 2 s, and was stopped:\nstill pulling$/);
    expectEnd('pid');
  });

  test('is asked to end before it is ended', () => {
    // GIVEN
    const run = startFake(`trap "echo asked > '${folder()}/asked'; exit 0" TERM; while :; do sleep 0.05; done`, { timeoutMs: 2000 });

    // THEN it is an error, though the program ended well
    expect(() => run.wait()).toThrow('was not done after 2 s');
    expect(contentOf('asked')).toBe('asked');
  });

  test('is stopped with all that it has started, also with what does not want to end', () => {
    // GIVEN
    const deaf = `sh -c "trap '' TERM; echo \\$\\$ > '${folder()}/deaf'; while :; do sleep 0.05; done"`;
    const run = startFake(`${deaf} > /dev/null 2>&1 & echo $$ > '${folder()}/pid'; wait`, { timeoutMs: 2000 });

    // THEN
    expect(() => run.wait()).toThrow('was not done after 2 s');
    expectEnd('pid');
    expectEnd('deaf');
  });

  test('does not hold up the others', () => {
    // GIVEN
    const slow = Array.from({ length: availableParallelism() }, () => startFake('exec sleep 1000', { timeoutMs: 1000 }));
    const next = start(fakeHelm(folder(), 'echo done', 'next'));

    // THEN
    expect(next.wait()).toBe('done\n');
    for (const run of slow) expect(() => run.wait()).toThrow('was not done after 1 s');
  });
});

test('what says too much is stopped', () => {
  // GIVEN
  const run = startFake(`echo $$ > '${folder()}/pid'; exec yes`, { maxBytes: 2 * 1024 * 1024 });

  // THEN
  expect(() => run.wait()).toThrow(/^helm template has more than 2 MiB to say, and was stopped$/);
  expectEnd('pid');
});

test('an output of just the allowed size is whole', () => {
  // WHEN
  const stdout = startFake('yes | head -c 1048576').wait();

  // THEN
  expect(stdout).toBe('y\n'.repeat(524_288));
});

test('of a long error the beginning is told', () => {
  // GIVEN
  const run = startFake('echo first >&2; yes | head -c 10000000 >&2; exit 1');
  let message = '';

  // WHEN
  try {
    run.wait();
  } catch (error) {
    message = (error as Error).message;
  }

  // THEN
  expect(message).toMatch(/^helm template ended with 1:\nfirst\ny\n/);
  expect(message.length).toBeLessThan(200_000);
});

test('what can not be run is an error', () => {
  // GIVEN
  const helm = join(folder(), 'none');

  // THEN
  expect(() => start(helm, { values: {} }).wait()).toThrow(`${helm} can't be run: spawn ${helm} ENOENT`);
});

test('a program that is killed is an error', () => {
  // THEN
  expect(() => startFake('kill -9 $$').wait()).toThrow(/^helm template ended with SIGKILL$/);
});

test('secrets in what helm says are hidden', () => {
  // GIVEN
  const run = startFake('cat >&2; echo " https://me:hunter3@example.com" >&2; exit 1', {
    values: { database: { password: 'hunter2', host: 'db' } },
  });

  // THEN
  expect(() => run.wait()).toThrow(
    /^helm template ended with 1:\n\{"database":\{"password":"\*\*\*","host":"db"\}\} https:\/\/\*\*\*@example\.com$/,
  );
});

test('helm reads no input', () => {
  // THEN
  expect(startFake('cat; echo done').wait()).toBe('done\n');
});

test.each([
  'process.exit(0)',
  'throw new Error("stop")',
  '',
  'process.kill(process.pid, "SIGINT")',
  'process.kill(process.pid, "SIGKILL")',
])(
  'a program can end without waiting, and leaves nothing (%j)',
  async (end) => {
    // GIVEN a program that ends when helm runs
    const helm = fakeHelm(
      folder(),
      `echo $$ > '${folder()}/pid'; ls -d "\${TMPDIR:-/tmp}"/cdk8s-airflow-helm-* > '${folder()}/path'; exec sleep 1000`,
    );
    const program = join(folder(), 'program.ts');
    writeFileSync(
      program,
      `import { existsSync } from 'node:fs';
    import { startHelm } from ${JSON.stringify(resolve(__dirname, '../../../lib/helm/run/helm-runner'))};
    startHelm({ helm: ${JSON.stringify(helm)}, args: ['template'], values: {}, timeoutMs: 1e6, maxBytes: 1 });
    const wait = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    while (!existsSync(${JSON.stringify(join(folder(), 'path'))})) wait(20);
    wait(500);
    ${end}`,
    );

    // WHEN
    const env = { TMPDIR: folder() };
    await run(process.execPath, ['--import', 'tsx', program], { cwd: resolve(__dirname, '../../..'), timeoutSeconds: 60, env });

    // THEN
    expectEnd('pid');
    const path = awaitFile('path');
    waitUntil('its folder is removed', () => !existsSync(path));
  },
  90_000,
);
