import type { EnvValue } from 'cdk8s-plus-27';
import type { Json } from './json';

/** Loaded when it is first needed: it takes half as long as cdk8s itself, and most programs need none of it. */
export function cdk8sPlus(): typeof import('cdk8s-plus-27') {
  return require('cdk8s-plus-27');
}

/** `env` of a container, from cdk8s-plus's values. */
export function envVars(env: { readonly [name: string]: EnvValue } | undefined): Json[] {
  return Object.entries(env ?? {}).map(([name, { value, valueFrom }]) => ({
    name,
    ...(value !== undefined && { value }),
    ...(valueFrom !== undefined && { valueFrom: plainValueFrom(valueFrom) }),
  }));
}

/** Variables as the API server keeps them: kubectl would write an empty value at each apply. */
export function asStored(env: readonly Json[]): Json[] {
  return env.map(({ value, ...variable }) => (value === undefined || value === '' ? variable : { ...variable, value }));
}

/** The one field in it that cdk8s-plus wraps in a class: a quantity. */
function plainValueFrom(valueFrom: Json): Json {
  const { resourceFieldRef } = valueFrom;
  if (!resourceFieldRef) return valueFrom;
  const { divisor, ...field } = resourceFieldRef;
  return { resourceFieldRef: { ...field, ...(divisor !== undefined && { divisor: `${divisor.value ?? divisor}` }) } };
}
