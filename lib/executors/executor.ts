import { type CeleryExecutorProps, celeryPlan } from './celery';
import type { ExecutorPlan } from './executor-plan';
import { localPlan } from './local';

/**
 * Where tasks run.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/executor/index.html
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Broker, Executor } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   executor: Executor.celery({ workers: { replicas: 2 }, broker: Broker.builtIn({ storageSize: '2Gi' }) }),
 * });
 */
export class Executor {
  /**
   * Tasks go through a broker to Celery workers, which are pods of their own.
   * @param props the workers and the broker.
   */
  static celery(props: CeleryExecutorProps = {}): Executor {
    return new Executor(props, celeryPlan);
  }

  /** Tasks run in the scheduler's pods: no broker, no workers. */
  static local(): Executor {
    return new Executor({}, localPlan);
  }

  private constructor(
    /** @internal */
    readonly _props: object,
    private readonly planOf: (props: object) => ExecutorPlan,
  ) {}

  /** @internal */
  get _plan(): ExecutorPlan {
    return this.planOf(this._props);
  }
}
