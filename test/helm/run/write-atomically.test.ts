import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAtomically } from '../../../lib/helm/run/write-atomically';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-atomically-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file takes the place of another as a whole', () => {
  // GIVEN
  const path = join(folder, 'a', 'b', 'file');
  writeAtomically(path, 'one', 0o644);
  const { ino } = statSync(path);
  // WHEN
  writeAtomically(path, 'two', 0o644);
  // THEN
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(statSync(path).ino).not.toBe(ino);
});

test('where it can not be written, nothing is left behind', () => {
  // GIVEN
  mkdirSync(join(folder, 'taken'));
  // THEN
  expect(() => writeAtomically(join(folder, 'taken'), 'text', 0o600)).toThrow('EISDIR');
  expect(readdirSync(folder)).toEqual(['taken']);
});
