import type { k8s } from 'cdk8s-plus-27';
import { LABEL_OPERATORS, NODE_OPERATORS } from '../kubernetes/selector-operators';
import { isQualifiedName, type PropValidator } from '../validation/prop-validator';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: string[];
}

/** Reports what the API server refuses in rules of attraction. */
export function validateAffinity(validator: PropValidator, prop: string, affinity: k8s.Affinity | undefined): void {
  const { nodeAffinity = {}, podAffinity = {}, podAntiAffinity = {} } = affinity ?? {};
  const validateNodes = (place: string, { matchExpressions, matchFields }: k8s.NodeSelectorTerm) => {
    validateExpressions(validator, `${place}.matchExpressions`, matchExpressions, NODE_OPERATORS);
    validateExpressions(validator, `${place}.matchFields`, matchFields, NODE_OPERATORS);
  };
  for (const [index, term] of (nodeAffinity[REQUIRED]?.nodeSelectorTerms ?? []).entries()) {
    validateNodes(`${prop}.nodeAffinity.${REQUIRED}.nodeSelectorTerms[${index}]`, term);
  }
  for (const [index, { weight, preference }] of (nodeAffinity[PREFERRED] ?? []).entries()) {
    const place = `${prop}.nodeAffinity.${PREFERRED}[${index}]`;
    validator.wholeNumber(`${place}.weight`, weight, 1, 100);
    validateNodes(`${place}.preference`, preference);
  }
  for (const [kind, rules] of Object.entries({ podAffinity, podAntiAffinity })) {
    for (const [index, term] of (rules[REQUIRED] ?? []).entries()) validatePods(validator, `${prop}.${kind}.${REQUIRED}[${index}]`, term);
    for (const [index, { weight, podAffinityTerm }] of (rules[PREFERRED] ?? []).entries()) {
      const place = `${prop}.${kind}.${PREFERRED}[${index}]`;
      validator.wholeNumber(`${place}.weight`, weight, 1, 100);
      validatePods(validator, `${place}.podAffinityTerm`, podAffinityTerm);
    }
  }
}

function validatePods(validator: PropValidator, place: string, term: k8s.PodAffinityTerm): void {
  const { topologyKey, labelSelector, namespaceSelector } = term;
  if (!isQualifiedName(topologyKey)) {
    validator.report(`${place}.topologyKey`, topologyKey, 'expected a label of nodes, as in "kubernetes.io/hostname"');
  }
  for (const [name, selector] of Object.entries({ labelSelector, namespaceSelector })) {
    validator.labels(`${place}.${name}.matchLabels`, selector?.matchLabels);
    validateExpressions(validator, `${place}.${name}.matchExpressions`, selector?.matchExpressions, LABEL_OPERATORS);
  }
}

function validateExpressions(
  validator: PropValidator,
  prop: string,
  expressions: readonly Expression[] = [],
  operators: readonly string[],
): void {
  for (const [index, { operator, values = [] }] of expressions.entries()) {
    const place = `${prop}[${index}]`;
    validator.oneOf(`${place}.operator`, operator, operators);
    if (/^(In|NotIn)$/.test(operator) && values.length === 0) validator.report(`${place}.values`, values, 'expected one value or more');
    if (/Exist/.test(operator) && values.length > 0) {
      validator.report(`${place}.values`, values, `expected none, as the operator is ${operator}`);
    }
    if (/^(Gt|Lt)$/.test(operator) && !(values.length === 1 && /^-?\d+$/.test(values[0]))) {
      validator.report(`${place}.values`, values, 'expected one whole number, as in ["4"]');
    }
  }
}
