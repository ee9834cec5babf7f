import { isIP } from 'node:net';
import type { ProjectedFile } from '../credentials/secrets-volume';
import { declareExisting } from '../kubernetes/existing-objects';
import type { NetworkDestination } from '../network/network-destination';
import type { SecretKey } from '../props/secret-key';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import type { DataStore } from './data-store';
import { DatabaseEngine, type DatabaseTlsProps, DEFAULT_PORTS, isVerified, TlsMode, tlsQuery } from './database-engine';
import { tlsFiles, validateTls } from './tls';

/** How a metadata database is connected to that is there already. */
export interface ExternalDatabaseProps {
  /**
   * What it is.
   * @default DatabaseEngine.POSTGRESQL
   */
  readonly engine?: DatabaseEngine;
  /** Its host: a name or an address. */
  readonly host: string;
  /**
   * Its port.
   * @default - 5432 for PostgreSQL, 3306 for MySQL
   */
  readonly port?: number;
  /**
   * The database on it, which has to be there; Airflow makes its tables.
   * @default "airflow"
   */
  readonly name?: string;
  /**
   * The user. It must own the database, or be allowed to make tables in it.
   * @default "airflow"
   */
  readonly user?: string;
  /**
   * Where the name of the user is, if it is in a Secret. The key is "username" unless given.
   * @default - `user`
   */
  readonly userSecret?: SecretKey;
  /** Where the password of the user is. The key is "password" unless given. */
  readonly password: SecretKey;
  /**
   * How the connection is encrypted.
   * @default - as the driver does it: for PostgreSQL it is where the server can, and who the server is does not matter
   */
  readonly tls?: DatabaseTlsProps;
  /**
   * Where the NetworkPolicies let Airflow connect to.
   * @default - for a Service, all pods of its namespace; for an address, that one; for any other host, its port at any address
   */
  readonly destination?: NetworkDestination;
}

/** How a metadata database is connected to of which a Secret has the whole URL. */
export interface DatabaseUrlProps {
  /**
   * What it is.
   * @default DatabaseEngine.POSTGRESQL
   */
  readonly engine?: DatabaseEngine;
  /** Where the URL is, as in `postgresql://user:password@host:5432/airflow`. The key is "connection" unless given. */
  readonly secret: SecretKey;
  /** Where the NetworkPolicies let Airflow connect to: what is in the Secret can't be known. */
  readonly destination: NetworkDestination;
  /**
   * How the connection is encrypted. It wins over what the URL says.
   * @default - as the URL says
   */
  readonly tls?: DatabaseTlsProps;
}

export function externalDatabase(props: ExternalDatabaseProps, given: Given): DataStore {
  const { engine = DatabaseEngine.POSTGRESQL, host, name = 'airflow', user = 'airflow', userSecret, password, destination } = props;
  const port = props.port ?? DEFAULT_PORTS[engine];
  const userFile: ProjectedFile | undefined = userSecret && {
    path: 'database-user',
    kind: 'Secret',
    name: userSecret.secretName,
    key: userSecret.key ?? 'username',
  };
  return {
    ...databaseOf(engine, props.tls, userFile ? [userFile] : []),
    secret: { secretName: password.secretName, key: password.key ?? 'password' },
    address: { scheme: engine, user: userFile ?? user, hosts: [{ host, port }], name },
    destinations: destination ? [destination._destination] : urlsOfHost(host, port),
    given,
    validate(validator, prop) {
      validateHost(validator, `${prop}.host`, host);
      validator.wholeNumber(`${prop}.port`, props.port, 1, 65535);
      validateText(validator, `${prop}.name`, name, 'the name of a database');
      validateText(validator, `${prop}.user`, user, 'the name of a user');
      if (props.user !== undefined && userSecret) validator.report(`${prop}.user`, props.user, 'expected either user or userSecret');
      validator.secret(`${prop}.userSecret`, userSecret);
      validator.secret(`${prop}.password`, password);
      validateDatabaseTls(validator, `${prop}.tls`, props.tls);
      destination?._validate(validator, `${prop}.destination`);
    },
  };
}

export function databaseFromUrl(props: DatabaseUrlProps, given: Given): DataStore {
  const { engine = DatabaseEngine.POSTGRESQL, secret, destination, tls } = props;
  return {
    ...databaseOf(engine, tls, []),
    secret: { secretName: secret.secretName, key: secret.key ?? 'connection' },
    destinations: [destination._destination],
    given,
    validate(validator, prop) {
      validator.secret(`${prop}.secret`, secret);
      validateDatabaseTls(validator, `${prop}.tls`, tls);
      destination._validate(validator, `${prop}.destination`);
    },
  };
}

/** What the two have in common. */
export function databaseOf(
  engine: DatabaseEngine,
  tls: DatabaseTlsProps | undefined,
  filesInUrl: readonly ProjectedFile[],
): Pick<DataStore, 'purpose' | 'kind' | 'query' | 'files' | 'options' | 'env' | 'addTo'> {
  const files = [...filesInUrl, ...(tls ? tlsFiles('database', isVerified(tls) ? tls : { ...tls, ca: undefined }) : [])];
  return {
    purpose: 'database',
    kind: engine,
    files,
    query: (folder) => ({ ...(engine === DatabaseEngine.MYSQL && { charset: 'utf8mb4' }), ...tlsQuery(engine, tls, folder) }),
    options: () => [],
    env: () => [],
    addTo(scope) {
      for (const { kind, name } of files) declareExisting(scope, kind, name);
    },
  };
}

/** By which it is known whom a NetworkPolicy must let through. */
export function urlsOfHost(host: string, port: number): URL[] {
  const url = `tcp://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  return URL.canParse(url) ? [new URL(url)] : [];
}

export function validateHost(validator: PropValidator, prop: string, host: string): void {
  if (isIP(host) === 0) validator.dnsSubdomain(prop, host);
}

/** A name that goes into a URL. */
export function validateText(validator: PropValidator, prop: string, text: string, what: string): void {
  if (!/^[^\p{Cc}\s]+$/u.test(text)) validator.report(prop, text, `expected ${what}, without spaces`);
}

function validateDatabaseTls(validator: PropValidator, prop: string, tls: DatabaseTlsProps | undefined): void {
  if (!tls) return;
  validateTls(validator, prop, tls);
  if (tls.ca && !isVerified(tls)) {
    validator.report(
      `${prop}.mode`,
      tls.mode,
      'certificates of authorities are looked at under "verify-ca" and "verify-full" alone; expected one of them, or no ca',
    );
  }
  if (tls.mode === TlsMode.DISABLE && tls.clientCertificateSecretName !== undefined) {
    validator.report(
      `${prop}.mode`,
      tls.mode,
      'there is no certificate without TLS; expected another mode, or no clientCertificateSecretName',
    );
  }
}
