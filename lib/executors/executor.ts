/**
 * Where tasks run.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/executor/index.html
 */
export enum Executor {
  /** Tasks go through a Redis broker to Celery workers, which are pods of their own. */
  CELERY = 'CeleryExecutor',
  /** Tasks run in the scheduler's pod: no broker, no workers. */
  LOCAL = 'LocalExecutor',
}
