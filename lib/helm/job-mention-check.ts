import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Json } from '../kubernetes/json';
import { warn } from '../validation/warnings';
import { jobMentions } from './plain/job-mentions';
import { isJob } from './plain/job-names';
import type { PlainObject } from './plain/plain-objects';

/**
 * Places of a chart that do not follow the hash in the name of a Job are an error, unless a patch mends them or lets the Job have its name
 * without it. Where something else of the chart has that name too, it may be meant: that is told.
 * @param objects those of `plain`, in the same order.
 */
export function checkJobMentions(scope: Construct, objects: readonly ApiObject[], plain: readonly PlainObject[]): void {
  const jobs = plain.flatMap(({ manifest, baseName }, index) => (isJob(manifest) ? [{ baseName, object: objects[index] }] : []));
  const ofOthers = new Set(plain.filter(({ manifest }) => !isJob(manifest)).map(({ baseName }) => baseName));
  for (const [index, { manifest, source }] of plain.entries()) {
    const { kind, metadata } = manifest;
    const problems = (current: Json, mayMean: (baseName: string, job: ApiObject) => boolean) => {
      const meant = jobs.filter(({ baseName, object }) => isNear(metadata.namespace, object) && mayMean(baseName, object));
      const names = meant.map(({ baseName }) => baseName);
      return jobMentions(current, names).map((problem) => `${kind}/${metadata.name} (${source}): ${problem}`);
    };
    for (const problem of problems(manifest, (name) => ofOthers.has(name))) warn(scope, problem);
    if (problems(manifest, (name) => !ofOthers.has(name)).length === 0) continue;
    const hasHash = (name: string, job: ApiObject) => !ofOthers.has(name) && job.toJson().metadata.name !== name;
    scope.node.addValidation({ validate: () => problems(objects[index].toJson(), hasHash) });
  }
}

/** What is in no namespace may look for Jobs of all. */
function isNear(namespace: string | undefined, job: ApiObject): boolean {
  return namespace === undefined || namespace === job.metadata.namespace;
}
