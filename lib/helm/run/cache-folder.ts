import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where things are kept that can be had again: charts, and the versions of helm. It need not be there yet.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(): string {
  return join(userCacheFolder(), 'cdk8s-airflow');
}

function userCacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}
