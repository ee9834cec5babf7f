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
  /**
   * Space on the node's disk, as a Kubernetes quantity: for logs, volumes of the kind `emptyDir`, and what a container writes itself.
   * @default - nothing is said of it
   * @see Kubernetes resource ephemeral-storage
   */
  readonly ephemeralStorage?: string;
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
   *
   * Where it is given, it stands in the place of the default as a whole, but that memory has a limit in any case: `{ memory: '4Gi' }` is no limit
   * of CPU, `{ cpu: '2' }` keeps the default limit of memory.
   * @default - told where it is used
   */
  readonly limits?: ResourceAmount;
}

type Amounts = { cpu?: string; memory?: string; 'ephemeral-storage'?: string };

/** Each amount, and the name that Kubernetes has for it. */
const NAMES = { cpu: 'cpu', memory: 'memory', ephemeralStorage: 'ephemeral-storage' } as const;
const AMOUNTS = Object.keys(NAMES) as (keyof typeof NAMES)[];

/** `container.resources`, with the defaults where the props say nothing. */
export function containerResources(props: ResourcesProps | undefined, defaults: ResourcesProps): { requests: Amounts; limits: Amounts } {
  return {
    requests: canonical({ ...defaults.requests, ...defined(props?.requests) }),
    limits: canonical(limitsOf(props, defaults)),
  };
}

/** Limits of one's own are all there are, but for that of memory, without which a container could take what others need. */
function limitsOf(props: ResourcesProps | undefined, { limits }: ResourcesProps): ResourceAmount {
  const given = defined(props?.limits);
  return Object.keys(given).length > 0 ? { memory: limits?.memory, ...given } : (limits ?? {});
}

function canonical(amount: ResourceAmount): Amounts {
  const given = AMOUNTS.flatMap((name) => {
    const quantity = amount[name];
    return quantity === undefined ? [] : [[NAMES[name], canonicalQuantity(quantity)]];
  });
  return Object.fromEntries(given);
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
    validator.cores(`${prop}.${group}.cpu`, props[group]?.cpu);
    for (const name of ['memory', 'ephemeralStorage'] as const) validator.bytes(`${prop}.${group}.${name}`, props[group]?.[name]);
  }
  const { requests, limits } = containerResources(props, defaults);
  for (const name of AMOUNTS) {
    const request = requests[NAMES[name]];
    const limit = limits[NAMES[name]];
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
