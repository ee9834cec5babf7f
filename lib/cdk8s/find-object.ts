import { ApiObject, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PropValidator } from '../validation/prop-validator';
import { ObjectRendering } from './object-rendering';

/** The object of a kind and name below a construct; for a Job the name is enough without its hash. The error lists those that there are. */
export function findObject(scope: Construct, kind: string, name: string): ApiObject {
  const found = objectNamed(scope, kind, name);
  if (found) return found;
  throw new Error(`[${scope.node.path}] ${notFound(scope, kind, name)}`);
}

/** Patch such an object. One that is not there is told by the validator, and a patch that hits nothing when the app is validated. */
export function patchObject(scope: Construct, validator: PropValidator, kind: string, name: string, patches: readonly JsonPatch[]): void {
  const object = objectNamed(scope, kind, name);
  if (!object) {
    validator.reportHidden('patch', notFound(scope, kind, name));
    return;
  }
  const rendering = ObjectRendering.of(object);
  rendering.addCheckedPatches(patches);
  // What the patch names may be attached later.
  scope.node.addValidation({
    validate: () => rendering.problemsOf(patches).map((problem) => `patch: ${kind}/${name}: ${problem}`),
  });
}

function objectNamed(scope: Construct, kind: string, name: string): ApiObject | undefined {
  const objects = objectsOf(scope, kind);
  return (
    objects.find((object) => object.name === name) ?? objects.find((object) => ObjectRendering.of(object).jobNaming?.baseName === name)
  );
}

function notFound(scope: Construct, kind: string, name: string): string {
  const names = objectsOf(scope, kind).map((object) => object.name);
  return `no ${kind} is called ${name}; there is: ${names.join(', ') || 'none'}`;
}

function objectsOf(scope: Construct, kind: string): ApiObject[] {
  return scope.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject && child.kind === kind);
}
