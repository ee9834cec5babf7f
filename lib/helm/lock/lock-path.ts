import { join, resolve } from 'node:path';
import type { IConstruct } from 'constructs';

/** What separates the ids, what escapes it, and what no file on Windows may have in its name. */
const ESCAPED = /[.%<>:"\\|?*]/g;

/** The includes of each app by their lock files. */
const owners = new WeakMap<IConstruct, Map<string, IConstruct>>();

/** The file of an include's render lock. It is named for the path of the construct, with dots for slashes: no two paths come to one name. */
export function lockPath(include: IConstruct, folder = 'helm.lock'): string {
  const ids = include.node.path.split('/').map((id) => id.replace(ESCAPED, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`));
  return join(folder, `${ids.join('.')}.json`);
}

/** The include of the same app that has the same lock file already, if there is one: on some machines upper and lower case are the same. */
export function otherOwner(path: string, include: IConstruct): IConstruct | undefined {
  const { root } = include.node;
  const ofApp = owners.get(root) ?? new Map<string, IConstruct>();
  owners.set(root, ofApp);
  const file = resolve(path).normalize().toLowerCase();
  const owner = ofApp.get(file);
  if (owner && owner.node.path !== include.node.path) return owner;
  ofApp.set(file, include);
  return undefined;
}
