import type { Connection } from '../content/connection';
import type { NetworkDestination } from '../network/network-destination';
import { METADATA_SERVER } from '../network/pod-identity';
import type { LogsPlan } from './logs-plan';
import { remoteStorePlan } from './remote-store';

/** Logs in a container of Azure Blob Storage. */
export interface AzureBlobLogsProps {
  /** The name of the container, which is there. */
  readonly container: string;
  /**
   * The folder in it, which has to begin with `wasb`: by that Airflow knows what it is.
   * @default "wasb-airflow-logs"
   */
  readonly folder?: string;
  /** By which Airflow gets there: of type `wasb`, with the address of the account as host. */
  readonly connection: Connection;
  /**
   * Where the store is, for the NetworkPolicies. Where the cloud tells pods who they are is let through besides, if no connection has a login.
   * @default - port 443 of any address
   */
  readonly destination?: NetworkDestination;
}

const CONTAINER = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const FOLDER = /^wasb[\w.-]*(\/[\w.=-]+)*$/;

export function azureBlobPlan({ container, folder = 'wasb-airflow-logs', connection, destination }: AzureBlobLogsProps): LogsPlan {
  return remoteStorePlan({
    folder,
    options: [['azure_remote_logging', 'remote_wasb_log_container', container]],
    connection,
    destination,
    identity: METADATA_SERVER,
    validate: (validator, prop) => {
      if (!CONTAINER.test(container))
        validator.report(`${prop}.container`, container, 'expected the name of a container, as in "airflow-logs"');
      if (!FOLDER.test(folder)) validator.report(`${prop}.folder`, folder, 'expected a folder whose name begins with "wasb"');
    },
  });
}
