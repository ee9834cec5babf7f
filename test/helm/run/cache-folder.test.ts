import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../../lib/helm/run/cache-folder';
import { restoreEnvironment, setEnvironment } from '../../support/environment';

const { platform } = process;

afterEach(() => {
  restoreEnvironment();
  setPlatform(platform);
});

function setPlatform(value: NodeJS.Platform): void {
  Object.defineProperty(process, 'platform', { value });
}

test('XDG_CACHE_HOME is where caches are', () => {
  // GIVEN
  setEnvironment({ XDG_CACHE_HOME: '/var/cache/me' });

  // THEN
  expect(cacheFolder()).toBe(join('/var/cache/me', 'cdk8s-airflow'));
});

test.each<[NodeJS.Platform, string[]]>([
  ['linux', [homedir(), '.cache']],
  ['darwin', [homedir(), 'Library', 'Caches']],
  ['win32', [homedir(), 'AppData', 'Local']],
])('else it is the usual place of %s', (name, parts) => {
  // GIVEN
  setEnvironment({ XDG_CACHE_HOME: undefined, LOCALAPPDATA: undefined });
  setPlatform(name);

  // THEN
  expect(cacheFolder()).toBe(join(...parts, 'cdk8s-airflow'));
});

test('a relative XDG_CACHE_HOME does not count, as its specification says', () => {
  // GIVEN
  setEnvironment({ XDG_CACHE_HOME: 'cache' });
  setPlatform('linux');

  // THEN
  expect(cacheFolder()).toBe(join(homedir(), '.cache', 'cdk8s-airflow'));
});
