import type { Connection } from '../content/connection';
import type { NetworkDestination } from '../network/network-destination';
import { ANYWHERE, tcp } from '../network/network-flow';
import type { Destination, Target } from '../network/url-destinations';
import { LOGS_CONNECTION, type LogsPlan } from './logs-plan';

/** A store outside of the deployment, as the options of Airflow have it. */
export interface RemoteStore {
  /** Airflow option [logging] remote_base_log_folder, which says by its beginning what it is. */
  readonly folder: string;
  /** Further options of Airflow: section, key, value. */
  readonly options?: readonly (readonly [section: string, key: string, value: string])[];
  readonly connection: Connection | undefined;
  readonly destination: NetworkDestination | undefined;
  /** Where the cloud tells pods who they are, which counts where no connection has a login. */
  readonly identity: readonly Destination[];
  readonly validate: LogsPlan['validate'];
}

/** Logs that are put into a store when a task ends, and are read from there. */
export function remoteStorePlan({ folder, options = [], connection, destination, identity, validate }: RemoteStore): LogsPlan {
  const all = [
    ['logging', 'remote_logging', 'True'],
    ['logging', 'remote_base_log_folder', folder],
    ['logging', 'remote_log_conn_id', connection ? LOGS_CONNECTION : ''],
    ...options,
  ];
  return {
    options: all.map(([section, key, value]) => ({ section, key, value, instead: 'the prop logs' })),
    connection,
    destinations: [...(destination ? [destination._destination] : destinationsOf(connection)), ...(connection?._hasLogin ? [] : identity)],
    validate: (validator, prop) => {
      connection?._validate(validator, `${prop}.connection`);
      destination?._validate(validator, `${prop}.destination`);
      validate(validator, prop);
    },
  };
}

/** That of the cloud is at many addresses; one of the company's own the connection names. */
function destinationsOf(connection: Connection | undefined): Target[] {
  const endpoint = connection?._extra.endpoint_url;
  return typeof endpoint === 'string' && URL.canParse(endpoint) ? [new URL(endpoint)] : [{ peer: ANYWHERE, ports: [tcp(443)] }];
}
