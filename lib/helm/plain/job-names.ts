import { hashOf } from '../../kubernetes/hash';
import { jobName } from '../../kubernetes/job-name';
import type { Json } from '../../kubernetes/json';
import { isMap } from '../../kubernetes/object-path';

const HASH_LENGTH = '-01234567'.length;
const MAX_LENGTH = 63; // of a Job's name, as its pods carry it as a label
const MAX_BASE_LENGTH = MAX_LENGTH - HASH_LENGTH;
const CUT_LENGTH = '-012345'.length;

/** The labels under which the API server puts the name of a Job to its pods. */
export const NAME_LABELS: readonly string[] = ['job-name', 'batch.kubernetes.io/job-name'];

/**
 * A Job that can be applied again and again: with a hash of what it does behind its name, and without `ttlSecondsAfterFinished`, since a
 * Job that is gone would be made and run again by each `kubectl apply` and by Argo CD.
 */
export function repeatableJob(job: Json): Json {
  const { name: _name, ...metadata } = job.metadata;
  const { ttlSecondsAfterFinished: _, template, ...others } = job.spec ?? {};
  const spec = { ...others, template: others.manualSelector === true ? template : withoutNameLabels(template) };
  return { ...job, metadata: { name: repeatableName(baseNameOf(job), spec), ...metadata }, spec };
}

/** Another name than its own the API server refuses there. */
function withoutNameLabels(template: Json): Json {
  const labels = template?.metadata?.labels;
  if (!isMap(labels) || !NAME_LABELS.some((label) => label in labels)) return template;
  const kept = Object.entries(labels).filter(([label]) => !NAME_LABELS.includes(label));
  return { ...template, metadata: { ...template.metadata, labels: Object.fromEntries(kept) } };
}

/** What is before the hash of a Job: its name, or where that is too long its beginning and a hash of it. Of other kinds the name as it is. */
export function baseNameOf(manifest: Json): string {
  const { name } = manifest.metadata;
  return isJob(manifest) ? jobBaseName(name) : name;
}

/** The same by the name of the Job. */
export function jobBaseName(name: string): string {
  if (name.length <= MAX_BASE_LENGTH) return name;
  const beginning = name.slice(0, MAX_BASE_LENGTH - CUT_LENGTH).replace(/[^a-z0-9]+$/, '');
  return `${beginning}-${hashOf(name).slice(0, CUT_LENGTH - 1)}`;
}

/** The name of such a Job. How long it stays when it is done is nothing that it does. */
export function repeatableName(baseName: string, spec: Json): string {
  const { ttlSecondsAfterFinished: _, template, ...others } = spec ?? {};
  return jobName(baseName, template, others);
}

/** The name before the hash of `repeatableJob`; for other kinds the name as it is. */
export function nameBeforeHash(manifest: Json): string {
  const { name } = manifest.metadata;
  return isJob(manifest) ? name.slice(0, -HASH_LENGTH) : name;
}

/** Whether it is a Job of Kubernetes: others have a kind of that name too. */
export function isJob({ apiVersion, kind }: Json): boolean {
  return kind === 'Job' && apiVersion.startsWith('batch/');
}
