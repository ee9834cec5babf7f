import type { Json } from '../../lib/kubernetes/json';
import { podOf } from '../../lib/kubernetes/pods-of';
import { nameOf } from '../objects/object-id';
import type { Comparison } from './compare';
import { withoutDefaults } from './defaults';
import { type ChangedField, changedFields } from './fields';

/** Pods that an apply has started. */
export interface Roll {
  /** `Kind namespace/name` of what makes them. */
  readonly object: string;
  /** How they come and go. */
  readonly how: string;
  /** What is another in them. */
  readonly why: readonly string[];
}

const HASH = /-[0-9a-f]{8}$/;
const CHECKSUM = /^metadata\.annotations\["[^"]*\/([\w-]+)-checksum"\]$/;

/** The pods that start anew, and the Jobs that run. */
export function rollsOf({ made, changed, gone }: Comparison): Roll[] {
  const rolled = changed.flatMap(({ before, after }) => {
    const why = podOf(after) ? reasons(podOf(before), podOf(after)) : [];
    const how = howOf(after);
    return how !== undefined && why.length > 0 ? [{ object: nameOf(after), how, why }] : [];
  });
  const run = made
    .filter(({ kind }) => kind === 'Job')
    .map((job) => ({ object: nameOf(job), how: 'it runs once', why: whyItRuns(job, gone) }));
  return [...rolled, ...run];
}

function howOf({ kind, spec }: Json): string | undefined {
  const pods = spec?.replicas === 1 || spec?.replicas === undefined ? '1 pod' : `${spec.replicas} pods`;
  switch (kind) {
    case 'Deployment':
      return spec.strategy?.type === 'Recreate' ? `${pods}, all end before new ones start` : `${pods}, new ones start before old ones end`;
    case 'StatefulSet':
      return spec.updateStrategy?.type === 'OnDelete' ? `${pods}, when you delete the old ones` : `${pods}, one after the other`;
    case 'DaemonSet':
      return 'a pod of each node, one after the other';
    case 'CronJob':
      return 'from its next run on';
    case 'ConfigMap':
      return 'pods of tasks that start from then on';
    default:
      return undefined;
  }
}

function reasons(before: Json, after: Json): string[] {
  const fields = changedFields(withoutDefaults(before), withoutDefaults(after));
  return [...new Set(fields.map(reason))];
}

function reason({ path, from, to }: ChangedField): string {
  const [, checksum] = CHECKSUM.exec(path) ?? [];
  if (checksum) return `${checksum} (${path})`;
  const [, container, image] = /^spec\.(?:initContainers|containers)\[([^\]]+)\](\.image)?/.exec(path) ?? [];
  if (image) return `image of ${container}: ${from ?? 'none'} → ${to ?? 'none'}`;
  return path;
}

/** A Job of the library has a hash of its pods in its name. */
function whyItRuns(job: Json, gone: readonly Json[]): string[] {
  const name = job.metadata.name.replace(HASH, '');
  const before = gone.find(
    ({ kind, metadata }) => kind === 'Job' && metadata.namespace === job.metadata.namespace && metadata.name.replace(HASH, '') === name,
  );
  return before ? reasons(podOf(before), podOf(job)) : ['it is new'];
}
