import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outcome, run } from '../support/process';
import { synthAirflow } from '../support/synth-objects';

jest.setTimeout(60_000);

const METADATA = { labels: { team: 'data' }, annotations: { keep: 'yes' } };
const TOKEN = 't0ken-of-the-account';
const SECRETS = '/api/v1/namespaces/data/secrets';

interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly authorization?: string;
  readonly body: string;
}

let account: string;
let server: Server;
let requests: Request[];
/** Answers to be given before those of an API server, status by status. */
let failures: number[];
/** Where such an answer leads, and how many answers that are well end in the middle. */
let location: string;
let broken: number;
/** Whether answers that refuse end before all is said that they announce. */
let isCutOff: boolean;
/** `data` of the Secrets that are there. */
let present: Map<string, { [key: string]: string }>;

beforeEach(async () => {
  account = mkdtempSync(join(tmpdir(), 'account-'));
  requests = [];
  failures = [];
  location = '';
  broken = 0;
  isCutOff = false;
  present = new Map();
  const { key, cert } = makeCertificate(account, 'ca.crt');
  writeFileSync(join(account, 'token'), `${TOKEN}\n`);
  writeFileSync(join(account, 'namespace'), 'data');
  server = createServer({ key, cert }, (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method, url = '', headers } = request;
      requests.push({ method, path: url, authorization: headers.authorization, body });
      const status = failures.shift() ?? answer(method, url, body);
      const secret = status === 200 && { data: present.get(nameOf(url)) };
      const text = JSON.stringify(secret || { kind: 'Status', message: 'an answer' });
      if (isCutOff && status >= 400) {
        response.writeHead(status, { 'content-length': 1000 }).write(text, () => response.destroy());
        return;
      }
      const isBroken = status < 300 && broken-- > 0;
      response.writeHead(status, location ? { location } : {}).end(isBroken ? 'no JSON' : text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(account, { recursive: true });
});

test('Secrets that are missing are made, with values of their own', async () => {
  // WHEN
  const outcome = await generate([
    'airflow-fernet-key fernet-key fernet',
    'airflow-database password password',
    'airflow-admin pw password',
  ]);

  // THEN
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(outcome.stdout).toBe('airflow-fernet-key: made\nairflow-database: made\nairflow-admin: made\n');
  const made = requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
  expect(made.map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata }))).toEqual(
    ['airflow-fernet-key', 'airflow-database', 'airflow-admin'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, ...METADATA },
    })),
  );
  const [fernetKey, database, admin] = [made[0].data['fernet-key'], made[1].data.password, made[2].data.pw].map(decode);
  expect(fernetKey).toMatch(/^[\w-]{43}=$/);
  expect(Buffer.from(fernetKey, 'base64url')).toHaveLength(32);
  expect(database).toMatch(/^[0-9a-f]{64}$/);
  expect(admin).toMatch(/^[0-9a-f]{64}$/);
  expect(admin).not.toBe(database);
  for (const value of [fernetKey, database, admin]) expect(outcome.stdout).not.toContain(value);
  for (const { authorization } of requests) expect(authorization).toBe(`Bearer ${TOKEN}`);
});

test('another run makes other values', async () => {
  // GIVEN
  await generate(['airflow-database password password']);
  present.clear();

  // WHEN
  await generate(['airflow-database password password']);

  // THEN
  const [first, second] = requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body).data.password);
  expect(second).not.toBe(first);
});

test('a Secret that is there is left alone', async () => {
  // GIVEN
  present.set('airflow-database', { password: encode('mine') });

  // WHEN
  const outcome = await generate(['airflow-database password password', 'airflow-admin password password']);

  // THEN
  expect(outcome.code).toBe(0);
  expect(outcome.stdout).toBe('airflow-database: there already, left alone\nairflow-admin: made\n');
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET ${SECRETS}/airflow-database`,
    `GET ${SECRETS}/airflow-admin`,
    `POST ${SECRETS}`,
  ]);
});

test('a Secret that somebody else makes at the same time is left alone too', async () => {
  // GIVEN
  failures = [404, 409];
  present.set('airflow-database', { password: encode('theirs') });

  // WHEN
  const outcome = await generate(['airflow-database password password']);

  // THEN
  expect(outcome).toMatchObject({ code: 0, stdout: 'airflow-database: there already, left alone\n' });
});

test('a conflict is no Secret: it is tried again, and told in the end', async () => {
  // GIVEN a quota is answered so too, while it is changed
  failures = [404, 409];

  // WHEN
  const outcome = await generate(['airflow-database password password']);
  failures = [404, 409];
  const hopeless = await generate(['airflow-admin password password'], { deadline: 0 });

  // THEN
  expect(outcome).toMatchObject({ code: 0, stdout: 'airflow-database: made\n' });
  expect(hopeless.code).toBe(1);
  expect(hopeless.stderr).toContain('airflow-admin: {"kind":"Status","message":"an answer"}');
});

test.each<[string, { [key: string]: string }, string]>([
  ['without the key', { other: encode('x') }, 'is there, but has no key fernet-key, or nothing in it'],
  ['with nothing in it', { 'fernet-key': '' }, 'is there, but has no key fernet-key, or nothing in it'],
  ['with what is no Fernet key', { 'fernet-key': encode('s3cret') }, 'its key fernet-key is no Fernet key'],
  ['with two keys one of which is none', { 'fernet-key': encode(`${Buffer.alloc(32).toString('base64url')}=,x`) }, 'is no Fernet key'],
])('a Secret that is there %s is an error', async (_what, data, message) => {
  // GIVEN
  present.set('airflow-fernet-key', data);

  // WHEN
  const outcome = await generate(['airflow-fernet-key fernet-key fernet']);

  // THEN
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain(message);
  expect(outcome.stderr).not.toContain('s3cret');
});

test('Fernet keys that are there are left alone', async () => {
  // GIVEN
  const key = `${Buffer.alloc(32, 255).toString('base64url')}=`;
  present.set('airflow-fernet-key', { 'fernet-key': encode(`${key},${key}\n`) });

  // THEN
  expect(await generate(['airflow-fernet-key fernet-key fernet'])).toMatchObject({ code: 0, stderr: '' });
});

test('a redirect is not followed, and an answer that is broken is asked for again', async () => {
  // GIVEN
  const elsewhere: unknown[] = [];
  const other = http.createServer((request, response) => {
    elsewhere.push(request.headers);
    response.end();
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  failures = [302, 404, 201];
  location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  broken = 1;

  // WHEN
  const outcome = await generate(['airflow-database password password']);
  other.close();

  // THEN
  expect(outcome.code).toBe(0);
  expect(outcome.stdout).toContain('waiting for the API server: HTTP Error 302');
  expect(outcome.stdout).toContain('waiting for the API server: Expecting value');
  expect(elsewhere).toEqual([]);
});

test('an API server that does not answer well yet is asked again', async () => {
  // GIVEN
  failures = [503, 404, 429];

  // WHEN
  const outcome = await generate(['airflow-database password password']);

  // THEN
  expect(outcome.code).toBe(0);
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'POST']);
  expect([...present.keys()]).toEqual(['airflow-database']);
});

test.each([
  ['may not read', [403], 'GET', `GET ${SECRETS}/airflow-database: 403`],
  ['may not make', [404, 403], 'GET,POST', `POST ${SECRETS}: 403`],
  ['finds no namespace', [404, 404], 'GET,POST', `POST ${SECRETS}: 404`],
])('an account that %s ends with an error, which shows the answer', async (_what, statuses, methods, message) => {
  // GIVEN
  failures = [...statuses];

  // WHEN
  const outcome = await generate(['airflow-database password password', 'airflow-admin password password']);

  // THEN
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain(message);
  expect(outcome.stderr).toContain('an answer');
  expect(requests.map(({ method }) => method).join()).toBe(methods);
});

test('an answer that breaks off counts by its status, and one that refuses ends in words', async () => {
  // GIVEN
  isCutOff = true;
  failures = [404, 403];

  // WHEN
  const outcome = await generate(['airflow-database password password']);

  // THEN
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toMatch(new RegExp(`^POST ${SECRETS}: 403 \\(its text can't be read: .+\\)\n$`));
});

test('a server that the account’s certificate does not vouch for gets no token', async () => {
  // GIVEN
  makeCertificate(account, 'ca.crt');

  // WHEN
  const outcome = await generate(['airflow-database password password'], { deadline: 1 });

  // THEN
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain('CERTIFICATE_VERIFY_FAILED');
  expect(requests).toEqual([]);
});

const CONNECTION = JSON.stringify({
  name: 'airflow-connection',
  data: {
    connection: {
      url: 'postgresql://{user}:{pw}@db:5432/airflow',
      parts: { user: { name: 'airflow-user', key: 'name' }, pw: { name: 'airflow-database', key: 'pw' } },
    },
    plain: { name: 'airflow-database', key: 'pw' },
  },
});

test('a Secret is made from another, as its value and as a part of a URL', async () => {
  // GIVEN
  present.set('airflow-user', { name: encode('a@b') });
  present.set('airflow-database', { pw: encode('p@ss/w%rd\n') });

  // WHEN
  const outcome = await generate([CONNECTION]);

  // THEN
  expect(outcome).toMatchObject({ code: 0, stderr: '', stdout: 'airflow-connection: made\n' });
  expect(decode(present.get('airflow-connection')?.connection ?? '')).toBe('postgresql://a%40b:p%40ss%2Fw%25rd@db:5432/airflow');
  expect(decode(present.get('airflow-connection')?.plain ?? '')).toBe('p@ss/w%rd');
});

test('a Secret is made from one that the same run has made', async () => {
  // WHEN
  const outcome = await generate(['airflow-user name password', 'airflow-database pw password', CONNECTION]);

  // THEN
  expect(outcome.code).toBe(0);
  expect(decode(present.get('airflow-connection')?.connection ?? '')).toMatch(
    /^postgresql:\/\/[0-9a-f]{64}:[0-9a-f]{64}@db:5432\/airflow$/,
  );
});

test('a Secret that was made from another is left alone when that one changes', async () => {
  // GIVEN
  present.set('airflow-database', { pw: encode('new') });
  const old = { connection: encode('old'), plain: encode('old') };
  present.set('airflow-connection', old);

  // WHEN
  await generate([CONNECTION]);

  // THEN
  expect(present.get('airflow-connection')).toEqual(old);
});

test.each([
  ['is not there yet', {}, 'airflow-database is not there yet'],
  ['has not the key', { 'airflow-database': { other: 'eA==' } }, 'airflow-database has no key pw'],
])('what a Secret is made from %s: the run ends with an error, to be tried again', async (_what, there, message) => {
  // GIVEN
  present.set('airflow-user', { name: 'eA==' });
  for (const [name, data] of Object.entries(there)) present.set(name, data);

  // WHEN
  const outcome = await generate([CONNECTION]);

  // THEN
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain(message);
  expect(present.has('airflow-connection')).toBe(false);
});

/** Run the script as the Job does, but for where the account and the API server are. */
function generate(args: readonly string[], { deadline = 300 } = {}): Promise<Outcome> {
  const { command } = synthAirflow().container('credentials');
  const places = {
    '/var/run/secrets/kubernetes.io/serviceaccount': account,
    'https://kubernetes.default.svc': `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    'time.monotonic() + 300': `time.monotonic() + ${deadline}`,
  };
  const script = Object.entries(places).reduce((text, [from, to]) => {
    expect(text.split(from)).toHaveLength(2);
    return text.replace(from, to);
  }, command[2]);
  return run('python3', [command[1], script, ...args], { env: { METADATA: JSON.stringify(METADATA) } });
}

function answer(method: string | undefined, path: string, body: string): number {
  if (method === 'GET') return present.has(nameOf(path)) ? 200 : 404;
  const { metadata, data } = JSON.parse(body);
  present.set(metadata.name, data);
  return 201;
}

function nameOf(path: string): string {
  return path.slice(SECRETS.length + 1);
}

/** A certificate for 127.0.0.1 that vouches for itself. */
function makeCertificate(folder: string, name: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, name)];
  const names = ['-subj', '/CN=kubernetes', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...names, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}
