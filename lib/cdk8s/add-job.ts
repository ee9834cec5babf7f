import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { jobName } from '../kubernetes/job-name';
import type { Json } from '../kubernetes/json';
import { ObjectRendering } from './object-rendering';

/** What of a Job can't change, beside its pod template. */
const UNCHANGEABLE = [
  'backoffLimitPerIndex',
  'completionMode',
  'completions',
  'managedBy',
  'podFailurePolicy',
  'selector',
  'successPolicy',
];

export interface JobOptions {
  /** The name before the hash, and the id of the construct. */
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  readonly podTemplate: Json;
  /** What the Job's outcome depends on beside its pod template: a change of it makes a new Job. */
  readonly alsoDependsOn?: unknown;
}

/**
 * A Job that runs once. It stays when it is done (no `ttlSecondsAfterFinished`): a Job that is gone would be made and run again by each
 * `kubectl apply` and by Argo CD.
 */
export function addJob(scope: Construct, options: JobOptions): ApiObject {
  const { name, labels, podTemplate, alsoDependsOn } = options;
  // What it does is its pod, and what a patch says of its runs.
  const nameFor = (spec: Json) => {
    const patched = UNCHANGEABLE.filter((field) => spec[field] !== undefined).map((field) => [field, spec[field]]);
    return jobName(name, spec.template, patched.length > 0 ? [alsoDependsOn, patched] : alsoDependsOn);
  };
  const spec = { backoffLimit: 20, template: podTemplate };
  const job = new ApiObject(scope, name, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: nameFor(spec), labels }, spec });
  ObjectRendering.of(job).jobNaming = { baseName: name, nameFor };
  return job;
}
