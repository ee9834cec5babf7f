import type { Given } from '../validation/checked-props';
import { type CeleryExecutorProps, celeryPlan } from './celery';
import type { ExecutorPlan } from './executor-plan';
import { type KubernetesExecutorProps, kubernetesPlan } from './kubernetes';
import { type LocalExecutorProps, localPlan } from './local';
import { severalPlan } from './several';

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
    return new Executor(props, celeryPlan, ['celery', props]);
  }

  /**
   * Each task runs in a pod of its own, which the scheduler makes: no broker, no workers. The built-in distribution has it, and the charts with
   * Airflow 3, Bitnami's where it is rendered at synth.
   *
   * The pods hold no key of Airflow. Logs are gone with the pod, unless the prop `logs` keeps them.
   * @param props the pods.
   */
  static kubernetes(props: KubernetesExecutorProps = {}): Executor {
    return new Executor(props, kubernetesPlan, ['kubernetes', props]);
  }

  /**
   * Tasks run where they ask for it (`executor="KubernetesExecutor"`), and those that ask for nothing by the first. Celery and Kubernetes go
   * together, in either order.
   * @param first the executor of tasks that ask for none.
   * @param others further executors, each of another kind.
   */
  static several(first: Executor, ...others: Executor[]): Executor {
    const plan = () => severalPlan([first, ...others].map(({ _plan }) => _plan));
    return new Executor({}, plan, ['several', first, ...others]);
  }

  /**
   * Tasks run in the scheduler's pods: no broker, no workers.
   * @param props how they may end.
   */
  static local(props: LocalExecutorProps = {}): Executor {
    return new Executor(props, localPlan, ['local', props]);
  }

  private constructor(
    /** @internal */
    readonly _props: object,
    private readonly planOf: (props: object) => ExecutorPlan,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _plan(): ExecutorPlan {
    return this.planOf(this._props);
  }
}
