import { execFileSync } from 'node:child_process';
import { isGitRef, isShortHash } from '../../lib/dags/git-ref';

/** Each as the name of a branch: what git refuses, and what it takes. */
const NAMES = [
  'main',
  'feature/new-dags',
  'v1.2.3',
  'a@b',
  'ä',
  'refs/x',
  'a..b',
  'x.lock',
  'x.lock/y',
  '@{-1}',
  'a@{b',
  '.a',
  'a/.b',
  'a.',
  'a/',
  '/a',
  'a//b',
  'a b',
  'a~1',
  'a^',
  'a:b',
  'a?',
  'a*',
  'a[b',
  'a\\b',
  'a\tb',
  'a\u007fb',
  '-a',
];

test.each(NAMES)('%j is a ref if git says so', (name) => {
  // THEN
  expect(isGitRef(name)).toBe(isRefToGit(name));
});

test.each(['', '@'])('%j is none', (name) => {
  // THEN
  expect(isGitRef(name)).toBe(false);
});

test.each<[string, boolean]>([
  ['0a1b2c3', true],
  ['0a1b2c3d4e5f60718293a4b5c6d7e8f901234567', false],
  ['20240115', false],
  ['deadbeef', false],
  ['0a1b2c', false],
  ['release-0a1b2c3', false],
])('%s is a part of a hash: %j', (text, expected) => {
  // THEN
  expect(isShortHash(text)).toBe(expected);
});

function isRefToGit(name: string): boolean {
  try {
    execFileSync('git', ['check-ref-format', '--branch', name], { stdio: 'ignore', env: { ...process.env, GIT_DIR: '/nowhere' } });
    return true;
  } catch {
    return false;
  }
}
