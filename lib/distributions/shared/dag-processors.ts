import { propOf } from '../../components/components';
import type { DistributionInput } from '../contract';
import { dagProcessorGroups } from './deployed-components';

/** The bundles that a DAG processor reads: those of its group, or those that no group has. None stands for all. */
export function bundlesOf(input: DistributionInput, name: string): readonly string[] {
  const groups = dagProcessorGroups(input);
  const group = groups.find((each) => each === name);
  if (group) return input.components[group].bundles;
  if (groups.length === 0) return [];
  const taken = groups.flatMap((each) => input.components[each].bundles);
  return (input.dags?.bundles ?? []).map((bundle) => bundle.name).filter((bundle) => !taken.includes(bundle));
}

/** Reports bundles that there are not, or that more than one would read, and a DAG processor that would read none, and so all. */
export function validateDagProcessors(input: DistributionInput): void {
  const { validator, components, dags } = input;
  const groups = dagProcessorGroups(input);
  if (groups.length === 0) return;
  const known = (dags?.bundles ?? []).map(({ name }) => name);
  const taken: string[] = [];
  for (const name of groups) {
    const prop = propOf(name);
    validator.groupName(prop, name.replace(/^dag-processor-/, ''));
    const { bundles } = components[name];
    if (bundles.length === 0) validator.report(`${prop}.bundles`, bundles, 'expected the name of a bundle or more');
    for (const [index, bundle] of bundles.entries()) {
      const place = `${prop}.bundles[${index}]`;
      if (!known.includes(bundle)) validator.report(place, bundle, `there is no such bundle; there is: ${known.join(', ') || 'none'}`);
      else if (taken.includes(bundle)) validator.report(place, bundle, 'another DAG processor reads it; expected it once');
      taken.push(bundle);
    }
  }
  if (known.length > 0 && known.every((bundle) => taken.includes(bundle))) {
    validator.reportHidden('dagProcessorGroups', 'nothing is left for dagProcessor; expected a bundle that no group has');
  }
}
