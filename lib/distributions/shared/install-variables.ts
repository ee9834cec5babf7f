import type { EnvValue } from 'cdk8s-plus-27';
import type { PodsName } from '../../components/components';
import type { DistributionInput } from '../contract';
import { settingsOfPods } from './component-settings';

/** What pip itself reads, and where proxies are. */
const OF_PIP = /^(?:PIP_\w+|(?:HTTPS?|ALL|NO)_PROXY)$/i;

/**
 * The variables with which packages are installed: those of the component. Code of packages runs there, so of those from Secrets it has what it
 * needs alone: options of pip, proxies, and what the requirements name.
 */
export function installVariables(input: DistributionInput, component: PodsName): { readonly [name: string]: EnvValue } {
  const isNeeded = (name: string) => OF_PIP.test(name) || input.requirements?._variables.has(name);
  return Object.fromEntries(
    Object.entries(settingsOfPods(input, component).env ?? {}).filter(
      ([name, { valueFrom }]) => !(valueFrom as EnvValue['valueFrom'])?.secretKeyRef || isNeeded(name),
    ),
  );
}
