import { defined } from '../kubernetes/defined';
import type { Json } from '../kubernetes/json';
import { canonicalQuantity, quantityValue } from '../kubernetes/quantity';
import { isQualifiedName, type PropValidator } from '../validation/prop-validator';

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
   * Each volume that the library makes may grow to the limit of its container, and the pod is ended above the limits of all together.
   * @default - a request of 64Mi, a limit of 10Gi
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
   * Where it is given, it stands in the place of the default as a whole, but that memory and disk have a limit in any case: `{ memory: '4Gi' }` is no
   * limit of CPU, `{ cpu: '2' }` keeps the default limit of memory.
   * @default - told where it is used
   */
  readonly limits?: ResourceAmount;
  /**
   * What nodes have by a device plugin, such as graphics processors: how many of each, by the name that the plugin gives to it. They are asked for
   * and granted alike. Nodes that have them are often tainted: see `placement`.
   * @default - none
   * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, Executor } from 'cdk8s-airflow';
   *
   * const gpu = { concurrency: 1, resources: { extendedResources: { 'nvidia.com/gpu': 1 } } };
   * new AirflowChart(new App(), 'airflow', { executor: Executor.celery({ workerGroups: { gpu: gpu } }) });
   */
  readonly extendedResources?: { readonly [name: string]: number };
}

type Amounts = { cpu?: string; memory?: string; 'ephemeral-storage'?: string };

/** Each amount, and the name that Kubernetes has for it. */
const NAMES = { cpu: 'cpu', memory: 'memory', ephemeralStorage: 'ephemeral-storage' } as const;
const AMOUNTS = Object.keys(NAMES) as (keyof typeof NAMES)[];

/** Space on the node's disk, of any container: one that fills it ends its own pod, and no other. */
const DISK = { request: '64Mi', limit: '10Gi' };

/** `container.resources`, with the defaults where the props say nothing. */
export function containerResources(props: ResourcesProps | undefined, defaults: ResourcesProps): { requests: Amounts; limits: Amounts } {
  // Kubernetes grants no more of them than is asked for.
  const extended = Object.fromEntries(Object.entries(props?.extendedResources ?? {}).map(([name, count]) => [name, `${count}`]));
  return {
    requests: { ...canonical({ ephemeralStorage: DISK.request, ...defaults.requests, ...defined(props?.requests) }), ...extended },
    limits: { ...canonical(limitsOf(props, defaults)), ...extended },
  };
}

/** Limits of one's own are all there are, but for those of memory and disk, without which a container could take what others need. */
function limitsOf(props: ResourcesProps | undefined, { limits }: ResourcesProps): ResourceAmount {
  const given = defined(props?.limits);
  const ofNode = { memory: limits?.memory, ephemeralStorage: limits?.ephemeralStorage ?? DISK.limit };
  return Object.keys(given).length > 0 ? { ...ofNode, ...given } : { ...ofNode, ...limits };
}

/** A volume that goes with the pod. It may have as much of the disk as a container that writes to it. */
export function scratchVolume(name: string, { limits } = containerResources(undefined, {})): Json {
  return { name, emptyDir: { sizeLimit: limits['ephemeral-storage'] } };
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
  validateExtended(validator, `${prop}.extendedResources`, props.extendedResources ?? {});
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

function validateExtended(validator: PropValidator, prop: string, resources: { readonly [name: string]: number }): void {
  for (const [name, count] of Object.entries(resources)) {
    const place = `${prop}["${name}"]`;
    // Those without a domain, and of this one, are Kubernetes' own.
    if (!isQualifiedName(name) || !name.includes('/') || /(^|\.)kubernetes\.io\//.test(name)) {
      validator.report(place, name, 'expected the name of an extended resource, with its domain, as in "nvidia.com/gpu"');
    }
    validator.wholeNumber(place, count, 1);
  }
}
