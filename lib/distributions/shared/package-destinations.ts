import type { PodsName } from '../../components/components';
import type { Destination, Target } from '../../network/url-destinations';
import type { DistributionInput } from '../contract';
import { settingsOfPods } from './component-settings';
import { possiblePods } from './deployed-components';

/** Variables that send pip somewhere: to an index, to a proxy. */
const PIP_VARIABLE = /^(?:PIP_(?:(?:EXTRA_)?INDEX_URL|FIND_LINKS|PROXY|CONFIG_FILE)|(?:HTTPS?|ALL)_PROXY)$/i;

/** Whom pods must be able to reach in order to install packages. */
export function packageDestinations(input: DistributionInput, component: PodsName): Target[] {
  const { requirements } = input;
  if (!requirements) return [];
  const { _egress: egress, indexUrls } = requirements;
  if (egress) return egress.map(({ _destination }): Destination => _destination);
  const named = pipVariables(input, component).flatMap(({ urls }) => urls ?? []);
  return [...indexUrls.map((url) => new URL(url)), ...named];
}

/** A place that a Secret or a variable has in it no NetworkPolicy can know, and it is not to be the whole world. */
export function validatePackageDestinations(input: DistributionInput): void {
  const { validator, requirements, networkPolicies } = input;
  if (!requirements || networkPolicies.enabled === false) return;
  for (const [index, destination] of (requirements._egress ?? []).entries()) {
    destination._validate(validator, `requirements.egress[${index}]`);
  }
  if (requirements._egress) return;
  // Jobs have the variables that are for all.
  const pods: PodsName[] = [...possiblePods(input), 'migrate'];
  const unknown = pods.flatMap((each) => pipVariables(input, each).flatMap(({ name, urls }) => (urls ? [] : [name])));
  const places = [...(requirements.indexesKnown ? [] : ['pipConfig, or a variable in an address,']), ...new Set(unknown)];
  if (places.length === 0) return;
  validator.reportHidden(
    'requirements.egress',
    `${places.join(', ')} says where packages are, so that NetworkPolicies can't know it; expected egress, ` +
      'as in Requirements.fromFile(…, { egress: [NetworkDestination.anywhere([443])] })',
  );
}

/** The addresses that variables have for pip; undefined where they can't be known. */
function pipVariables(input: DistributionInput, component: PodsName): { name: string; urls: URL[] | undefined }[] {
  const variables = Object.entries(settingsOfPods(input, component).env ?? {}).filter(([name]) => PIP_VARIABLE.test(name));
  return variables.map(([name, { value }]) => {
    const texts = `${value}`.split(/\s+/).filter(Boolean);
    const isKnown = value !== undefined && texts.every((text) => /^https?:\/\//.test(text) && URL.canParse(text));
    return { name, urls: isKnown ? texts.map((text) => new URL(text)) : undefined };
  });
}
