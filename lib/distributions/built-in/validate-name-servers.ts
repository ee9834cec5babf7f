import { propOf } from '../../components/components';
import { dnsProblem } from '../../props/pod-fields';
import type { DistributionInput } from '../contract';
import { settingsOf } from '../shared/component-settings';
import { deployedComponents } from '../shared/deployed-components';

/** Reports pods that could look up no name: as they know of no name server, or as none lets them through to it. */
export function validateNameServers(input: DistributionInput): void {
  const { validator, components, networkPolicies } = input;
  for (const name of deployedComponents(input)) {
    const problem = dnsProblem(settingsOf(input, name), networkPolicies);
    if (problem) validator.reportHidden(`${components[name]?.dnsPolicy ? propOf(name) : 'allComponents'}.dnsPolicy`, problem);
  }
}
