import { defined } from '../kubernetes/defined';
import type { DataStoreProps } from '../props/data-store-props';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import { type DataStore, validateDataStore } from './data-store';

/** Through which tasks go to Celery workers. */
export class Broker {
  /**
   * Redis, in one pod with a volume, beside Airflow. Tasks that wait are on its volume too.
   * @param props its image, resources and volume.
   */
  static builtIn(props: DataStoreProps = {}): Broker {
    return new Broker(props, ['builtIn', props]);
  }

  private constructor(
    /** @internal */
    readonly _props: DataStoreProps,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _store(): DataStore {
    return { component: 'redis', scheme: 'redis', user: '', name: '0', storageSize: '1Gi', ...defined(this._props) };
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    validateDataStore(validator, prop, this._store);
  }
}
