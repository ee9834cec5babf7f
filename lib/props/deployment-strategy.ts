import { defined } from '../kubernetes/defined';
import type { Json } from '../kubernetes/json';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';

/** How many pods there may be while new ones take the place of old ones. */
export interface RollingUpdateProps {
  /**
   * How many more than there are to be: a number, or percent of them, as in `25%`.
   * @default "25%"
   * @see Kubernetes field maxSurge
   */
  readonly maxSurge?: string;
  /**
   * How many fewer than there are to be: a number, or percent of them, as in `25%`. It may not be 0 where `maxSurge` is.
   * @default "25%"
   * @see Kubernetes field maxUnavailable
   */
  readonly maxUnavailable?: string;
}

/**
 * How new pods take the place of old ones.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, DeploymentStrategy } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   apiServer: { replicas: 3, strategy: DeploymentStrategy.rollingUpdate({ maxSurge: '1', maxUnavailable: '0' }) },
 *   triggerer: { strategy: DeploymentStrategy.recreate() },
 * });
 */
export class DeploymentStrategy {
  /** All old pods stop before new ones start. */
  static recreate(): DeploymentStrategy {
    return new DeploymentStrategy('Recreate', {}, ['recreate']);
  }

  /**
   * New pods start while old ones run.
   * @param props how many there may be meanwhile.
   */
  static rollingUpdate(props: RollingUpdateProps = {}): DeploymentStrategy {
    return new DeploymentStrategy('RollingUpdate', props, ['rollingUpdate', props]);
  }

  private constructor(
    /** @internal */
    readonly _type: 'Recreate' | 'RollingUpdate',
    private readonly props: RollingUpdateProps,
    /** @internal */
    readonly _given: Given,
  ) {}

  /**
   * As Kubernetes has it.
   * @internal
   */
  get _strategy(): Json {
    const amounts = Object.entries(defined(this.props)).map(([name, amount]) => [name, /^\d+$/.test(amount) ? Number(amount) : amount]);
    return { type: this._type, ...(amounts.length > 0 && { rollingUpdate: Object.fromEntries(amounts) }) };
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    const { maxSurge, maxUnavailable } = this.props;
    for (const [name, amount] of Object.entries({ maxSurge, maxUnavailable })) {
      const isAmount = amount === undefined || /^\d+$/.test(amount) || (/^\d{1,3}%$/.test(amount) && Number.parseInt(amount, 10) <= 100);
      if (!isAmount) validator.report(`${prop}.${name}`, amount, 'expected a number of pods or percent of them, as in "1" or "25%"');
    }
    if ([maxSurge, maxUnavailable].every((amount) => amount !== undefined && /^0+%?$/.test(amount))) {
      validator.report(`${prop}.maxUnavailable`, maxUnavailable, 'expected more than 0, as maxSurge is 0: no pod could be replaced');
    }
  }
}
