import type { Json } from '../../lib/kubernetes/json';
import { nameOf } from '../objects/object-id';
import { containersOf, isWaiting, type Living } from './living';

/** How much of a deployment is as it is meant. */
export interface Progress {
  readonly ready: number;
  readonly all: number;
  /** What is not yet, and why as far as it is known. */
  readonly waiting: readonly string[];
}

const BAR = 20;

export function progressOf(living: Living): Progress {
  const wanted = living.workloads.filter(({ spec }) => !spec.suspend);
  const waiting = wanted.flatMap((workload) => {
    const lack = lackOf(workload);
    return lack === undefined ? [] : [[`${nameOf(workload)}: ${lack}`, ...waitsOf(workload, living)].join('; ')];
  });
  return { ready: wanted.length - waiting.length, all: wanted.length, waiting };
}

/** `[######----] 3 of 5`, and the first that is waited for. */
export function progressLine({ ready, all, waiting }: Progress): string {
  const done = Math.floor((ready / all) * BAR);
  return `[${'#'.repeat(done)}${'-'.repeat(BAR - done)}] ${ready} of ${all}${waiting.length > 0 ? `, next ${waiting[0]}` : ''}`;
}

/** What a workload has not yet; undefined where it has all. */
function lackOf({ kind, spec, status = {}, metadata }: Json): string | undefined {
  if (kind === 'Job') return hasCondition(status, 'Complete') ? undefined : 'it has not ended';
  const wanted = spec.replicas ?? 1;
  const isSeen = (status.observedGeneration ?? 0) >= metadata.generation;
  const updated = !isSeen ? 0 : (status.updatedReplicas ?? 0);
  const ready = !isSeen ? 0 : Math.min(status.readyReplicas ?? 0, wanted);
  // Where pods are replaced by hand, the old ones will do.
  const isByHand = spec.updateStrategy?.type === 'OnDelete';
  if (ready >= wanted && (updated >= wanted || isByHand)) return undefined;
  return updated < wanted && ready >= wanted ? `${updated} of ${wanted} pods are new` : `${ready} of ${wanted} pods are ready`;
}

export function hasCondition(status: Json, type: string): boolean {
  return (status?.conditions ?? []).some((condition: Json) => condition.type === type && condition.status === 'True');
}

/** What containers that are there to wait wait for, in their own words. */
function waitsOf({ spec }: Json, { pods, logs }: Living): string[] {
  const labels = Object.entries(spec.template.metadata?.labels ?? {});
  const own = pods.filter(({ metadata }) => labels.length > 0 && labels.every(([name, value]) => metadata.labels?.[name] === value));
  const lines = own.flatMap((pod) =>
    containersOf(pod)
      .filter(isWaiting)
      .flatMap(({ name }) => (logs.get(`${pod.metadata.name}/${name}`) ?? '').trim().split('\n').at(-1) || `it is at ${name}`),
  );
  return [...new Set(lines)];
}
