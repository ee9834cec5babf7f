import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesVolume } from '../credentials/secrets-volume';
import type { Json } from '../kubernetes/json';
import type { PodPart } from '../kubernetes/pod-part';
import type { BackupBucket } from '../props/backup-store-plan';

const SCRIPT = readFileSync(join(__dirname, 's3_dumps.py'), 'utf8');
const KEYS = 'backup-store';
const KEYS_PATH = '/etc/backup-store';

/** What runs Airflow's image, which has boto3, and reaches what is outside. */
export interface OutwardContainer {
  /** Image, security context and variables. */
  readonly fields: Json;
  readonly env: Json[];
  readonly volumeMounts: Json[];
  /** What a pod has for it that is none of Airflow's. */
  readonly part: PodPart;
  readonly serviceAccountName: string;
}

/** What is different between a container that brings dumps into a bucket and one that fetches a dump from there. */
export interface S3ContainerOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly resources: unknown;
  /** That of the folder with the dumps. */
  readonly volumeMount: Json;
}

/** A container that runs the script above. */
export function s3Container(
  outward: OutwardContainer,
  { bucket, folder, variables, keys }: BackupBucket,
  options: S3ContainerOptions,
): Json {
  const [action, ...args] = options.args;
  return {
    ...outward.fields,
    name: options.name,
    command: ['python', '-c', SCRIPT, action, bucket, folder, ...args],
    env: [...outward.env, ...Object.entries(variables).map(([name, value]) => ({ name, value }))],
    resources: options.resources,
    volumeMounts: [
      ...outward.volumeMounts,
      options.volumeMount,
      ...(Object.keys(keys).length > 0 ? [{ name: KEYS, mountPath: KEYS_PATH, readOnly: true }] : []),
    ],
  };
}

/** The volume with the keys, if there are any. */
export function s3Volumes({ keys }: BackupBucket): Json[] {
  const files = Object.entries(keys).map(([path, { secretName, key }]) => ({ path, kind: 'Secret' as const, name: secretName, key }));
  return files.length > 0 ? [filesVolume(KEYS, files) as Json] : [];
}
