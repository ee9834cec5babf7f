import type { SecretKey } from '../props/secret-key';

/** The secrets of an Airflow deployment. */
export const SECRET_PURPOSES = ['fernetKey', 'apiSecretKey', 'jwtSecret', 'database', 'broker', 'admin'] as const;

export type SecretPurpose = (typeof SECRET_PURPOSES)[number];

/** Where each secret is: the name of the Secret and the key in it. */
export type AirflowSecrets = { readonly [Purpose in SecretPurpose]: Required<SecretKey> };

/** A Secret of its own for each, so that one can be the user's and another generated. The suffix stands behind Airflow's name. */
const DEFAULTS: { readonly [Purpose in SecretPurpose]: { readonly suffix: string; readonly key: string } } = {
  fernetKey: { suffix: 'fernet-key', key: 'fernet-key' },
  apiSecretKey: { suffix: 'api-secret-key', key: 'api-secret-key' },
  jwtSecret: { suffix: 'jwt-secret', key: 'jwt-secret' },
  database: { suffix: 'database', key: 'password' },
  broker: { suffix: 'broker', key: 'password' },
  admin: { suffix: 'admin', key: 'password' },
};

/** The user's own Secrets, and the defaults for those that are not given. */
export function resolveSecrets(airflowName: string, existing: { readonly [Purpose in SecretPurpose]?: SecretKey }): AirflowSecrets {
  const entries = SECRET_PURPOSES.map((purpose) => {
    const { suffix, key } = DEFAULTS[purpose];
    const given = existing[purpose];
    return [purpose, { secretName: given?.secretName ?? `${airflowName}-${suffix}`, key: given?.key ?? key }];
  });
  return Object.fromEntries(entries);
}
