import type { ProjectedFile } from '../credentials/secrets-volume';
import { declareExisting } from '../kubernetes/existing-objects';
import type { NetworkDestination } from '../network/network-destination';
import type { SecretKey } from '../props/secret-key';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import type { DataStore } from './data-store';
import { urlsOfHost, validateHost, validateText } from './external-database';
import { type TlsProps, tlsFiles, tlsPaths, validateTls } from './tls';

/** What all ways to a broker of the user's have. */
export interface ExternalBrokerProps {
  /** Its host: a name or an address. */
  readonly host: string;
  /**
   * Its port.
   * @default - 6379 for Redis, 5672 for RabbitMQ, or with TLS 5671
   */
  readonly port?: number;
  /**
   * How the connection is encrypted. The server's certificate must be of an authority that is trusted.
   * @default - not at all
   * @see Airflow option [celery] ssl_active
   */
  readonly tls?: TlsProps;
  /**
   * Where the NetworkPolicies let scheduler and workers connect to.
   * @default - for a Service, all pods of its namespace; for an address, that one; for any other host, its port at any address
   */
  readonly destination?: NetworkDestination;
}

/** How a Redis or a Valkey is connected to that is there already. */
export interface ExternalRedisProps extends ExternalBrokerProps {
  /**
   * The user.
   * @default - the one that Redis calls "default"
   */
  readonly user?: string;
  /**
   * Where the password is. The key is "password" unless given.
   * @default - none
   */
  readonly password?: SecretKey;
  /**
   * The number of the database in it.
   * @default 0
   */
  readonly databaseNumber?: number;
}

/** How a RabbitMQ is connected to. */
export interface RabbitMqProps extends ExternalBrokerProps {
  /**
   * The user.
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
   * The virtual host.
   * @default "/"
   */
  readonly virtualHost?: string;
}

/** How a broker is connected to of which a Secret has the whole URL. */
export interface BrokerUrlProps {
  /** Where the URL is, as in `redis://:password@host:6379/0` or `amqp://user:password@host:5672//`. The key is "connection" unless given. */
  readonly secret: SecretKey;
  /** Where the NetworkPolicies let scheduler and workers connect to: what is in the Secret can't be known. */
  readonly destination: NetworkDestination;
  /**
   * How the connection is encrypted. The server's certificate must be of an authority that is trusted.
   * @default - as the URL says
   * @see Airflow option [celery] ssl_active
   */
  readonly tls?: TlsProps;
}

/** What is used instead of options. */
export const INSTEAD = 'the prop executor, with broker';

export function externalRedis(props: ExternalRedisProps, given: Given): DataStore {
  const { host, port = 6379, user, password, databaseNumber = 0, tls } = props;
  return {
    ...brokerOf('redis', tls, []),
    // Of results Celery is told by the URL alone how the connection is encrypted.
    resultsQuery: (folder) => (tls ? resultsTls(tls, folder) : {}),
    secret: password ? located(password) : 'none',
    address: { scheme: tls ? 'rediss' : 'redis', user, hosts: [{ host, port }], name: `${databaseNumber}` },
    destinations: destinationsOf(props, port),
    given,
    validate(validator, prop) {
      validateBroker(validator, prop, props);
      validateUser(validator, `${prop}.user`, user, 'password', password);
      validator.secret(`${prop}.password`, password);
      validator.wholeNumber(`${prop}.databaseNumber`, databaseNumber, 0);
    },
  };
}

export function rabbitMq(props: RabbitMqProps, given: Given): DataStore {
  const { host, tls, user = 'airflow', userSecret, password, virtualHost = '/' } = props;
  const port = props.port ?? (tls ? 5671 : 5672);
  const userFile: ProjectedFile | undefined = userSecret && {
    path: 'broker-user',
    kind: 'Secret',
    name: userSecret.secretName,
    key: userSecret.key ?? 'username',
  };
  return {
    ...brokerOf('amqp', tls, userFile ? [userFile] : []),
    secret: located(password),
    address: { scheme: tls ? 'amqps' : 'amqp', user: userFile ?? user, hosts: [{ host, port }], name: virtualHost },
    destinations: destinationsOf(props, port),
    given,
    validate(validator, prop) {
      validateBroker(validator, prop, props);
      validateText(validator, `${prop}.user`, user, 'the name of a user');
      if (props.user !== undefined && userSecret) validator.report(`${prop}.user`, props.user, 'expected either user or userSecret');
      validator.secret(`${prop}.userSecret`, userSecret);
      validator.secret(`${prop}.password`, password);
      validateText(validator, `${prop}.virtualHost`, virtualHost, 'the name of a virtual host');
    },
  };
}

export function brokerFromUrl({ secret, destination, tls }: BrokerUrlProps, given: Given): DataStore {
  return {
    ...brokerOf('url', tls, []),
    secret: { secretName: secret.secretName, key: secret.key ?? 'connection' },
    destinations: [destination._destination],
    given,
    validate(validator, prop) {
      validator.secret(`${prop}.secret`, secret);
      if (tls) validateTls(validator, `${prop}.tls`, tls);
      destination._validate(validator, `${prop}.destination`);
    },
  };
}

/** What the ways have in common. */
export function brokerOf(
  kind: DataStore['kind'],
  tls: TlsProps | undefined,
  furtherFiles: readonly ProjectedFile[],
): Pick<DataStore, 'purpose' | 'kind' | 'query' | 'files' | 'options' | 'env' | 'addTo'> {
  const files = [...furtherFiles, ...(tls ? tlsFiles('broker', tls) : [])];
  return {
    purpose: 'broker',
    kind,
    query: () => ({}),
    files,
    env: () => [],
    options(folder) {
      if (!tls) return [];
      const { ca, certificate, key } = tlsPaths('broker', folder, tls);
      const values = {
        ssl_active: 'True',
        ssl_cacert: ca,
        ssl_mutual_tls: certificate ? 'True' : 'False',
        ...(certificate && { ssl_cert: certificate, ssl_key: key }),
      };
      return Object.entries(values).map(([name, value]) => ({ section: 'celery', key: name, value, instead: INSTEAD }));
    },
    addTo(scope) {
      for (const { kind: kindOfObject, name } of files) declareExisting(scope, kindOfObject, name);
    },
  };
}

/** How the connection for results is encrypted, by the names that Celery has for it. */
export function resultsTls(tls: TlsProps, folder: string): { readonly [parameter: string]: string } {
  const { ca, certificate, key } = tlsPaths('broker', folder, tls);
  return {
    ssl_cert_reqs: 'required',
    ssl_ca_certs: ca,
    ...(certificate !== undefined && { ssl_certfile: certificate, ssl_keyfile: key }),
  };
}

export function located({ secretName, key = 'password' }: SecretKey) {
  return { secretName, key };
}

function destinationsOf({ host, destination }: ExternalBrokerProps, port: number): DataStore['destinations'] {
  return destination ? [destination._destination] : urlsOfHost(host, port);
}

function validateBroker(validator: PropValidator, prop: string, { host, port, tls, destination }: ExternalBrokerProps): void {
  validateHost(validator, `${prop}.host`, host);
  validator.wholeNumber(`${prop}.port`, port, 1, 65535);
  if (tls) validateTls(validator, `${prop}.tls`, tls);
  destination?._validate(validator, `${prop}.destination`);
}

/** A user of Redis, or of its Sentinels: who has one has a password. */
export function validateUser(
  validator: PropValidator,
  prop: string,
  user: string | undefined,
  password: string,
  given: object | undefined,
): void {
  if (user === undefined) return;
  validateText(validator, prop, user, 'the name of a user');
  if (!given) validator.report(prop, user, `a user has a password; expected ${password} too`);
}
