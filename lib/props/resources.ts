import { defined } from '../kubernetes/defined';
import { canonicalQuantity, quantityValue } from '../kubernetes/quantity';
import type { PropValidator } from '../validation/prop-validator';

/** An amount of computing power. */
export interface ResourceAmount {
  /**
   * Cores, as a Kubernetes quantity: `500m` is half a core.
   * @default - told where it is used
   */
  readonly cpu?: string;
  /**
   * Memory, as a Kubernetes quantity: `1Gi` is 2^30 bytes.
   * @default - told where it is used
   */
  readonly memory?: string;
}

/**
 * What a container asks for and what it may use at most.
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface ResourcesProps {
  /**
   * What the node must have free for the pod.
   * @default - told where it is used
   */
  readonly requests?: ResourceAmount;
  /**
   * What the container may use: it is slowed down above the CPU limit, and ended above the memory limit.
   * @default - told where it is used
   */
  readonly limits?: ResourceAmount;
}

type Amounts = { cpu?: string; memory?: string };

/** `container.resources`, with the defaults where the props say nothing. */
export function containerResources(props: ResourcesProps | undefined, defaults: ResourcesProps): { requests: Amounts; limits: Amounts } {
  return {
    requests: canonical({ ...defaults.requests, ...defined(props?.requests) }),
    limits: canonical({ ...defaults.limits, ...defined(props?.limits) }),
  };
}

function canonical(amount: ResourceAmount): Amounts {
  return Object.fromEntries(Object.entries(amount).map(([name, quantity]) => [name, canonicalQuantity(quantity)]));
}

/** Also compares with the defaults: a limit below the request is refused by the API server. */
export function validateResources(
  validator: PropValidator,
  prop: string,
  props: ResourcesProps | undefined,
  defaults: ResourcesProps,
): void {
  if (!props) return;
  for (const group of ['requests', 'limits'] as const) {
    validator.quantity(`${prop}.${group}.cpu`, props[group]?.cpu);
    validator.quantity(`${prop}.${group}.memory`, props[group]?.memory);
  }
  const { requests, limits } = containerResources(props, defaults);
  for (const name of ['cpu', 'memory'] as const) {
    const request = requests[name];
    const limit = limits[name];
    if (request === undefined || limit === undefined) continue;
    if ((quantityValue(limit) ?? Number.POSITIVE_INFINITY) < (quantityValue(request) ?? 0)) {
      if (props.limits?.[name] !== undefined) {
        validator.report(`${prop}.limits.${name}`, limit, `expected at least the request, ${request}`);
      } else {
        validator.report(`${prop}.requests.${name}`, request, `expected at most the default limit, ${limit}, or a limit with it`);
      }
    }
  }
}
