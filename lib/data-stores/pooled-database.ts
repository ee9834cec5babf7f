import { PORTS } from '../components/components';
import { objectName } from '../components/names';
import type { PropValidator } from '../validation/prop-validator';
import { type DataStore, filesInUrl } from './data-store';

/** The metadata database as it is connected to through PgBouncer: by the same login, without TLS, and with no certificates. */
export function pooledDatabase(deployment: { readonly name: string }, database: DataStore): DataStore {
  const { address } = database;
  return {
    ...database,
    address: address && { ...address, hosts: [{ host: objectName(deployment, 'pgbouncer'), port: PORTS.pgBouncer }] },
    query: () => ({}),
    files: filesInUrl(database),
    server: undefined,
  };
}

/** Whether there can be a PgBouncer before a database. */
export function canBePooled({ kind, address }: DataStore): boolean {
  return kind === 'postgresql' && address !== undefined;
}

/** Reports a database that there can't be one before. */
export function validatePooled(validator: PropValidator, prop: string, { kind, address }: DataStore): void {
  if (kind !== 'postgresql') validator.reportHidden(prop, 'PgBouncer is for PostgreSQL alone; leave it out');
  else if (!address) {
    validator.reportHidden(prop, "the database's host is in a Secret, where it can't be known; use Database.external(…), or leave it out");
  }
}
