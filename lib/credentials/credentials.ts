import type { SecretKey } from '../props/secret-key';
import type { Given } from '../validation/checked-props';
import { type AirflowSecrets, resolveSecrets, type SecretPurpose } from './airflow-secrets';

/** Secrets that the user has in the namespace of Airflow. What is not given is generated in the cluster. */
export interface ExistingCredentialsProps {
  /**
   * The key with which connections and variables are encrypted: 32 bytes in URL-safe base64.
   * @default - generated; key "fernet-key"
   * @see Airflow option [core] fernet_key
   */
  readonly fernetKey?: SecretKey;
  /**
   * The key with which sessions and requests for logs are signed.
   * @default - generated; key "api-secret-key"
   * @see Airflow option [api] secret_key
   */
  readonly apiSecretKey?: SecretKey;
  /**
   * The key with which the tokens of tasks and users are signed.
   * @default - generated; key "jwt-secret"
   * @see Airflow option [api_auth] jwt_secret
   */
  readonly jwtSecret?: SecretKey;
  /**
   * The password of the metadata database.
   * @default - generated; key "password"
   */
  readonly database?: SecretKey;
  /**
   * The password of the Celery broker.
   * @default - generated; key "password"
   */
  readonly broker?: SecretKey;
  /**
   * The password of the admin user.
   * @default - generated; key "password"
   */
  readonly admin?: SecretKey;
}

/**
 * Where Airflow's keys and passwords come from. None of them is ever in a manifest.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Credentials } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   credentials: Credentials.existing({ fernetKey: { secretName: 'airflow-keys', key: 'fernet' } }),
 * });
 */
export class Credentials {
  /** A Job makes each missing Secret in the cluster, once; neither a second apply nor an upgrade changes one. */
  static generated(): Credentials {
    return new Credentials({}, ['generated']);
  }

  /**
   * Secrets that the user has; those that are not given are generated.
   * @param props a Secret, with a key in it, for each key or password.
   */
  static existing(props: ExistingCredentialsProps): Credentials {
    return new Credentials(props, ['existing', props]);
  }

  private constructor(
    /** @internal */
    readonly _existing: ExistingCredentialsProps,
    /** @internal */
    readonly _given: Given,
  ) {}

  /**
   * @param elsewhere those that other props tell of.
   * @internal
   */
  _resolve(airflowName: string, elsewhere: ExistingCredentialsProps = {}): AirflowSecrets {
    return resolveSecrets(airflowName, { ...this._existing, ...elsewhere });
  }

  /**
   * Which of these the user does not have.
   * @internal
   */
  _missing(purposes: readonly SecretPurpose[]): SecretPurpose[] {
    return purposes.filter((purpose) => this._existing[purpose] === undefined);
  }
}
