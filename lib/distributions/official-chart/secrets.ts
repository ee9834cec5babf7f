import type { SecretPurpose } from '../../credentials/airflow-secrets';
import type { DerivedSecret } from '../../credentials/generated-secrets';
import type { DataStore } from '../../data-stores/data-store';
import type { Json } from '../../kubernetes/json';
import type { SecretKey } from '../../props/secret-key';
import type { DistributionInput } from '../contract';
import { ASYNC_URL_KEY, ASYNC_VARIABLE, asyncConnectionOf, connectionOf, URL_KEY } from '../shared-by-charts/store-connections';
import type { ChartFeatures } from './chart-features';
import { teamBrokerSecrets } from './team-brokers';

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
  const { broker } = input.executor;
  const derived: DerivedSecret[] = [];
  const derive = (suffix: string, data: DerivedSecret['data']): string => {
    derived.push({ name: `${name}-${suffix}`, data });
    return `${name}-${suffix}`;
  };
  const withKey = (secret: Required<SecretKey>, key: string, suffix: string): string => {
    return secret.key === key ? secret.secretName : derive(suffix, { [key]: { from: secret } });
  };
  // Without a driver: Airflow reads it as a connection too, whose type is the part before the colon.
  const urlSecret = (store: DataStore, suffix: string): string => {
    if (!store.address) return withKey(secrets[store.purpose], URL_KEY, suffix);
    const ofAsync = store.purpose === 'database' && asyncConnectionOf(input);
    return derive(suffix, { [URL_KEY]: connectionOf(input, store), ...(ofAsync && { [ASYNC_URL_KEY]: ofAsync }) });
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
        metadataSecretName: urlSecret(database, 'metadata'),
      }),
      ...(hasBroker && {
        brokerUrlSecretName: urlSecret(broker, 'broker-url'),
      }),
      // Without a broker the chart would still make a Secret for one.
      ...(!broker && { brokerUrlSecretName: `${name}-broker-url` }),
    },
    ...(!isExternal.database &&
      asyncConnectionOf(input) && {
        secret: [{ envName: ASYNC_VARIABLE, secretName: `${name}-metadata`, secretKey: ASYNC_URL_KEY }],
      }),
    ...(hasBroker && broker.server && { redis: { passwordSecretName: withKey(secrets.broker, 'password', 'chart-broker') } }),
  };
  derived.push(...teamBrokerSecrets(input));
  const unused: SecretPurpose[] = [];
  if (!isAirflow3) unused.push('jwtSecret');
  if (isExternal.database) unused.push('database');
  if (isExternal.broker) unused.push('broker');
  return { values, derived, unused };
}
