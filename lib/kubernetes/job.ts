import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { hashOf } from './hash';
import type { Json } from './json';

/** The name of a Job: a Job can't be changed, so what it does is part of its name, and a changed Job is a new Job. */
export function jobName(name: string, podTemplate: unknown, alsoDependsOn: unknown = null): string {
  return `${name}-${hashOf([podTemplate, alsoDependsOn]).slice(0, 8)}`;
}

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
  const job = new ApiObject(scope, name, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: jobName(name, podTemplate, alsoDependsOn), labels },
    spec: { backoffLimit: 20, template: podTemplate },
  });
  // A patch of the pod template makes another Job too.
  const render = job.toJson.bind(job);
  job.toJson = () => {
    const manifest = render();
    if (manifest.metadata.name === job.name) manifest.metadata.name = jobName(name, manifest.spec.template, alsoDependsOn);
    return manifest;
  };
  return job;
}
