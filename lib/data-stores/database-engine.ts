import { type TlsProps, tlsPaths } from './tls';

/** What a metadata database is. */
export enum DatabaseEngine {
  /** PostgreSQL 13 or later. */
  POSTGRESQL = 'postgresql',
  /** MySQL 8.0 or 8.4, which Airflow supports with `mysqlclient` and `aiomysql`; MariaDB it does not. */
  MYSQL = 'mysql',
}

/** How far a connection is encrypted, and the server known. */
export enum TlsMode {
  /** Not at all. */
  DISABLE = 'disable',
  /** Encrypted if the server can; who it is does not matter. */
  PREFER = 'prefer',
  /** Encrypted; who the server is does not matter. */
  REQUIRE = 'require',
  /** Encrypted, with a certificate of an authority that is trusted. */
  VERIFY_CA = 'verify-ca',
  /** Encrypted, with such a certificate for the name of the host. */
  VERIFY_FULL = 'verify-full',
}

/** How the connection to a database is encrypted. */
export interface DatabaseTlsProps extends TlsProps {
  /**
   * How far.
   * @default TlsMode.VERIFY_FULL
   * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
   */
  readonly mode?: TlsMode;
}

export const DEFAULT_PORTS: { readonly [Engine in DatabaseEngine]: number } = {
  [DatabaseEngine.POSTGRESQL]: 5432,
  [DatabaseEngine.MYSQL]: 3306,
};

const MYSQL_MODES: { readonly [Mode in TlsMode]: string } = {
  [TlsMode.DISABLE]: 'DISABLED',
  [TlsMode.PREFER]: 'PREFERRED',
  [TlsMode.REQUIRE]: 'REQUIRED',
  [TlsMode.VERIFY_CA]: 'VERIFY_CA',
  [TlsMode.VERIFY_FULL]: 'VERIFY_IDENTITY',
};

export function isVerified({ mode = TlsMode.VERIFY_FULL }: DatabaseTlsProps): boolean {
  return mode === TlsMode.VERIFY_CA || mode === TlsMode.VERIFY_FULL;
}

/** What the engine's drivers are told of TLS by the URL, with the paths that files have in a folder. */
export function tlsQuery(engine: DatabaseEngine, tls: DatabaseTlsProps | undefined, folder: string): { readonly [name: string]: string } {
  if (!tls) return {};
  const { mode = TlsMode.VERIFY_FULL } = tls;
  const { ca, certificate, key } = tlsPaths('database', folder, tls);
  const query =
    engine === DatabaseEngine.MYSQL
      ? { ssl_mode: MYSQL_MODES[mode], ssl_ca: ca, ssl_cert: certificate, ssl_key: key }
      : { sslmode: mode, sslrootcert: ca, sslcert: certificate, sslkey: key };
  const given = Object.entries(query).filter(([name, value]) => value !== undefined && (isVerified(tls) || !/(?:ca|rootcert)$/.test(name)));
  return Object.fromEntries(given) as { [name: string]: string };
}
