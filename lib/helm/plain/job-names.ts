import { jobName } from '../../kubernetes/job-name';
import type { Json } from '../../kubernetes/json';

const HASH_LENGTH = '-01234567'.length;
const MAX_LENGTH = 63; // of a Job's name, as its pods carry it as a label

/**
 * A Job that can be applied again and again: with a hash of what it does behind its name, and without `ttlSecondsAfterFinished`, since a
 * Job that is gone would be made and run again by each `kubectl apply` and by Argo CD.
 */
export function repeatableJob(job: Json): Json {
  const { name, ...metadata } = job.metadata;
  const { ttlSecondsAfterFinished: _, template, ...spec } = job.spec ?? {};
  const base = name.slice(0, MAX_LENGTH - HASH_LENGTH).replace(/[^a-z0-9]+$/, '');
  return { ...job, metadata: { name: repeatableName(base, job.spec), ...metadata }, spec: { ...spec, template } };
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
