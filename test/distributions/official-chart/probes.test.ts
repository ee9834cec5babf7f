import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, DatabaseEngine } from '../../../lib';
import { CHECK_CELERY } from '../../../lib/distributions/shared/scripts';
import { type Outcome, run } from '../../support/process';
import { officialValues } from './release';

jest.setTimeout(60_000);

/** A folder with a psycopg2 that does what the tests need. */
let folder: string;
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probes-'));
  writeFileSync(join(folder, 'psycopg2.py'), PSYCOPG2);
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

test('none of them runs an airflow command, which takes seconds of CPU', () => {
  // WHEN
  const { apiServer, scheduler, dagProcessor, triggerer, workers } = officialValues();

  // THEN
  const commands = [
    scheduler.startupProbe,
    scheduler.livenessProbe,
    dagProcessor.livenessProbe,
    triggerer.livenessProbe,
    workers.livenessProbe,
  ];
  for (const { command } of commands) expect(command.slice(0, 2)).toEqual(['python', '-c']);
  expect(dagProcessor.livenessProbe.command[3]).toBe('DagProcessorJob');
  expect(triggerer.livenessProbe.command[3]).toBe('TriggererJob');
  for (const { startupProbe } of [apiServer, scheduler]) {
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThanOrEqual(300);
  }
});

test('a database that is the user’s is asked as the chart does it', () => {
  // WHEN
  const values = officialValues({}, { values: { data: { metadataSecretName: 'mine' } } });

  // THEN
  for (const prop of ['dagProcessor', 'triggerer']) expect(values[prop]).not.toHaveProperty('livenessProbe');
});

test('MySQL is asked as the chart does it', () => {
  // GIVEN
  const database = Database.external({ engine: DatabaseEngine.MYSQL, host: 'db', password: { secretName: 'mine' } });

  // THEN
  expect(officialValues({ database }).triggerer).not.toHaveProperty('livenessProbe');
});

test.each([
  ['is fresh', 0, '[[True]]'],
  ['is old', 1, '[[False]]'],
  ['was never', 1, '[[None]]'],
  ['can’t be asked for', 0, 'OperationalError("connection refused")'],
  ['is refused', 1, 'OperationalError("password authentication failed")'],
])('a sign of life of the triggerer that %s: exit code %d', async (_what, expected, answer) => {
  // WHEN
  const outcome = await probe(officialValues().triggerer.livenessProbe.command, { ANSWER: answer });

  // THEN
  expect(outcome).toMatchObject({ code: expected });
  if (expected) expect(outcome.stderr).toContain('no sign of life of a TriggererJob');
});

test.each([
  [200, 0],
  [503, 1],
])('a scheduler that answers %d: exit code %d', async (status, expected) => {
  // GIVEN
  const port = await serve(status);
  const [python, c, script] = officialValues().scheduler.livenessProbe.command;

  // THEN
  expect(await probe([python, c, script.replace('8974', `${port}`)])).toMatchObject({ code: expected });
  expect(await probe([python, c, script.replace('8974', '1')])).toMatchObject({ code: 1 });
});

test('a worker is alive while Celery is', () => {
  expect(officialValues().workers.livenessProbe.command).toEqual(['python', '-c', CHECK_CELERY]);
});

function probe([python, ...args]: string[], env: { readonly [name: string]: string } = {}): Promise<Outcome> {
  return run(`${python}3`, args, { env: { ...env, PYTHONPATH: folder, AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: 'postgresql://db/airflow' } });
}

async function serve(status: number): Promise<number> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const PSYCOPG2 = `
import os


class OperationalError(Exception):
    pass


class Session:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def cursor(self):
        return self

    def execute(self, query, parameters):
        since, job_type, host = parameters
        assert since.tzinfo and job_type == "TriggererJob" and "." in host, parameters

    def fetchone(self):
        return eval(os.environ["ANSWER"])[0]


def connect(url, connect_timeout):
    assert url == "postgresql://db/airflow", url
    if isinstance(eval(os.environ["ANSWER"]), OperationalError):
        raise OperationalError(*eval(os.environ["ANSWER"]).args)
    return Session()
`;
