import type { NetworkDestination } from '../network/network-destination';

/** What pods may talk to. */
export interface NetworkPoliciesProps {
  /**
   * Whether there are NetworkPolicies, one for each component. Without them all is let through.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Where the code of DAGs may connect to, from where tasks run (workers, pods of tasks, under LocalExecutor the scheduler), triggerer and DAG
   * processor. The API server may
   * too: it reads remote logs from where tasks have put them.
   * What Airflow itself needs is let through anyway: database, broker, API server, DNS, git, the package index.
   * @default - nowhere else
   */
  readonly taskEgress?: NetworkDestination[];
}
