import { getObjects, tryKubectl } from './kubectl';
import { namespacesOf, readManifests } from './manifests';
import { markNamespace } from './namespaces';

/** What `kubectl apply` said of each object, as `kind.group/name`. */
export interface Applied {
  readonly created: string[];
  readonly configured: string[];
  readonly unchanged: string[];
}

const LINE = /^(\S+) (created|configured|unchanged)$/;

/** `kubectl apply -f FOLDER`, which has to succeed without a word on standard error: no warning either. */
export async function applyFolder(folder: string): Promise<Applied> {
  const outcome = await tryKubectl(['apply', '--filename', folder]);
  for (const name of namespacesOf(readManifests(folder))) await markNamespace(name);
  if (outcome.code !== 0 || outcome.stderr.trim() !== '') {
    throw new Error(`kubectl apply ended with ${outcome.code}; it said:\n${outcome.stderr}${outcome.stdout}`);
  }
  return parse(outcome.stdout);
}

/**
 * Apply a folder that is applied already; the objects that it changed all the same.
 *
 * Of a PodDisruptionBudget kubectl says "configured" each time, since the API has its selector replaced as a whole by every patch
 * (`patchStrategy: replace`): there it counts whether the specification has changed.
 */
export async function changedByApply(folder: string): Promise<string[]> {
  const before = await budgetsOf(folder);
  const { created, configured } = await applyFolder(folder);
  const after = await budgetsOf(folder);
  return [...created, ...configured].filter((name) => !(before[name] && before[name] === after[name]));
}

/** For each PodDisruptionBudget what tells one specification from another. */
async function budgetsOf(folder: string): Promise<{ [name: string]: string }> {
  const namespaces = namespacesOf(readManifests(folder));
  const all = await Promise.all(namespaces.map((namespace) => getObjects('poddisruptionbudgets', '--namespace', namespace)));
  return Object.fromEntries(
    all.flat().map(({ metadata }) => [`poddisruptionbudget.policy/${metadata.name}`, `${metadata.uid} ${metadata.generation}`]),
  );
}

function parse(output: string): Applied {
  const applied: Applied = { created: [], configured: [], unchanged: [] };
  for (const line of output.trim().split('\n')) {
    const [, name, verb] = LINE.exec(line) ?? [];
    if (!name) throw new Error(`kubectl apply said something else than what became of an object: ${line}`);
    applied[verb as keyof Applied].push(name);
  }
  return applied;
}
