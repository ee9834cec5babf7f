import type { Connection } from '../content/connection';
import type { NetworkDestination } from '../network/network-destination';
import { AWS_IDENTITY } from '../network/pod-identity';
import type { LogsPlan } from './logs-plan';
import { remoteStorePlan } from './remote-store';

/** Logs in a log group of Amazon CloudWatch. */
export interface CloudWatchLogsProps {
  /** The ARN of the log group, which is there, as in `arn:aws:logs:eu-central-1:111122223333:log-group:airflow`. */
  readonly logGroupArn: string;
  /**
   * By which Airflow gets there: of type `aws`.
   * @default - the identity of the pods: see the prop `serviceAccount`
   */
  readonly connection?: Connection;
  /**
   * Where CloudWatch is, for the NetworkPolicies: a VPC endpoint, for example. Where the cloud tells pods who they are is let through besides, if no connection
   * has a login.
   * @default - where `endpoint_url` of the connection leads, or port 443 of any address
   */
  readonly destination?: NetworkDestination;
}

const LOG_GROUP = /^arn:aws[\w-]*:logs:[a-z0-9-]+:\d{12}:log-group:[\w./#-]{1,512}$/;

export function cloudWatchPlan({ logGroupArn, connection, destination }: CloudWatchLogsProps): LogsPlan {
  return remoteStorePlan({
    folder: `cloudwatch://${logGroupArn}`,
    connection,
    destination,
    identity: AWS_IDENTITY,
    validate: (validator, prop) => {
      if (LOG_GROUP.test(logGroupArn)) return;
      const expected = 'expected the ARN of a log group, as in "arn:aws:logs:eu-central-1:111122223333:log-group:airflow"';
      validator.report(`${prop}.logGroupArn`, logGroupArn, expected);
    },
  });
}
