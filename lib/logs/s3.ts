import type { Connection } from '../content/connection';
import type { NetworkDestination } from '../network/network-destination';
import { AWS_IDENTITY } from '../network/pod-identity';
import { S3_BUCKET } from '../props/bucket-names';
import { bucketPlan } from './bucket';
import type { LogsPlan } from './logs-plan';

/** Logs in a bucket of S3, or of a store that speaks its language. */
export interface S3LogsProps {
  /** The name of the bucket, which is there. */
  readonly bucket: string;
  /**
   * The folder in it; "" is the bucket itself.
   * @default "airflow-logs"
   */
  readonly folder?: string;
  /**
   * By which Airflow gets there: of type `aws`. A store of one's own says its address in `extra` as `endpoint_url`.
   * @default - the identity of the pods: see the prop `serviceAccount`
   */
  readonly connection?: Connection;
  /**
   * Where the store is, for the NetworkPolicies. Where the cloud tells pods who they are is let through besides, if no connection has a login.
   * @default - where `endpoint_url` leads, or port 443 of any address
   */
  readonly destination?: NetworkDestination;
}

export function s3Plan(props: S3LogsProps): LogsPlan {
  return bucketPlan('s3', S3_BUCKET, AWS_IDENTITY, props);
}
