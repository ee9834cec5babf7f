import { COMPONENTS, PORTS } from '../components/components';
import { objectName } from '../components/names';
import type { DataStoreProps } from '../props/data-store-props';
import { validateImage } from '../props/image';
import { validatePlacement } from '../props/placement';
import { validateResources } from '../props/resources';
import type { PropValidator } from '../validation/prop-validator';

/** A built-in data store as it is asked for: how it is connected to, and its volume. */
export interface DataStore extends DataStoreProps {
  readonly component: 'postgresql' | 'redis';
  /** The scheme of its URL, without a driver. */
  readonly scheme: string;
  /** The user, empty where there is none. */
  readonly user: string;
  /** The database in it: a name or a number. */
  readonly name: string;
  readonly storageSize: string;
}

/** What stands behind the password in the URL of a data store. */
export function addressOf(deployment: { readonly name: string }, { component, name }: DataStore): string {
  return `${objectName(deployment, component)}:${PORTS[component]}/${name}`;
}

export function validateDataStore(validator: PropValidator, prop: string, store: DataStore): void {
  validateImage(validator, `${prop}.image`, store.image);
  validatePlacement(validator, `${prop}.placement`, store.placement);
  validateResources(validator, `${prop}.resources`, store.resources, COMPONENTS[store.component].resources);
  validator.quantity(`${prop}.storageSize`, store.storageSize);
  validator.dnsSubdomain(`${prop}.storageClassName`, store.storageClassName);
}
