import { parseYamlDocument } from '../../lib/kubernetes/kubernetes-yaml';
import { hasSecrets } from './secrets';
import { isTree, type Json, over, type Tree } from './values';

/** A variable that sets an option of Airflow. One of a team has three underscores behind the team's name, and stays a variable. */
const VARIABLE = /^AIRFLOW__(?!\w*___)(\w*?)__(\w+)$/;
/** Not the value itself, but where it is from. */
const FROM_ELSEWHERE = /_(CMD|SECRET)$/;

/** Values in which options of Airflow are in `config`, also where they are variables at the paths of lists: so the same props come of both. */
export function withVariablesAsOptions(tree: Tree, ...paths: readonly string[]): Tree {
  const values: { [key: string]: Json } = { ...tree };
  for (const path of paths) {
    const given = listOf(values[path], path);
    const options = given.map(optionOf);
    if (options.every((option) => option === undefined)) continue;
    values[path] = given.filter((_, index) => options[index] === undefined);
    values.config = options.reduce<Json>((all, option) => over(all, option), values.config ?? {});
  }
  return values;
}

/** A list, or the text of one that helm does not fill in. */
function listOf(given: Json, path: string): Json[] {
  const list = typeof given === 'string' && !given.includes('{{') ? parseYamlDocument(given, path) : given;
  return Array.isArray(list) ? list : [];
}

/** As `config` has it; undefined where it is no option, or its value is not here. */
function optionOf(item: Json): Tree | undefined {
  const { name, value } = isTree(item) ? item : {};
  const [, section, key] = VARIABLE.exec(typeof name === 'string' ? name : '') ?? [];
  if (!section || FROM_ELSEWHERE.test(key) || value === undefined || value === null || typeof value === 'object') return undefined;
  if (`${value}`.includes('{{') || hasSecrets({ [`${name}`]: value })) return undefined;
  return { [section.toLowerCase()]: { [key.toLowerCase()]: value } };
}
