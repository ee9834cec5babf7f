import type { AirflowPodsName } from '../../components/components';
import { type AirflowConfig, optionsOfVariables, variableOf } from '../../config/airflow-config';
import type { Json } from '../../kubernetes/json';
import { isMap, valueAt } from '../../kubernetes/object-path';
import type { DistributionInput } from '../contract';
import { type OwnCollectors, validateOptionsThatSend } from '../shared/validate-egress';

interface Context extends DistributionInput {
  readonly config: AirflowConfig;
  readonly userValues: Json;
}

/** Where the values of a chart have lists of variables, and of which component each is; of all where it is of none. */
export type VariableLists = { readonly [path: string]: AirflowPodsName | undefined };

/** Variables among the user's values win over airflow.cfg: they may neither set what the library sets, nor send what has no way out. */
export function validateVariableValues(context: Context, lists: VariableLists, collectors: OwnCollectors): void {
  const { validator, config, userValues } = context;
  for (const [path, only] of Object.entries(lists)) {
    const list = valueAt(userValues, path.split('.'));
    const variables: Json[] = Array.isArray(list) ? list.filter(isMap) : [];
    const placeOf = (name: string) => `distribution.values.${path}["${name}"]`;
    for (const { name, value } of variables) config.validateVariable(validator, placeOf(`${name}`), `${name}`, value);
    const options = optionsOfVariables(variables as { readonly name: string; readonly value?: string }[]);
    validateOptionsThatSend(context, { options, placeOf: (section, key) => placeOf(variableOf(section, key)), only }, collectors);
  }
}
