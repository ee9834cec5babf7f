import type { Json } from '../kubernetes/json';
import type { Finding } from './finding';
import type { Manifests } from './manifests';

const ROLES = ['Role', 'ClusterRole'];
const READS = ['get', 'list', 'watch'];
/** By which an account gets the rights of others. */
const ESCALATES = ['bind', 'escalate', 'impersonate'];

/** No Role gives more than can be said by name: a ServiceAccount with one of these is as good as each other one of its namespace. */
export function checkRights(manifests: Manifests): Finding[] {
  return manifests.checked
    .filter(({ kind }) => ROLES.includes(kind))
    .flatMap((object) => {
      const rules: Json[] = object.manifest.rules ?? [];
      return [...new Set(rules.flatMap(tooWide))].map((what) => ({
        object,
        problem: `who has it ${what}`,
        remedy: 'expected the verbs, kinds and, of Secrets, the names that are needed',
      }));
    });
}

function tooWide({ apiGroups = [], resources = [], resourceNames = [], verbs = [] }: Json): string[] {
  const lists = (list: string[], words: readonly string[]) => list.some((word) => words.includes(word));
  return [
    ...(verbs.includes('*') ? ['may do all with some kinds of objects'] : []),
    ...(resources.includes('*') ? [`may do something with all kinds of objects of ${apiGroups.join(', ') || 'the core API'}`] : []),
    ...(resources.includes('secrets') && lists(verbs, READS) && resourceNames.length === 0 ? ['may read every Secret'] : []),
    ...(resources.includes('serviceaccounts/token') ? ['may make tokens of ServiceAccounts'] : []),
    ...(lists(verbs, ESCALATES) ? ['may take the rights of others'] : []),
  ];
}
