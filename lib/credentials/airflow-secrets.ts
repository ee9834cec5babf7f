import type { SecretKey } from '../props/secret-key';

/** The secrets of an Airflow deployment. */
export const SECRET_PURPOSES = ['fernetKey', 'apiSecretKey', 'jwtSecret', 'database', 'broker', 'admin'] as const;

export type SecretPurpose = (typeof SECRET_PURPOSES)[number];

/** Where each secret of a deployment is: the name of the Secret, and the key in it. */
export interface AirflowSecrets {
  /** The key with which connections and variables are encrypted. */
  readonly fernetKey: LocatedSecret;
  /** The key with which sessions and requests for logs are signed. */
  readonly apiSecretKey: LocatedSecret;
  /** The key with which the tokens of tasks and users are signed. */
  readonly jwtSecret: LocatedSecret;
  /** The password of the metadata database. */
  readonly database: LocatedSecret;
  /** The password of the Celery broker; nothing is there under an executor that has none. */
  readonly broker: LocatedSecret;
  /** The password of the admin user. */
  readonly admin: LocatedSecret;
}

/** A value in a Secret. */
export interface LocatedSecret {
  /** The name of the Secret. */
  readonly secretName: string;
  /** The key in it. */
  readonly key: string;
}

/** A Secret of its own for each, so that one can be the user's and another generated. The suffix stands behind Airflow's name. */
const DEFAULTS: { readonly [Purpose in SecretPurpose]: { readonly suffix: string; readonly key: string } } = {
  fernetKey: { suffix: 'fernet-key', key: 'fernet-key' },
  apiSecretKey: { suffix: 'api-secret-key', key: 'api-secret-key' },
  jwtSecret: { suffix: 'jwt-secret', key: 'jwt-secret' },
  database: { suffix: 'database', key: 'password' },
  broker: { suffix: 'broker', key: 'password' },
  admin: { suffix: 'admin', key: 'password' },
};

/** Where the password of a broker is that is made for a team. */
export function teamBrokerSecret(airflowName: string, team: string): LocatedSecret {
  const { suffix, key } = DEFAULTS.broker;
  return { secretName: `${airflowName}-${suffix}-team-${team}`, key };
}

/** Where a key is that was the Fernet key. */
export function formerFernetKey({ secretName, key = DEFAULTS.fernetKey.key }: SecretKey): LocatedSecret {
  return { secretName, key };
}

/** The user's own Secrets, and the defaults for those that are not given. */
export function resolveSecrets(airflowName: string, existing: { readonly [Purpose in SecretPurpose]?: SecretKey }): AirflowSecrets {
  const entries = SECRET_PURPOSES.map((purpose) => {
    const { suffix, key } = DEFAULTS[purpose];
    const given = existing[purpose];
    return [purpose, { secretName: given?.secretName ?? `${airflowName}-${suffix}`, key: given?.key ?? key }];
  });
  return Object.fromEntries(entries) as AirflowSecrets;
}
