import type { k8s } from 'cdk8s-plus-27';
import { defined } from '../kubernetes/defined';
import type { PropValidator } from '../validation/prop-validator';

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
   * How pods spread over zones or nodes.
   * @default - none
   */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
  /**
   * The PriorityClass, which must be in the cluster.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
}

/** The fields of a pod's spec that tell on which nodes it runs. */
export function podPlacement(placement: PlacementProps | undefined): { [field: string]: unknown } {
  return defined(placement);
}

export function validatePlacement(validator: PropValidator, prop: string, placement: PlacementProps | undefined): void {
  validator.labels(`${prop}.nodeSelector`, placement?.nodeSelector);
  validator.dnsSubdomain(`${prop}.priorityClassName`, placement?.priorityClassName);
}
