import { ApiObject } from 'cdk8s';
import { declareInline } from '../kubernetes/inline-secrets';
import { warn } from '../validation/warnings';
import type { SecretPurpose } from './airflow-secrets';
import type { CredentialsPlan } from './credentials-plan';

/** Keys and passwords that stand in the program. What is not given is generated in the cluster. */
export interface InlineCredentialsProps {
  /**
   * The key with which connections and variables are encrypted: 32 bytes in URL-safe base64.
   * @default - generated
   * @see Airflow option [core] fernet_key
   */
  readonly fernetKey?: string;
  /**
   * The key with which sessions and requests for logs are signed.
   * @default - generated
   * @see Airflow option [api] secret_key
   */
  readonly apiSecretKey?: string;
  /**
   * The key with which the tokens of tasks and users are signed.
   * @default - generated
   * @see Airflow option [api_auth] jwt_secret
   */
  readonly jwtSecret?: string;
  /**
   * The password of the metadata database.
   * @default - generated
   */
  readonly database?: string;
  /**
   * The password of the Celery broker.
   * @default - generated
   */
  readonly broker?: string;
  /**
   * The password of the admin user.
   * @default - generated
   */
  readonly admin?: string;
}

const FERNET_KEY = /^[\w-]{43}=$/;

/** A Secret for each, with the value in the manifest. */
export function inlineCredentials(props: InlineCredentialsProps): CredentialsPlan {
  const values = Object.entries(props).filter(([, value]) => value !== undefined) as [SecretPurpose, string][];
  return {
    given: values.map(([purpose]) => purpose),
    existing: {},
    formerFernetKeys: [],
    propOf: (purpose) => `credentials.${purpose}`,
    addTo(scope, { secrets, labels }) {
      const names = values.map(([purpose]) => purpose).join(', ');
      warn(
        scope,
        `the values of ${names} are in the manifests, for all to read who can read those; Credentials.existing only names Secrets`,
      );
      for (const [purpose, value] of values) {
        const { secretName: name, key } = secrets[purpose];
        const object = {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name, labels },
          data: { [key]: Buffer.from(value).toString('base64') },
        };
        declareInline(new ApiObject(scope, purpose, object));
      }
    },
    validate(validator, prop) {
      for (const [purpose, value] of values) {
        if (value.trim() === '')
          validator.reportHidden(`${prop}.${purpose}`, 'it is empty; expected a value, or none to have it generated');
        else if (purpose === 'fernetKey' && !FERNET_KEY.test(value))
          validator.reportHidden(`${prop}.${purpose}`, 'expected 32 bytes in URL-safe base64: 43 letters, digits, "-" and "_", and "="');
      }
    },
  };
}
