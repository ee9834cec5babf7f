import { defined } from '../kubernetes/defined';
import type { PostgresqlProps } from '../props/data-store-props';
import type { Given } from '../validation/checked-props';
import type { DataStore, StoreAddress } from './data-store';
import { type StoreServer, validateServer } from './stateful-server';

/** A data store that is made beside Airflow, in one pod with a volume. */
export function builtInStore(
  purpose: DataStore['purpose'],
  defaults: Pick<StoreServer, 'storageSize'> & { readonly component: 'postgresql' | 'redis' },
  address: Omit<StoreAddress, 'hosts'>,
  props: PostgresqlProps,
  given: Given,
): DataStore {
  const server = { ...defaults, ...defined(props) };
  return {
    purpose,
    kind: defaults.component,
    secret: 'credentials',
    address: { ...address, hosts: [] },
    query: () => ({}),
    files: [],
    server,
    destinations: [],
    options: () => [],
    env: () => [],
    given,
    addTo() {},
    validate: (validator, prop) => validateServer(validator, prop, server),
  };
}
