/**
 * A pool, which limits how many tasks run at a time.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/pools.html
 */
export interface PoolProps {
  /** How many tasks run in it at a time; -1 for any number. */
  readonly slots: number;
  /**
   * What it is for.
   * @default - nothing
   */
  readonly description?: string;
  /**
   * Whether deferred tasks count.
   * @default false
   */
  readonly includeDeferred?: boolean;
}
