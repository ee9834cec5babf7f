import { hashOf } from './hash';

/** The name of a Job: a Job can't be changed, so what it does is part of its name, and a changed Job is a new Job. */
export function jobName(name: string, podTemplate: unknown, alsoDependsOn: unknown = null): string {
  return `${name}-${hashOf([podTemplate, alsoDependsOn]).slice(0, 8)}`;
}
