import type { k8s } from 'cdk8s-plus-27';
import { defined } from '../kubernetes/defined';
import type { PropValidator } from '../validation/prop-validator';
import { validateAffinity } from './affinity';

/**
 * On which nodes pods run.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export interface PlacementProps {
  /**
   * Labels that a node must have.
   * @default - any node
   */
  readonly nodeSelector?: { readonly [label: string]: string };
  /**
   * Taints that the pods stand.
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];
  /**
   * Rules of attraction to nodes and between pods.
   * @default - none
   */
  readonly affinity?: k8s.Affinity;
  /**
   * How pods spread over zones or nodes. One that selects no pods is for those of the component; with a Helm chart it has to say which they are.
   * @default - workers over nodes, as far as that goes; with a Helm chart what the chart has
   */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
  /**
   * The PriorityClass, which must be in the cluster.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
}

/**
 * The fields of a pod's spec that tell on which nodes it runs.
 * @param podLabels the labels by which such pods are selected, where they are known: they are meant where a constraint selects none.
 */
export function podPlacement(
  placement: PlacementProps | undefined,
  podLabels?: { readonly [name: string]: string },
): { [field: string]: unknown } {
  const { topologySpreadConstraints, ...others } = placement ?? {};
  return defined({
    ...others,
    topologySpreadConstraints: topologySpreadConstraints?.map((constraint) => ({
      ...(podLabels && { labelSelector: { matchLabels: podLabels } }),
      ...defined(constraint),
    })),
  });
}

/** Workers are on several nodes as far as that goes, so that the end of one does not take them all. */
export const SPREAD_OVER_NODES: k8s.TopologySpreadConstraint[] = [
  { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
];

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const HONORED = ['Honor', 'Ignore'];

export function validatePlacement(validator: PropValidator, prop: string, placement: PlacementProps | undefined): void {
  const { nodeSelector, tolerations = [], affinity, topologySpreadConstraints = [], priorityClassName } = placement ?? {};
  validator.labels(`${prop}.nodeSelector`, nodeSelector);
  validator.dnsSubdomain(`${prop}.priorityClassName`, priorityClassName);
  validateAffinity(validator, `${prop}.affinity`, affinity);
  for (const [index, toleration] of tolerations.entries()) validateToleration(validator, `${prop}.tolerations[${index}]`, toleration);
  for (const [index, constraint] of topologySpreadConstraints.entries()) {
    const place = `${prop}.topologySpreadConstraints[${index}]`;
    validator.wholeNumber(`${place}.maxSkew`, constraint.maxSkew, 1);
    validator.oneOf(`${place}.whenUnsatisfiable`, constraint.whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']);
    validator.wholeNumber(`${place}.minDomains`, constraint.minDomains, 1);
    if (constraint.minDomains !== undefined && constraint.whenUnsatisfiable === 'ScheduleAnyway') {
      validator.report(`${place}.minDomains`, constraint.minDomains, 'expected none, as whenUnsatisfiable is ScheduleAnyway');
    }
    validator.oneOf(`${place}.nodeAffinityPolicy`, constraint.nodeAffinityPolicy, HONORED);
    validator.oneOf(`${place}.nodeTaintsPolicy`, constraint.nodeTaintsPolicy, HONORED);
  }
}

function validateToleration(validator: PropValidator, prop: string, toleration: k8s.Toleration): void {
  const { key, operator, value, effect, tolerationSeconds } = toleration;
  validator.oneOf(`${prop}.operator`, operator, ['Exists', 'Equal']);
  validator.oneOf(`${prop}.effect`, effect, EFFECTS);
  if (operator === 'Exists' && value) validator.report(`${prop}.value`, value, 'expected none, as the operator is Exists');
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    validator.report(`${prop}.tolerationSeconds`, tolerationSeconds, 'expected none, or the effect NoExecute, by which pods are sent away');
  }
  if (!key && operator !== 'Exists')
    validator.report(`${prop}.key`, key ?? '', 'expected a key, or the operator Exists, which stands any taint');
}
