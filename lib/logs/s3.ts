import type { Connection } from '../content/connection';
import type { NetworkDestination } from '../network/network-destination';
import type { LogsPlan } from './logs-plan';
import { remoteStorePlan } from './remote-store';

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
/** Of a path in a store. */
export const FOLDER = /^[\w.-]+(\/[\w.=-]+)*$/;

export function s3Plan({ bucket, folder = 'airflow-logs', connection, destination }: S3LogsProps): LogsPlan {
  return remoteStorePlan({
    folder: `s3://${bucket}/${folder}`,
    connection,
    destination,
    validate: (validator, prop) => {
      if (!BUCKET.test(bucket)) validator.report(`${prop}.bucket`, bucket, 'expected the name of a bucket, as in "airflow-logs"');
      if (!FOLDER.test(folder)) validator.report(`${prop}.folder`, folder, 'expected a folder in the bucket, as in "airflow/logs"');
    },
  });
}
