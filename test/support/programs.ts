import { kubectl } from './kubectl';
import { namespacesOf, readManifests } from './manifests';
import { clearNamespace, freshRestrictedNamespace } from './namespaces';

/** Make room for what a program makes: namespaces of its own are cleared, others made anew, with Pod Security "restricted". */
export async function prepareNamespaces(dist: string): Promise<void> {
  const objects = readManifests(dist);
  const own = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  for (const name of namespacesOf(objects)) await (own.includes(name) ? clearNamespace(name) : freshRestrictedNamespace(name));
}

/** Delete what a program has made: its namespaces and what lies in none. */
export async function deleteAll(dist: string | undefined): Promise<void> {
  if (!dist) return;
  const objects = readManifests(dist);
  for (const name of namespacesOf(objects)) await clearNamespace(name);
  const rest = objects.filter(({ kind, metadata }) => kind !== 'Namespace' && !metadata.namespace);
  if (rest.length === 0) return;
  await kubectl(['delete', '--ignore-not-found', '--filename', '-'], { input: rest.map((object) => JSON.stringify(object)).join('\n') });
}
