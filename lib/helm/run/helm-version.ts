import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import gte from 'semver/functions/gte';
import valid from 'semver/functions/valid';
import { hashOf } from '../../kubernetes/hash';
import { ChartError } from '../chart-error';
import { cacheFolder } from './cache-folder';
import { helmEnvironment } from './helm-environment';
import { writeAtomically } from './write-atomically';

const MINIMUM = '3.19.0';
const SCRIPT_BYTES = 1024 * 1024; // helm itself has many times more

const asked = new Map<string, string>();

/**
 * The version of a helm, as `4.1.4`. Throws a ChartError if it is too old.
 * @param timeoutMs how long it may take to tell.
 */
export function helmVersion(helm: string, timeoutMs: number): string {
  const version = asked.get(helm) ?? remembered(helm, timeoutMs);
  asked.set(helm, version);
  if (gte(version, MINIMUM)) return version;
  throw new ChartError(
    `${helm} is helm ${version}, which is too old; install helm ${MINIMUM} or newer (https://helm.sh/docs/intro/install/), ` +
      'or name another one by the prop `helm` or in HELM_BIN',
  );
}

/** Kept in the user's cache while the file is the same. */
function remembered(helm: string, timeoutMs: number): string {
  const { size, mtimeMs } = statSync(helm);
  // A script, or a version manager under helm's name, may start another helm the next time.
  if (size < SCRIPT_BYTES || !basename(realpathSync(helm)).startsWith('helm')) return ask(helm, timeoutMs);
  const file = join(cacheFolder(), 'helm-versions', hashOf([helm, size, mtimeMs]));
  const kept = read(file);
  if (kept) return kept;
  const version = ask(helm, timeoutMs);
  try {
    writeAtomically(file, version, 0o600);
  } catch {
    // Without a cache it is asked again.
  }
  return version;
}

function read(file: string): string | null {
  try {
    return valid(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function ask(helm: string, timeoutMs: number): string {
  let said: string;
  try {
    said = execFileSync(helm, ['version', '--template={{.Version}}'], {
      env: helmEnvironment(),
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    }).trim();
  } catch (error) {
    throw new ChartError(`${helm} does not tell its version: ${(error as Error).message.trim()}`);
  }
  // One that was built by `go install` tells no patch version.
  const version = valid(said) ?? valid(`${said}.0`);
  if (version) return version;
  throw new ChartError(`${helm} is no helm: asked for its version, it says ${JSON.stringify(said.slice(0, 100))}`);
}
