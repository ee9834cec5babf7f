import type { SecretPurpose } from './airflow-secrets';
import type { CredentialsPlan } from './credentials-plan';
import {
  addExternalSecret,
  type ExternalSecretOptions,
  type RemoteKey,
  validateExternalOptions,
  validateRemoteKey,
} from './external-secret';

/** Where keys and passwords are in a store. What is not given is generated in the cluster. */
export interface ExternalCredentialKeys {
  /**
   * The key with which connections and variables are encrypted: 32 bytes in URL-safe base64.
   * @default - generated
   * @see Airflow option [core] fernet_key
   */
  readonly fernetKey?: RemoteKey;
  /**
   * The key with which sessions and requests for logs are signed.
   * @default - generated
   * @see Airflow option [api] secret_key
   */
  readonly apiSecretKey?: RemoteKey;
  /**
   * The key with which the tokens of tasks and users are signed.
   * @default - generated
   * @see Airflow option [api_auth] jwt_secret
   */
  readonly jwtSecret?: RemoteKey;
  /**
   * The password of the metadata database.
   * @default - generated
   */
  readonly database?: RemoteKey;
  /**
   * The password of the Celery broker.
   * @default - generated
   */
  readonly broker?: RemoteKey;
  /**
   * The password of the admin user.
   * @default - generated
   */
  readonly admin?: RemoteKey;
}

/** Keys and passwords that the External Secrets operator brings. */
export interface ExternalCredentialsProps extends ExternalSecretOptions {
  /** Where each is in the store. */
  readonly keys: ExternalCredentialKeys;
}

/** An ExternalSecret for each, which makes the Secret that else is generated. */
export function externalCredentials(props: ExternalCredentialsProps): CredentialsPlan {
  const keys = Object.entries(props.keys).filter(([, remote]) => remote !== undefined) as [SecretPurpose, RemoteKey][];
  return {
    given: keys.map(([purpose]) => purpose),
    existing: {},
    formerFernetKeys: [],
    propOf: (purpose) => `credentials.keys.${purpose}`,
    addTo(scope, { secrets, labels }) {
      const { store, refreshInterval } = props;
      for (const [purpose, remote] of keys) {
        const { secretName: name, key } = secrets[purpose];
        addExternalSecret(scope, purpose, { name, labels, store, refreshInterval, data: { [key]: remote } });
      }
    },
    validate(validator, prop) {
      validateExternalOptions(validator, props, `${prop}.`);
      if (keys.length === 0) validator.reportHidden(`${prop}.keys`, 'it is empty; expected at least one, or Credentials.generated()');
      for (const [purpose, remote] of keys) validateRemoteKey(validator, `${prop}.keys.${purpose}`, remote);
    },
  };
}
