import type { EnvValue } from 'cdk8s-plus-27';
import type { Json } from './json';

/** `env` of a container, from cdk8s-plus's values. */
export function envVars(env: { readonly [name: string]: EnvValue } | undefined): Json[] {
  return Object.entries(env ?? {}).map(([name, { value, valueFrom }]) => ({
    name,
    ...(value !== undefined && { value }),
    ...(valueFrom !== undefined && { valueFrom: plainValueFrom(valueFrom) }),
  }));
}

/** The one field in it that cdk8s-plus wraps in a class: a quantity. */
function plainValueFrom(valueFrom: Json): Json {
  const { resourceFieldRef } = valueFrom;
  if (!resourceFieldRef) return valueFrom;
  const { divisor, ...field } = resourceFieldRef;
  return { resourceFieldRef: { ...field, ...(divisor !== undefined && { divisor: `${divisor.value ?? divisor}` }) } };
}
