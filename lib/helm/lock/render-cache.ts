import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PlainObject } from '../plain/plain-objects';
import { writeAtomically } from './write-atomically';

const MAX_ENTRIES = 200;
const ENTRY = /^[0-9a-f]{64}\.json$/;

/** What the cache of this user has for inputs of this digest. An entry that can't be read counts as none. */
export function readCache(folder: string, digest: string): PlainObject[] | undefined {
  try {
    const { objects } = JSON.parse(readFileSync(entryPath(folder, digest), 'utf8'));
    return Array.isArray(objects) ? objects : undefined;
  } catch {
    return undefined;
  }
}

/** Keep objects for the next time, readable for this user alone. A cache that can't be written is no reason to stop. */
export function writeCache(folder: string, digest: string, objects: readonly PlainObject[]): void {
  try {
    writeAtomically(entryPath(folder, digest), JSON.stringify({ objects }), 0o600);
    deleteOldest(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

function entryPath(folder: string, digest: string): string {
  return join(folder, `${digest}.json`);
}

function deleteOldest(folder: string): void {
  const entries = readdirSync(folder).filter((name) => ENTRY.test(name));
  if (entries.length <= MAX_ENTRIES) return;
  const ages = new Map(entries.map((name) => [name, statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0]));
  const newest = entries.sort((a, b) => (ages.get(b) as number) - (ages.get(a) as number));
  for (const name of newest.slice(MAX_ENTRIES)) rmSync(join(folder, name), { force: true });
}
