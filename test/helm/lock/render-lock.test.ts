import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeChanges, lockedInputs, type RenderInputs } from '../../../lib/helm/lock/render-inputs';
import { type LockFile, type LockSide, readLock, writeLock, writeSide } from '../../../lib/helm/lock/render-lock';
import { type PlainObject, plainObjects } from '../../../lib/helm/plain/plain-objects';
import { type Difference, findDifferences } from '../../../lib/helm/plain/random-values';
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
const read = (file = path, resolve = (sides: readonly LockSide[]): LockFile => sides[0]) => readLock(file, resolve);
const write = (inputs: RenderInputs, objects: readonly PlainObject[], differences: readonly Difference[] = [], warnings: string[] = []) =>
  writeLock(path, inputs, { objects, warnings }, differences);

test.each(['hooks', 'weird', 'plain', 'crds'])('what is written of the chart %s is read again', (chart) => {
  // GIVEN
  const objects = objectsOf(chart);
  // WHEN
  write(INPUTS, objects);
  // THEN
  expect(read()).toEqual({ inputs: lockedInputs(INPUTS), objects, warnings: [] });
  expect(readdirSync(join(folder, 'helm.lock'))).toEqual(['rel.json']);
});

test('a lock is JSON, set so that people can read what changes in it', () => {
  // GIVEN
  const objects = objectsOf('hooks');
  // WHEN
  write(INPUTS, objects);
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
  write(INPUTS, objectsOf('hooks'));
  utimesSync(path, 1, 1);
  const text = readFileSync(path, 'utf8');
  // WHEN
  write({ ...INPUTS, values: structuredClone(INPUTS.values) }, objectsOf('hooks'));
  // THEN
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(statSync(path).mtimeMs).toBe(1000);
});

test('another content takes its place', () => {
  // GIVEN
  write(INPUTS, objectsOf('hooks'));
  const inputs = { ...INPUTS, chart: { kind: 'folder', path: 'charts/plain' } };
  // WHEN
  write(inputs, objectsOf('plain'));
  // THEN
  const lock = read();
  expect(lock?.objects).toEqual(objectsOf('plain'));
  expect(lock && describeChanges(lock.inputs, inputs)).toEqual([]);
  expect(lock && describeChanges(lock.inputs, INPUTS)).toEqual(['chart.path: "charts/plain" → "charts/hooks"']);
});

test('where there is no lock, there is none to read', () => {
  // THEN
  expect(read()).toBeUndefined();
});

test.each<[string, (text: string) => string]>([
  ['an object changed by hand', (text) => text.replace('production', 'test')],
  ['an input changed by hand', (text) => text.replace('"namespace": "data"', '"namespace": "other"')],
  ['a comment more', (text) => `${text}// reviewed\n`],
  ['the digest gone', (text) => text.replace(/,\s*"digest": .*/, '')],
  ['the title gone', (text) => text.replace(/"title": .*/, '')],
  ['an end too early', (text) => text.slice(0, text.length / 2)],
  ['nothing in it', () => ''],
  ['null in it', () => 'null'],
])('a lock with %s is an error that says what would do', (_, change) => {
  // GIVEN
  write(INPUTS, objectsOf('hooks'));
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  // THEN
  expect(() => read()).toThrow(
    `${path}: something else than synth has changed it, or cut it short; expected it as it was written: \`git checkout -- ${path}\` brings it back.`,
  );
});

test('warnings are in it', () => {
  // WHEN
  write(INPUTS, [], [], ['this may surprise']);
  // THEN
  expect(read()?.warnings).toEqual(['this may surprise']);
});

describe('a conflict of git', () => {
  const sides = (change: (text: string) => string) => {
    write(INPUTS, objectsOf('hooks'));
    const text = readFileSync(path, 'utf8');
    const [ours, theirs] = [text.split('\n'), change(text).split('\n')];
    const hunks = ours.map((line, index) =>
      line === theirs[index] ? line : `<<<<<<< HEAD\n${line}\n||||||| base\n${line}0\n=======\n${theirs[index]}\n>>>>>>> other`,
    );
    writeFileSync(path, hunks.join('\n'));
    return [text, change(text)];
  };

  test('is two locks, of which one is chosen', () => {
    // GIVEN
    const texts = sides((text) => text.replaceAll('production', 'test'));
    // WHEN
    const seen: LockSide[] = [];
    read(path, (both) => {
      seen.push(...both);
      return both[1];
    });
    // THEN
    expect(seen.map(({ text }) => text)).toEqual(texts);
    expect(seen.map(({ isWhole }) => isWhole)).toEqual([true, false]);
    writeSide(path, seen[0]);
    expect(read()?.objects).toEqual(objectsOf('hooks'));
  });

  test('of which one side is no lock is an error that says how to go on', () => {
    sides((text) => text.replace('"objects": [', '"objects": '));
    expect(() => read()).toThrow(`${path}: git has left a conflict in it; take one side (\`git checkout --ours -- ${path}\`, or --theirs)`);
  });
});

test('a mark of the encoding makes no difference', () => {
  // GIVEN
  write(INPUTS, objectsOf('hooks'));
  writeFileSync(path, `\ufeff${readFileSync(path, 'utf8')}`);
  // THEN
  expect(read()?.objects).toEqual(objectsOf('hooks'));
});

test('the line ends of Windows make no difference', () => {
  // GIVEN
  write(INPUTS, objectsOf('weird'));
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
  // THEN
  expect(read()?.objects).toEqual(objectsOf('weird'));
});

test('a lock that can not be read is an error with the reason', () => {
  // THEN
  expect(() => read(folder)).toThrow(`${folder}: the lock can't be read: EISDIR`);
});

test('a random value of a Secret never gets into a lock', () => {
  // GIVEN
  const [first, second] = [0, 1].map(() => objectsOf('random', '--set=secret=true'));
  // WHEN
  const writeRandom = () => write(INPUTS, first, findDifferences(first, second, []));
  // THEN
  expect(writeRandom).toThrow('Secret/rel-login has a random value of a Secret, which may not get into a render lock');
  expect(readdirSync(folder)).toEqual([]);
});

test('of the values no secret gets into a lock', () => {
  // WHEN
  write({ ...INPUTS, values: { auth: { password: 'hunter2' }, url: 'https://user:hunter2@example.com' } }, objectsOf('plain'));
  // THEN
  expect(readFileSync(path, 'utf8')).not.toContain('hunter2');
});
