import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isClusterScoped } from '../kubernetes/scopes';

/**
 * No object is in an app twice: the second would overwrite the first. Looks at metadata alone, which is cheap. Two that are both outside
 * of the checked scopes are not reported, unless they are the namespace of one.
 */
export function checkDuplicates(app: IConstruct, scopes: readonly IConstruct[]): string[] {
  const first = new Map<string, ApiObject>();
  const errors: string[] = [];
  for (const object of app.node.findAll()) {
    if (!(object instanceof ApiObject)) continue;
    const { apiGroup, kind, name } = object;
    const id = `${apiGroup}/${kind}/${isClusterScoped(object) ? '' : object.metadata.namespace}/${name}`;
    const other = first.get(id);
    if (!other) {
      first.set(id, object);
    } else if ([object, other].some(({ node }) => node.scopes.some((ancestor) => scopes.includes(ancestor)))) {
      errors.push(`${sameObject(object, other)}; expected another name or namespace for one of them`);
    } else if (kind === 'Namespace' && scopes.some((scope) => Chart.of(scope).namespace === name)) {
      errors.push(`${sameObject(object, other)}; expected it in one place alone, as with createNamespace: false in the other`);
    }
  }
  return errors;
}

function sameObject({ kind, name, node }: ApiObject, other: ApiObject): string {
  return `${kind}/${name} (${node.path}): ${other.node.path} makes the same object, and one would overwrite the other`;
}
