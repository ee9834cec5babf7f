import type { Connection } from '../content/connection';
import type { NetworkDestination } from '../network/network-destination';
import { GOOGLE_IDENTITY } from '../network/pod-identity';
import { bucketPlan } from './bucket';
import type { LogsPlan } from './logs-plan';

/** Logs in a bucket of Google Cloud Storage. */
export interface GcsLogsProps {
  /** The name of the bucket, which is there. */
  readonly bucket: string;
  /**
   * The folder in it; "" is the bucket itself.
   * @default "airflow-logs"
   */
  readonly folder?: string;
  /**
   * By which Airflow gets there: of type `google_cloud_platform`.
   * @default - the identity of the pods: see the prop `serviceAccount`
   */
  readonly connection?: Connection;
  /**
   * Where the store is, for the NetworkPolicies. Where the cloud tells pods who they are is let through besides, if no connection has a login.
   * @default - port 443 of any address
   */
  readonly destination?: NetworkDestination;
}

const BUCKET = /^[a-z0-9][\w.-]{1,220}[a-z0-9]$/;

export function gcsPlan(props: GcsLogsProps): LogsPlan {
  return bucketPlan('gs', BUCKET, GOOGLE_IDENTITY, props);
}
