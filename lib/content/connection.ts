import type { SecretKey } from '../props/secret-key';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';
import { isSecretName } from '../validation/secret-words';

/** The parts of a connection that are in Secrets. */
export interface ConnectionSecrets {
  /**
   * The host.
   * @default - none, or that of the connection; the key is `host` unless it is given
   */
  readonly host?: SecretKey;
  /**
   * The port.
   * @default - none, or that of the connection; the key is `port` unless it is given
   */
  readonly port?: SecretKey;
  /**
   * The schema: with databases, mostly the name of the database.
   * @default - none, or that of the connection; the key is `schema` unless it is given
   */
  readonly schema?: SecretKey;
  /**
   * The user name.
   * @default - none, or that of the connection; the key is `login` unless it is given
   */
  readonly login?: SecretKey;
  /**
   * The password.
   * @default - none; the key is `password` unless it is given
   */
  readonly password?: SecretKey;
  /**
   * Extra fields by their names.
   * @default - none; the key is the name of the field unless it is given
   */
  readonly extra?: { readonly [name: string]: SecretKey };
}

/**
 * A connection by its parts.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/connection.html
 */
export interface ConnectionProps {
  /** The type, as in `postgres`, `http` or `aws`: each provider says in its documentation what it is called. */
  readonly type: string;
  /**
   * The host.
   * @default - none
   */
  readonly host?: string;
  /**
   * The port.
   * @default - none
   */
  readonly port?: number;
  /**
   * The schema: with databases, mostly the name of the database.
   * @default - none
   */
  readonly schema?: string;
  /**
   * The user name.
   * @default - none
   */
  readonly login?: string;
  /**
   * Further fields, by names that the type knows.
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: fields are of whatever type the provider says
  readonly extra?: { readonly [name: string]: any };
  /**
   * What is in Secrets: the password, and whatever else.
   * @default - nothing
   */
  readonly secrets?: ConnectionSecrets;
}

const PARTS = ['host', 'port', 'schema', 'login'] as const;
/** As Airflow checks it. */
const TYPE = /^[\w-]+$/;

/**
 * A connection of Airflow, by which tasks reach other systems. What of it is secret is in Secrets.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Connection } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   connections: {
 *     shop: Connection.fromSecret({ secretName: 'shop', key: 'connection' }),
 *     warehouse: Connection.fromParts({
 *       type: 'postgres',
 *       host: 'warehouse.example.com',
 *       schema: 'sales',
 *       secrets: { login: { secretName: 'warehouse', key: 'username' }, password: { secretName: 'warehouse' } },
 *     }),
 *   },
 * });
 */
export class Connection {
  /**
   * The whole connection in a Secret that the user makes, as a URI or as JSON, both in the form that Airflow knows.
   * @param secret the Secret, and the key in it.
   * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/connection.html#uri-format
   */
  static fromSecret(secret: SecretKey): Connection {
    return new Connection(secret, undefined, ['fromSecret', secret]);
  }

  /**
   * A connection by its parts.
   * @param props the parts, some of which are in Secrets.
   */
  static fromParts(props: ConnectionProps): Connection {
    return new Connection(undefined, props, ['fromParts', props]);
  }

  private constructor(
    private readonly whole: SecretKey | undefined,
    private readonly props: ConnectionProps | undefined,
    /** @internal */
    readonly _given: Given,
  ) {}

  /**
   * Extra fields that are no secrets.
   * @internal
   */
  get _extra(): { readonly [name: string]: unknown } {
    return this.props?.extra ?? {};
  }

  /**
   * Whether it says who asks, as far as is known: else that is for the cloud to tell.
   * @internal
   */
  get _hasLogin(): boolean {
    return this.whole !== undefined || this.props?.login !== undefined || this.props?.secrets !== undefined;
  }

  /**
   * What the secrets backend reads: the names of files stand for what is in Secrets.
   * @internal
   */
  _entry(fileOf: (secret: Required<SecretKey>) => string): object {
    if (this.whole) return { file: fileOf({ key: '', ...this.whole }) };
    const { type, host, port, schema, login, extra, secrets = {} } = this.props as ConnectionProps;
    const { extra: extraSecrets = {}, ...parts } = secrets;
    const files = (of: { readonly [name: string]: SecretKey | undefined }) => {
      const given = Object.entries(of).flatMap(([key, secret]) => (secret ? [[key, { file: fileOf({ key, ...secret }) }]] : []));
      return Object.fromEntries(given);
    };
    return {
      parts: { conn_type: type, host, port, schema, login, ...files(parts as { readonly [name: string]: SecretKey | undefined }) },
      extra: extra ?? {},
      extraFiles: files(extraSecrets),
    };
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    if (this.whole) {
      validator.secret(prop, this.whole);
      if (this.whole.key === undefined) validator.reportHidden(`${prop}.key`, 'it is missing; expected the key in the Secret, as in "uri"');
      return;
    }
    const { type, port, extra = {}, secrets = {}, ...literal } = this.props as ConnectionProps;
    if (!TYPE.test(type)) validator.report(`${prop}.type`, type, 'expected the type of a connection, as in "postgres"');
    validator.wholeNumber(`${prop}.port`, port, 1, 65535);
    for (const part of PARTS) {
      if (secrets[part] === undefined || { port, ...literal }[part] === undefined) continue;
      validator.reportHidden(`${prop}.${part}`, `expected either this or secrets.${part}`);
    }
    for (const [name, value] of Object.entries(extra)) {
      const place = `${prop}.extra["${name}"]`;
      if (secrets.extra?.[name] !== undefined) validator.reportHidden(place, `expected either this or secrets.extra["${name}"]`);
      else if (isSecretName(name) && typeof value === 'string' && value !== '') {
        validator.reportHidden(place, `its name says that it is secret; expected secrets: { extra: { ${name}: { secretName: '…' } } }`);
      }
    }
    for (const [part, secret] of Object.entries(secrets)) {
      const keys: [string, SecretKey][] =
        part === 'extra'
          ? Object.entries(secret as { [name: string]: SecretKey }).map(([name, each]) => [`extra["${name}"]`, each])
          : [[part, secret as SecretKey]];
      for (const [place, each] of keys) validator.secret(`${prop}.secrets.${place}`, each);
    }
  }
}
