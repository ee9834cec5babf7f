import type { OwnedOption } from '../../config/airflow-config';
import type { DerivedValue } from '../../credentials/generated-secrets';
import { filesVolume, type ProjectedFile } from '../../credentials/secrets-volume';
import { type DataStore, filesInUrl, urlTemplate } from '../../data-stores/data-store';
import type { Json } from '../../kubernetes/json';
import type { PodPart } from '../../kubernetes/pod-part';
import type { DistributionInput } from '../contract';

/** The key of the address of a data store in a Secret that is made for a chart, and of that for asynchronous connections. */
export const URL_KEY = 'connection';
export const ASYNC_URL_KEY = 'connection-async';
/** The variable by which Airflow is told of that. */
export const ASYNC_VARIABLE = 'AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC';

/** Where the certificates of data stores are. */
export const STORES_PATH = '/etc/airflow-stores';

/** The address of a data store, from the Secrets that tell of it. */
export function connectionOf(input: DistributionInput, store: DataStore, folder = STORES_PATH): DerivedValue {
  if (!store.address) return { from: input.secrets[store.purpose] };
  return derivedUrl(input, store, urlTemplate(input, store), store.query(folder));
}

/** The address where Celery keeps the results of tasks in a broker. */
export function resultsOf(input: DistributionInput, store: DataStore, folder: string): DerivedValue {
  return derivedUrl(input, store, urlTemplate(input, store), store.resultsQuery?.(folder) ?? {});
}

/** The same for asynchronous connections to the database, if Airflow can't make it from the other: their driver knows no parameters but this. */
export function asyncConnectionOf(input: DistributionInput): DerivedValue | undefined {
  const { database } = input;
  const query = joined(database.query(STORES_PATH));
  if (!database.address || database.kind !== 'postgresql' || !query) return undefined;
  const template = urlTemplate(input, database).replace(/^\w+/, 'postgresql+asyncpg');
  return derivedUrl(input, database, template, { dsn: `postgresql://?${query}` });
}

/** The options of Airflow that data stores own. */
export function storeOptions({ database, executor }: DistributionInput): OwnedOption[] {
  return [database, executor.broker].flatMap((store) => store?.options(STORES_PATH) ?? []);
}

/** The certificates of data stores, in a volume of this name, where their addresses say that they are. */
export function certificatesPart(stores: readonly (DataStore | undefined)[], volume = 'stores', mountPath = STORES_PATH): PodPart {
  const files = stores.flatMap((store) => (store ? certificatesOf(store) : []));
  if (files.length === 0) return {};
  return { volumes: [filesVolume(volume, files) as Json], volumeMounts: [{ name: volume, mountPath, readOnly: true }] };
}

function certificatesOf(store: DataStore): ProjectedFile[] {
  const values = filesInUrl(store);
  return store.files.filter((file) => !values.includes(file));
}

function derivedUrl(
  { secrets }: DistributionInput,
  store: DataStore,
  template: string,
  query: { readonly [name: string]: string },
): DerivedValue {
  const values = filesInUrl(store).map(({ path, name, key }) => [path, { secretName: name, key }]);
  const own = store.secret === 'none' ? [] : [[store.purpose, secrets[store.purpose]]];
  return { url: [template, ...(joined(query) ? [joined(query)] : [])].join('?'), parts: Object.fromEntries([...values, ...own]) };
}

function joined(query: { readonly [name: string]: string }): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
