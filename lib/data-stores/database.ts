import { defined } from '../kubernetes/defined';
import type { DataStoreProps } from '../props/data-store-props';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import { type DataStore, validateDataStore } from './data-store';

/**
 * Where the metadata database is.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Database } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', { database: Database.builtIn({ storageSize: '20Gi' }) });
 */
export class Database {
  /**
   * PostgreSQL, in one pod with a volume, beside Airflow.
   * @param props its image, resources and volume.
   */
  static builtIn(props: DataStoreProps = {}): Database {
    return new Database(props, ['builtIn', props]);
  }

  private constructor(
    /** @internal */
    readonly _props: DataStoreProps,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _store(): DataStore {
    return { component: 'postgresql', scheme: 'postgresql', user: 'airflow', name: 'airflow', storageSize: '8Gi', ...defined(this._props) };
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    validateDataStore(validator, prop, this._store);
  }
}
