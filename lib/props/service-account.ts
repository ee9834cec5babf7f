import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';

/** What a ServiceAccount is made from. */
export interface ServiceAccountProps {
  /**
   * Its name.
   * @default - Airflow's name with that of the component behind it, or with "components" where it is for all
   */
  readonly name?: string;
  /**
   * Annotations, as those by which a cloud knows whose rights it has: `eks.amazonaws.com/role-arn`, `iam.gke.io/gcp-service-account`.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Labels.
   * @default - those of all objects
   */
  readonly labels?: { readonly [name: string]: string };
}

/**
 * The ServiceAccount of pods.
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Executor, ServiceAccount } from 'cdk8s-airflow';
 *
 * const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/airflow-worker' };
 * new AirflowChart(new App(), 'airflow', {
 *   executor: Executor.celery({ workers: { serviceAccount: ServiceAccount.create({ annotations }) } }),
 * });
 */
export class ServiceAccount {
  /**
   * One of its own. In the cluster it has the rights that a RoleBinding gives it: the library's for what makes and reads the pods of tasks, and yours.
   * @param props its name, labels and annotations.
   */
  static create(props: ServiceAccountProps = {}): ServiceAccount {
    return new ServiceAccount(props, true, ['create', props]);
  }

  /**
   * One that is in the namespace already.
   * @param name its name.
   */
  static existing(name: string): ServiceAccount {
    return new ServiceAccount({ name }, false, ['existing', name]);
  }

  private constructor(
    /** @internal */
    readonly _props: ServiceAccountProps,
    /** @internal */
    readonly _isMade: boolean,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    validator.dnsSubdomain(`${prop}.name`, this._props.name);
    validator.annotations(`${prop}.annotations`, this._props.annotations);
    validator.labels(`${prop}.labels`, this._props.labels);
  }
}
