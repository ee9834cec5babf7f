import type { EnvValue } from 'cdk8s-plus-27';
import type { DistributionInput } from '../contract';

/** What pip itself reads, and where proxies are. */
const OF_PIP = /^(?:PIP_\w+|(?:HTTPS?|ALL|NO)_PROXY)$/i;

/**
 * The variables with which packages are installed: those for all components. Code of packages runs there, so of those from Secrets it has what it
 * needs alone: options of pip, proxies, and what the requirements name.
 */
export function installVariables({ components, requirements }: DistributionInput): { readonly [name: string]: EnvValue } {
  const isNeeded = (name: string) => OF_PIP.test(name) || requirements?._variables.has(name);
  return Object.fromEntries(
    Object.entries(components.all?.env ?? {}).filter(
      ([name, { valueFrom }]) => !(valueFrom as EnvValue['valueFrom'])?.secretKeyRef || isNeeded(name),
    ),
  );
}
