import { ApiObject, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { isReferredTo } from '../kubernetes/object-reference';
import type { PropValidator } from '../validation/prop-validator';
import { ObjectRendering } from './object-rendering';

/**
 * The object of a kind and name below a construct; for a Job the name is enough without its hash. Where there are several, the name is
 * `namespace/name`, or the kind `Kind.group`. The error lists those that there are.
 */
export function findObject(scope: Construct, kind: string, name: string): ApiObject {
  const found = objectsNamed(scope, kind, name);
  if (found.length === 1) return found[0];
  throw new Error(`[${scope.node.path}] ${notOne(scope, kind, name, found)}`);
}

/** Patch such an object. One that is not there is told by the validator, and a patch that hits nothing when the app is validated. */
export function patchObject(scope: Construct, validator: PropValidator, kind: string, name: string, patches: readonly JsonPatch[]): void {
  const found = objectsNamed(scope, kind, name);
  if (found.length !== 1) {
    validator.reportHidden('patch', notOne(scope, kind, name, found));
    return;
  }
  const [object] = found;
  const rendering = ObjectRendering.of(object);
  rendering.addCheckedPatches(patches);
  // What the patch names may be attached later.
  scope.node.addValidation({
    validate: () => rendering.problemsOf(patches).map((problem) => `patch: ${kind}/${name}: ${problem}`),
  });
}

function objectsNamed(scope: Construct, kind: string, name: string): ApiObject[] {
  const objects = objectsOf(scope, kind);
  const named = (nameOf: (object: ApiObject) => string | undefined) =>
    objects.filter((object) => {
      const { apiVersion, metadata } = object;
      const place = { apiVersion, kind: object.kind, metadata: { namespace: metadata.namespace } };
      return isReferredTo(`${kind}/${name}`, place, nameOf(object) ?? '');
    });
  const found = named((object) => object.name);
  return found.length > 0 ? found : named((object) => ObjectRendering.of(object).jobNaming?.baseName);
}

function notOne(scope: Construct, kind: string, name: string, found: readonly ApiObject[]): string {
  if (found.length > 1) {
    const places = found.map(({ apiVersion, metadata }) => `${apiVersion} in ${metadata.namespace ?? 'no namespace'}`);
    return `${found.length} objects are ${kind}/${name}: of ${places.join(', of ')}; expected "namespace/name", or "Kind.group" as kind`;
  }
  const names = objectsOf(scope, kind).map((object) => object.name);
  return `no ${kind} is called ${name}; there is: ${names.join(', ') || 'none'}`;
}

function objectsOf(scope: Construct, kind: string): ApiObject[] {
  const [ofKind] = kind.split('.');
  return scope.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject && child.kind === ofKind);
}
