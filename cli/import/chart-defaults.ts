import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of each chart, by the paths of its values, digests of what it has there by itself, one of each version that differs; made by scripts/chart-defaults.ts. */
type Digests = { readonly [chart: string]: { readonly [path: string]: string } };

let read: Digests | undefined;

/** What the library has otherwise by itself, so that who says it means it. */
const OTHERWISE = new RegExp(
  [
    '^config\\.celery\\.worker_concurrency$|^statsd\\.enabled$|^(?!redis)\\w+\\.safeToEvict$|^\\w+\\.strategy\\.',
    '^\\w+\\.(keda\\.(pollingInterval|cooldownPeriod|minReplicaCount|maxReplicaCount)|hpa\\.(minReplicaCount|maxReplicaCount))$',
    '^pgbouncer\\.(maxClientConn|metadataPoolSize)$',
    '^(scheduler|dagProcessor|triggerer)\\.terminationGracePeriodSeconds$',
  ].join('|'),
);

/** Whether a value counts also where it is the chart's own. */
export function isMeant(path: string): boolean {
  return OTHERWISE.test(path);
}

/** Whether a version of the chart has this by itself, and the library the same, or something for it that is no prop. */
export function isChartDefault(chart: string, path: string, value: unknown): boolean {
  if (isMeant(path)) return false;
  read ??= JSON.parse(readFileSync(join(__dirname, 'chart-defaults.json'), 'utf8')) as Digests;
  const digests = Object.hasOwn(read[chart], path) ? read[chart][path] : '';
  return digests.split(' ').includes(digestOf(value));
}

/** Numbers and switches are the same as their texts, as people write both. */
export function digestOf(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : `${value}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
