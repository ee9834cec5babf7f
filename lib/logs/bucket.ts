import type { Connection } from '../content/connection';
import type { NetworkDestination } from '../network/network-destination';
import type { Destination } from '../network/url-destinations';
import { BUCKET_FOLDER } from '../props/bucket-names';
import type { LogsPlan } from './logs-plan';
import { remoteStorePlan } from './remote-store';

/** What stores have in common whose logs are in a bucket. */
interface BucketProps {
  readonly bucket: string;
  readonly folder?: string;
  readonly connection?: Connection;
  readonly destination?: NetworkDestination;
}

/** Logs in a bucket, by the scheme of its addresses, what its name may be, and where its cloud tells pods who they are. */
export function bucketPlan(
  scheme: string,
  names: RegExp,
  identity: readonly Destination[],
  { bucket, folder = 'airflow-logs', connection, destination }: BucketProps,
): LogsPlan {
  return remoteStorePlan({
    folder: [`${scheme}://${bucket}`, ...(folder ? [folder] : [])].join('/'),
    connection,
    destination,
    identity,
    validate: (validator, prop) => {
      if (!names.test(bucket)) validator.report(`${prop}.bucket`, bucket, 'expected the name of a bucket, as in "airflow-logs"');
      if (folder && !BUCKET_FOLDER.test(folder))
        validator.report(`${prop}.folder`, folder, 'expected a folder in the bucket, as in "airflow/logs"');
    },
  });
}
