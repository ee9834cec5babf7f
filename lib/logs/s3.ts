import type { Connection } from '../content/connection';
import type { NetworkDestination } from '../network/network-destination';
import { bucketPlan } from './bucket';
import type { LogsPlan } from './logs-plan';

/** Logs in a bucket of S3, or of a store that speaks its language. */
export interface S3LogsProps {
  /** The name of the bucket, which is there. */
  readonly bucket: string;
  /**
   * The folder in it.
   * @default "airflow-logs"
   */
  readonly folder?: string;
  /**
   * By which Airflow gets there: of type `aws`. A store of one's own says its address in `extra` as `endpoint_url`.
   * @default - the identity of the pods: see the prop `serviceAccount`
   */
  readonly connection?: Connection;
  /**
   * Where the store is, for the NetworkPolicies.
   * @default - where `endpoint_url` leads, or port 443 of any address
   */
  readonly destination?: NetworkDestination;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function s3Plan(props: S3LogsProps): LogsPlan {
  return bucketPlan('s3', BUCKET, props);
}
