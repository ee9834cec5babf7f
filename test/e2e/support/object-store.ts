import { eventually } from '../../support/eventually';
import { kubectl } from '../../support/kubectl';
import { clearNamespace, freshNamespace } from '../../support/namespaces';
import { startServer } from './servers';

/**
 * The image of a server that speaks the language of S3, at port 5000 without TLS, which a cluster without a registry must have already. It makes the
 * buckets of $S3_BUCKETS, keeps all in memory, takes any key, and has Python with boto3.
 */
const IMAGE = process.env.E2E_S3_IMAGE ?? 'local/s3:1';

export const STORE_NAMESPACE = 'object-store';
export const STORE_PORT = 5000;
export const STORE_URL = `http://s3.${STORE_NAMESPACE}.svc:${STORE_PORT}`;

const PUT = `import sys
import boto3

login = {"aws_access_key_id": "any", "aws_secret_access_key": "any", "region_name": "us-east-1"}
_, bucket, key, text = sys.argv
boto3.client("s3", endpoint_url="http://127.0.0.1:${STORE_PORT}", **login).put_object(Bucket=bucket, Key=key, Body=text.encode())
`;

/** Start the server, with one bucket. */
export async function startObjectStore(bucket: string): Promise<void> {
  await freshNamespace(STORE_NAMESPACE);
  // Else it would take the first part of its own host name for a bucket.
  const env = { S3_BUCKETS: bucket, S3_IGNORE_SUBDOMAIN_BUCKETNAME: 'true' };
  await startServer({ namespace: STORE_NAMESPACE, name: 's3', image: IMAGE, env, ports: { [STORE_PORT]: STORE_PORT } });
}

/** Put a text into a bucket, as soon as the bucket is there. */
export async function putObject(bucket: string, key: string, text: string): Promise<void> {
  const command = ['exec', '--namespace', STORE_NAMESPACE, 'deployment/s3', '--', 'python', '-c', PUT, bucket, key, text];
  await eventually({ what: `${key} to be in the bucket ${bucket}`, minutes: 2 }, () => kubectl(command));
}

export function stopObjectStore(): Promise<void> {
  return clearNamespace(STORE_NAMESPACE);
}
