import type { SecretPurpose } from '../../credentials/airflow-secrets';
import type { DerivedSecret } from '../../credentials/generated-secrets';
import { addressOf, type DataStore } from '../../data-stores/data-store';
import type { Json } from '../../kubernetes/json';
import type { SecretKey } from '../../props/secret-key';
import type { DistributionInput } from '../contract';
import type { ChartFeatures } from './chart-features';

/** The Secrets that the chart reads, by names in its values; the keys in them are the chart's. */
export interface ChartSecrets {
  readonly values: Json;
  /** Those of them that are made from others. */
  readonly derived: readonly DerivedSecret[];
  /** What nothing reads. */
  readonly unused: readonly SecretPurpose[];
}

/** What the user has outside of what is made. */
export interface ExternalServices {
  readonly database: boolean;
  readonly broker: boolean;
}

export function chartSecrets(
  input: DistributionInput,
  features: ChartFeatures,
  isAirflow3: boolean,
  isExternal: ExternalServices,
): ChartSecrets {
  const { name, secrets, database } = input;
  const broker = input.executor.broker?._store;
  const derived: DerivedSecret[] = [];
  const derive = (suffix: string, data: DerivedSecret['data']): string => {
    derived.push({ name: `${name}-${suffix}`, data });
    return `${name}-${suffix}`;
  };
  const withKey = (secret: Required<SecretKey>, key: string, suffix: string): string => {
    return secret.key === key ? secret.secretName : derive(suffix, { [key]: { from: secret } });
  };
  const hasBroker = broker !== undefined && !isExternal.broker;
  const values = {
    fernetKeySecretName: withKey(secrets.fernetKey, 'fernet-key', 'chart-fernet-key'),
    ...(isAirflow3 && { jwtSecretName: withKey(secrets.jwtSecret, 'jwt-secret', 'chart-jwt-secret') }),
    ...(isAirflow3 && features.hasApiSecretKey
      ? { apiSecretKeySecretName: withKey(secrets.apiSecretKey, 'api-secret-key', 'chart-api-secret-key') }
      : { webserverSecretKeySecretName: withKey(secrets.apiSecretKey, 'webserver-secret-key', 'webserver-secret-key') }),
    data: {
      ...(!isExternal.database && {
        metadataSecretName: derive('metadata', { connection: { from: secrets.database, url: urlAround(input, database._store) } }),
      }),
      ...(hasBroker && {
        brokerUrlSecretName: derive('broker-url', { connection: { from: secrets.broker, url: urlAround(input, broker) } }),
      }),
      // Without a broker the chart would still make a Secret for one.
      ...(!broker && { brokerUrlSecretName: `${name}-broker-url` }),
    },
    ...(hasBroker && { redis: { passwordSecretName: withKey(secrets.broker, 'password', 'chart-broker') } }),
  };
  const unused: SecretPurpose[] = [];
  if (!isAirflow3) unused.push('jwtSecret');
  if (isExternal.database) unused.push('database');
  if (isExternal.broker) unused.push('broker');
  return { values, derived, unused };
}

/** What stands around the password. Without a driver: Airflow reads it as a connection too, whose type is the part before the colon. */
function urlAround(input: DistributionInput, store: DataStore) {
  return { before: `${store.scheme}://${store.user}:`, after: `@${addressOf(input, store)}` };
}
