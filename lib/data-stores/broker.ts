import type { DataStoreProps } from '../props/data-store-props';
import type { Given } from '../validation/checked-props';
import { builtInStore } from './built-in';
import type { DataStore } from './data-store';

/** Through which tasks go to Celery workers. */
export class Broker {
  /**
   * Redis, in one pod with a volume, beside Airflow. Tasks that wait are on its volume too.
   * @param props its image, resources and volume.
   */
  static builtIn(props: DataStoreProps = {}): Broker {
    const given: Given = ['builtIn', props];
    const server = { component: 'redis', storageSize: '1Gi' } as const;
    return new Broker(builtInStore('broker', server, { scheme: 'redis', name: '0' }, props, given), given);
  }

  private constructor(
    /** @internal */
    readonly _store: DataStore,
    /** @internal */
    readonly _given: Given,
  ) {}
}
