import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Json } from '../kubernetes/json';

export interface CronJobOptions {
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  /** Undefined where somebody makes a Job from it when it is time. */
  readonly schedule?: { readonly schedule: string; readonly timeZone: string };
  readonly podTemplate: Json;
}

/** There is no CronJob without a schedule, and one that does nothing by itself is suspended. */
const NEVER = { schedule: '0 0 1 1 *', suspend: true };

/** What runs again and again, one at a time. The last pod of each outcome stays for its log, and what fails is tried twice again. */
export function addCronJob(scope: Construct, { name, labels, schedule, podTemplate }: CronJobOptions): ApiObject {
  return new ApiObject(scope, 'cron-job', {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, labels },
    spec: {
      ...(schedule ?? NEVER),
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      jobTemplate: { spec: { backoffLimit: 2, template: podTemplate } },
    },
  });
}
