import type { Duration } from 'cdk8s';
import { defined } from '../kubernetes/defined';
import type { Json } from '../kubernetes/json';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import type { PropValidator } from '../validation/prop-validator';

/** When a probe asks. What it asks is the library's. */
export interface ProbeProps {
  /**
   * Whether there is this probe.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * How long after the container's start it asks for the first time; that of liveness and readiness waits for the startup probe in any case.
   * @default - by component
   * @see Kubernetes field initialDelaySeconds
   */
  readonly initialDelay?: Duration;
  /**
   * How often it asks.
   * @default - by component
   * @see Kubernetes field periodSeconds
   */
  readonly period?: Duration;
  /**
   * How long an answer may take.
   * @default - by component
   * @see Kubernetes field timeoutSeconds
   */
  readonly timeout?: Duration;
  /**
   * How many times without an answer mean a failure, after which the container is restarted, or gets no more requests.
   * @default - by component
   * @see Kubernetes field failureThreshold
   */
  readonly failureThreshold?: number;
}

/**
 * The probes of a component's main container.
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export interface ProbesProps {
  /**
   * Whether it has started. How long it may take is `period` times `failureThreshold`.
   * @default - by component
   */
  readonly startup?: ProbeProps;
  /**
   * Whether it can be asked. On the built-in distribution the API server alone has this probe.
   * @default - by component
   */
  readonly readiness?: ProbeProps;
  /**
   * Whether it is alive; if not, it is restarted.
   * @default - by component
   */
  readonly liveness?: ProbeProps;
}

export const PROBES = ['startup', 'readiness', 'liveness'] as const;

export type ProbeName = (typeof PROBES)[number];

/** Of both, and of one over that of all. */
export function joinProbes(all: ProbesProps = {}, one: ProbesProps = {}): ProbesProps {
  const pairs = PROBES.map((name) => [name, { ...all[name], ...defined(one[name]) }]);
  return Object.fromEntries(pairs);
}

/** The fields of a probe that tell when it asks, as far as they are given. */
export function probeTimes({ initialDelay, period, timeout, failureThreshold }: ProbeProps = {}): Json {
  return {
    ...(initialDelay && { initialDelaySeconds: wholeSeconds(initialDelay) }),
    ...(period && { periodSeconds: wholeSeconds(period) }),
    ...(timeout && { timeoutSeconds: wholeSeconds(timeout) }),
    ...(failureThreshold !== undefined && { failureThreshold }),
  };
}

/** The probes among a container's fields, with the times that are given, and without those that are left out. */
export function tunedProbes(container: Json = {}, probes: ProbesProps = {}): Json {
  const fields = Object.entries<Json>(container).flatMap(([field, value]) => {
    const name = PROBES.find((probe) => field === `${probe}Probe`);
    if (!name) return [[field, value]];
    return probes[name]?.enabled === false ? [] : [[field, { ...value, ...probeTimes(probes[name]) }]];
  });
  return Object.fromEntries(fields);
}

export function validateProbes(validator: PropValidator, prop: string, probes: ProbesProps = {}): void {
  for (const name of PROBES) {
    const { initialDelay, period, timeout, failureThreshold } = probes[name] ?? {};
    const place = `${prop}.${name}`;
    if (initialDelay && initialDelay.toMilliseconds() !== 0) validator.wholeSeconds(`${place}.initialDelay`, initialDelay);
    validator.wholeSeconds(`${place}.period`, period);
    validator.wholeSeconds(`${place}.timeout`, timeout);
    validator.wholeNumber(`${place}.failureThreshold`, failureThreshold, 1);
  }
}
