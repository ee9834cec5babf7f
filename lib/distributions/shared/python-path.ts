import type { EnvValue } from 'cdk8s-plus-27';
import type { Json } from '../../kubernetes/json';
import type { DistributionInput } from '../contract';
import { givenSettings } from './component-settings';
import { isIpv6 } from './host-address';

type Variables = { readonly [name: string]: EnvValue };

const NAME = 'PYTHONPATH';

/** The variables of parts, and those of a component, whose Python path stands behind that of the packages. */
export function withPythonPath(ofParts: readonly Json[], { [NAME]: own, ...others }: Variables): { parts: Json[]; env: Variables } {
  if (!own) return { parts: [...ofParts], env: others };
  if (!ofParts.some(({ name }) => name === NAME)) return { parts: [...ofParts], env: { ...others, [NAME]: own } };
  const parts = ofParts.map((variable) => {
    return variable.name === NAME ? { name: NAME, value: `${variable.value}:${own.value}` } : variable;
  });
  return { parts, env: others };
}

/** Where packages are installed, connections declared, or addresses are those of IPv6, the library sets it too. */
export function validatePythonPath(input: DistributionInput): void {
  const { validator, requirements, connections } = input;
  if (!requirements && !connections && !isIpv6(input)) return;
  for (const { prop, props } of givenSettings(input)) {
    if (props.env?.[NAME] && props.env[NAME].value === undefined) {
      const reason = "a path of the library stands before it, so its value has to be known; expected EnvValue.fromValue('…')";
      validator.reportHidden(`${prop}.env["${NAME}"]`, reason);
    }
    for (const [index, { env = [] }] of (props.podParts ?? []).entries()) {
      const place = env.findIndex(({ name }) => name === NAME);
      if (place < 0) continue;
      const reason = 'a path of the library stands before it; use env beside podParts, where the two are joined';
      validator.reportHidden(`${prop}.podParts[${index}].env[${place}]`, reason);
    }
  }
}
