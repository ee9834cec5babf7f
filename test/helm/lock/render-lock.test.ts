import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeChanges, lockedInputs, type RenderInputs } from '../../../lib/helm/lock/render-inputs';
import { readLock, writeLock } from '../../../lib/helm/lock/render-lock';
import { plainObjects } from '../../../lib/helm/plain/plain-objects';
import { findDifferences } from '../../../lib/helm/plain/random-values';
import { renderedDocuments } from '../../../lib/helm/plain/rendered-documents';
import { renderFixture } from '../render-fixture';

const INPUTS: RenderInputs = {
  chart: { kind: 'folder', path: 'charts/hooks' },
  chartDigest: 'a'.repeat(64),
  helmMajor: 4,
  releaseName: 'rel',
  namespace: 'data',
  kubeVersion: '1.34.0',
  includeCrds: true,
  values: { migrate: { command: ['migrate', 'up'] } },
};

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'render-lock-'));
  path = join(folder, 'helm.lock', 'rel.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const objectsOf = (chart: string, ...flags: string[]) =>
  plainObjects(renderedDocuments(renderFixture(chart, ...flags)), { namespace: 'data' });

test.each(['hooks', 'weird', 'plain', 'crds'])('what is written of the chart %s is read again', (chart) => {
  // GIVEN
  const objects = objectsOf(chart);
  // WHEN
  writeLock(path, INPUTS, objects, []);
  // THEN
  expect(readLock(path)).toEqual({ inputs: lockedInputs(INPUTS), objects });
  expect(readdirSync(join(folder, 'helm.lock'))).toEqual(['rel.json']);
});

test('a lock is JSON, set so that people can read what changes in it', () => {
  // GIVEN
  const objects = objectsOf('hooks');
  // WHEN
  writeLock(path, INPUTS, objects, []);
  // THEN
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(
    '\n      "source": "hooks/templates/migrate.yaml",\n      "manifest": {\n        "apiVersion": "batch/v1",\n        "kind": "Job"',
  );
  expect(JSON.parse(text)).toEqual({
    title: expect.stringContaining('Commit this file'),
    inputs: lockedInputs(INPUTS),
    objects: objects.map(({ source, manifest }) => ({ source, manifest })),
    digest: expect.any(String),
  });
});

test('the same content is the same bytes, and is not written again', () => {
  // GIVEN
  writeLock(path, INPUTS, objectsOf('hooks'), []);
  utimesSync(path, 1, 1);
  const text = readFileSync(path, 'utf8');
  // WHEN
  writeLock(path, { ...INPUTS, values: structuredClone(INPUTS.values) }, objectsOf('hooks'), []);
  // THEN
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(statSync(path).mtimeMs).toBe(1000);
});

test('another content takes its place', () => {
  // GIVEN
  writeLock(path, INPUTS, objectsOf('hooks'), []);
  const inputs = { ...INPUTS, chart: { kind: 'folder', path: 'charts/plain' } };
  // WHEN
  writeLock(path, inputs, objectsOf('plain'), []);
  // THEN
  const lock = readLock(path);
  expect(lock?.objects).toEqual(objectsOf('plain'));
  expect(lock && describeChanges(lock.inputs, inputs)).toEqual([]);
  expect(lock && describeChanges(lock.inputs, INPUTS)).toEqual(['chart.path: "charts/plain" → "charts/hooks"']);
});

test('where there is no lock, there is none to read', () => {
  // THEN
  expect(readLock(path)).toBeUndefined();
});

test.each<[string, (text: string) => string]>([
  ['an object changed by hand', (text) => text.replace('production', 'test')],
  ['an input changed by hand', (text) => text.replace('"namespace": "data"', '"namespace": "other"')],
  ['a comment more', (text) => `${text}// reviewed\n`],
  ['the digest gone', (text) => text.replace(/,\s*"digest": .*/, '')],
  ['the title gone', (text) => text.replace(/"title": .*/, '')],
  ['the marks of a merge', (text) => text.replace(/^.*"kind": "Job".*$/m, '<<<<<<< HEAD\n$&\n=======\n$&\n>>>>>>> other')],
  ['an end too early', (text) => text.slice(0, text.length / 2)],
  ['nothing in it', () => ''],
  ['null in it', () => 'null'],
])('a lock with %s is an error that says what would do', (_, change) => {
  // GIVEN
  writeLock(path, INPUTS, objectsOf('hooks'), []);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  // THEN
  expect(() => readLock(path)).toThrow(
    `${path}: something else than synth has changed it, or cut it short; expected it as it was written. Delete it to have it made anew`,
  );
});

test('the line ends of Windows make no difference', () => {
  // GIVEN
  writeLock(path, INPUTS, objectsOf('weird'), []);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
  // THEN
  expect(readLock(path)?.objects).toEqual(objectsOf('weird'));
});

test('a lock that can not be read is an error with the reason', () => {
  // THEN
  expect(() => readLock(folder)).toThrow(`${folder}: the lock can't be read: EISDIR`);
});

test('a random value of a Secret never gets into a lock', () => {
  // GIVEN
  const [first, second] = [0, 1].map(() => objectsOf('random', '--set=secret=true'));
  // WHEN
  const write = () => writeLock(path, INPUTS, first, findDifferences(first, second, []));
  // THEN
  expect(write).toThrow('Secret/rel-login has a random value of a Secret, which may not get into a render lock');
  expect(readdirSync(folder)).toEqual([]);
});

test('of the values no secret gets into a lock', () => {
  // WHEN
  writeLock(
    path,
    { ...INPUTS, values: { auth: { password: 'hunter2' }, url: 'https://user:hunter2@example.com' } },
    objectsOf('plain'),
    [],
  );
  // THEN
  expect(readFileSync(path, 'utf8')).not.toContain('hunter2');
});
