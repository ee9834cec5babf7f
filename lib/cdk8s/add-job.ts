import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { jobName } from '../kubernetes/job-name';
import type { Json } from '../kubernetes/json';
import { ObjectRendering } from './object-rendering';

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
  const nameFor = ({ template }: Json) => jobName(name, template, alsoDependsOn);
  const spec = { backoffLimit: 20, template: podTemplate };
  const job = new ApiObject(scope, name, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: nameFor(spec), labels }, spec });
  ObjectRendering.of(job).jobNaming = { baseName: name, nameFor };
  return job;
}
