import type { Json } from '../../lib/kubernetes/json';
import { keyOf } from '../objects/object-id';
import { type ChangedField, changedFields } from './fields';

/** An object that is there before and after, and not the same. */
export interface Pair {
  readonly before: Json;
  readonly after: Json;
  readonly fields: readonly ChangedField[];
}

const SECRET = /^(data|stringData|metadata\.annotations)\b/;

/** What an apply of new objects over old ones comes to. */
export interface Comparison {
  readonly made: readonly Json[];
  readonly changed: readonly Pair[];
  /** They are no more among the manifests: an apply leaves them in the cluster, what prunes deletes them. */
  readonly gone: readonly Json[];
  /** All that there are now. */
  readonly before: readonly Json[];
  /** All that are there afterwards. */
  readonly after: readonly Json[];
}

export function compare(before: readonly Json[], after: readonly Json[]): Comparison {
  const [old, wanted] = [before, after].map((objects) => new Map(objects.map((object) => [keyOf(object), object])));
  const pairs = [...wanted].flatMap(([key, object]) => {
    const other = old.get(key);
    return other ? [{ before: other, after: object, fields: fieldsOf(other, object) }] : [];
  });
  return {
    made: [...wanted].filter(([key]) => !old.has(key)).map(([, object]) => object),
    changed: pairs.filter(({ fields }) => fields.length > 0),
    gone: [...old].filter(([key]) => !wanted.has(key)).map(([, object]) => object),
    before: [...old.values()],
    after: [...wanted.values()],
  };
}

/** Of a Secret that something is another, and not what it was or is. */
function fieldsOf(before: Json, after: Json): ChangedField[] {
  const fields = changedFields(before, after);
  if (after.kind !== 'Secret') return fields;
  return fields.map((field) => (SECRET.test(field.path) ? { path: field.path } : field));
}
