import type { SecretKey } from '../props/secret-key';
import type { Given } from '../validation/checked-props';
import {
  type AirflowSecrets,
  formerFernetKey,
  type LocatedSecret,
  resolveSecrets,
  SECRET_PURPOSES,
  type SecretPurpose,
} from './airflow-secrets';
import type { CredentialsPlan } from './credentials-plan';
import { type ExternalCredentialsProps, externalCredentials } from './external-credentials';
import { type InlineCredentialsProps, inlineCredentials } from './inline-credentials';

/** Secrets that the user has in the namespace of Airflow. What is not given is generated in the cluster. */
export interface ExistingCredentialsProps {
  /**
   * The key with which connections and variables are encrypted: 32 bytes in URL-safe base64.
   * @default - generated; key "fernet-key"
   * @see Airflow option [core] fernet_key
   */
  readonly fernetKey?: SecretKey;
  /**
   * Keys by which `fernetKey` was preceded: what they have encrypted can be read until all is encrypted anew. That is done by a CronJob
   * `NAME-rotate-fernet-key`, which is suspended: a Job is made from it when all pods have the new key.
   * @default - none
   * @see https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/fernet.html#rotating-encryption-keys
   */
  readonly formerFernetKeys?: SecretKey[];
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
 * Where Airflow's keys and passwords come from. But for `inline` none of them is ever in a manifest.
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
    return new Credentials(() => existingCredentials({}), ['generated']);
  }

  /**
   * Secrets that the user has; those that are not given are generated.
   * @param props a Secret, with a key in it, for each key or password.
   */
  static existing(props: ExistingCredentialsProps): Credentials {
    return new Credentials(() => existingCredentials(props), ['existing', props]);
  }

  /**
   * The External Secrets operator brings them from a store outside of the cluster, by an ExternalSecret for each; those that are not given are generated. The
   * operator has to be in the cluster.
   * @param props the store, and where in it each key or password is.
   * @see https://external-secrets.io
   */
  static externalSecrets(props: ExternalCredentialsProps): Credentials {
    return new Credentials(() => externalCredentials(props), ['externalSecrets', props]);
  }

  /**
   * Values that stand in the program and in the manifests, for all to read who can read those: for a trial on one's own machine. Synth warns of them. Those
   * that are not given are generated.
   * @param props a value for each key or password.
   */
  static inline(props: InlineCredentialsProps): Credentials {
    return new Credentials(() => inlineCredentials(props), ['inline', props]);
  }

  private constructor(
    private readonly planOf: () => CredentialsPlan,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _plan(): CredentialsPlan {
    return this.planOf();
  }

  /**
   * @param elsewhere those that other props tell of.
   * @internal
   */
  _resolve(airflowName: string, elsewhere: ExistingCredentialsProps = {}): AirflowSecrets {
    return resolveSecrets(airflowName, { ...this._plan.existing, ...elsewhere });
  }

  /**
   * Where the keys are that came before the present one, the latest first.
   * @internal
   */
  get _formerFernetKeys(): LocatedSecret[] {
    return this._plan.formerFernetKeys.map(formerFernetKey);
  }

  /**
   * Whether one is not generated.
   * @internal
   */
  _has(purpose: SecretPurpose): boolean {
    return this._plan.given.includes(purpose);
  }
}

/** Secrets that are only named. */
function existingCredentials(existing: ExistingCredentialsProps): CredentialsPlan {
  const given = SECRET_PURPOSES.filter((purpose) => existing[purpose] !== undefined);
  return {
    given,
    existing,
    formerFernetKeys: existing.formerFernetKeys ?? [],
    propOf: (purpose) => `credentials.${purpose}`,
    addTo: () => {},
    validate: (validator, prop) => {
      for (const purpose of given) validator.secret(`${prop}.${purpose}`, existing[purpose]);
    },
  };
}
