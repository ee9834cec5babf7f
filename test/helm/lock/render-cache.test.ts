import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCache, writeCache } from '../../../lib/helm/lock/render-cache';
import { type PlainObject, plainObjects } from '../../../lib/helm/plain/plain-objects';
import { renderedDocuments } from '../../../lib/helm/plain/rendered-documents';
import { renderFixture } from '../render-fixture';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'render-cache-'));
  folder = join(home, 'cdk8s-airflow', 'renders');
});
afterEach(() => rmSync(home, { recursive: true }));

const digest = (index: number) => index.toString(16).padStart(64, '0');
const OBJECT: PlainObject = { manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, baseName: 'a', source: 'a.yaml' };

test('what is written is read again, and nothing else', () => {
  // GIVEN
  const objects = plainObjects(renderedDocuments(renderFixture('weird')), { namespace: 'data' });
  // WHEN
  writeCache(folder, digest(1), objects);
  // THEN
  expect(readCache(folder, digest(1))).toEqual(objects);
  expect(readCache(folder, digest(2))).toBeUndefined();
});

test('only the user can read it', () => {
  // WHEN
  writeCache(folder, digest(1), [OBJECT]);
  // THEN
  expect(statSync(join(folder, `${digest(1)}.json`)).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test.each(['', '{', 'null', '{"objects":', '{"objects":{}}', '[]'])('an entry of %j counts as none, and is replaced', (text) => {
  // GIVEN
  writeCache(folder, digest(1), [OBJECT]);
  writeFileSync(join(folder, `${digest(1)}.json`), text);
  // THEN
  expect(readCache(folder, digest(1))).toBeUndefined();
  writeCache(folder, digest(1), [OBJECT]);
  expect(readCache(folder, digest(1))).toEqual([OBJECT]);
});

test('the oldest entries go when there are more than 200, and nothing else does', () => {
  // GIVEN
  mkdirSync(folder, { recursive: true });
  for (let index = 1; index <= 202; index++) {
    const path = join(folder, `${digest(index)}.json`);
    writeFileSync(path, JSON.stringify({ objects: [] }));
    utimesSync(path, index, index);
  }
  writeFileSync(join(folder, 'other.txt'), '');
  utimesSync(join(folder, 'other.txt'), 0, 0);
  // WHEN
  writeCache(folder, digest(300), [OBJECT]);
  // THEN
  const kept = readdirSync(folder);
  expect(kept).toHaveLength(201);
  expect(kept).toEqual(expect.arrayContaining(['other.txt', `${digest(4)}.json`, `${digest(300)}.json`]));
});

test('a cache that can not be written is no reason to stop', () => {
  // GIVEN
  writeFileSync(join(home, 'cdk8s-airflow'), 'a file where the folder should be');
  // WHEN
  writeCache(folder, digest(1), [OBJECT]);
  // THEN
  expect(readCache(folder, digest(1))).toBeUndefined();
});
