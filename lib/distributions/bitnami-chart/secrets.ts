import type { SecretPurpose } from '../../credentials/airflow-secrets';
import type { DerivedSecret } from '../../credentials/generated-secrets';
import type { DataStore } from '../../data-stores/data-store';
import type { SecretKey } from '../../props/secret-key';
import type { DistributionInput } from '../contract';
import { ASYNC_URL_KEY, asyncConnectionOf, connectionOf, URL_KEY } from '../shared-by-charts/store-connections';

/** The names of the Secrets that the chart reads; the keys in them are the chart's. */
export interface ChartSecrets {
  readonly auth: string;
  readonly database: string;
  /** None without a broker. */
  readonly broker: string | undefined;
  /** Those of them that are made from others. */
  readonly derived: readonly DerivedSecret[];
  /** What nothing reads. */
  readonly unused: readonly SecretPurpose[];
}

export const DATABASE_KEY = 'password';
export const BROKER_KEY = 'redis-password';

/** The chart mounts whole Secrets, and wants keys by names of its own. */
export function chartSecrets(input: DistributionInput, isAirflow3: boolean): ChartSecrets {
  const { name, secrets, executor, database } = input;
  const auth: DerivedSecret = {
    name: `${name}-auth`,
    data: {
      'airflow-password': { from: secrets.admin },
      'airflow-fernet-key': { from: secrets.fernetKey },
      'airflow-secret-key': { from: secrets.apiSecretKey },
      ...(isAirflow3 && { 'airflow-jwt-secret-key': { from: secrets.jwtSecret } }),
    },
  };
  const derived = [auth];
  const withKey = (secret: Required<SecretKey>, key: string, derivedName: string): string => {
    if (secret.key === key) return secret.secretName;
    derived.push({ name: derivedName, data: { [key]: { from: secret } } });
    return derivedName;
  };
  const databaseSecret = (): string => {
    const secretName = `${name}-database-auth`;
    if (database.server) return withKey(secrets.database, DATABASE_KEY, secretName);
    if (!database.address) return withKey(secrets.database, URL_KEY, secretName);
    const ofAsync = asyncConnectionOf(input);
    derived.push({ name: secretName, data: { [URL_KEY]: connectionOf(input, database), ...(ofAsync && { [ASYNC_URL_KEY]: ofAsync }) } });
    return secretName;
  };
  const brokerSecret = (broker: DataStore): string => {
    const secretName = `${name}-broker-auth`;
    if (broker.server) return withKey(secrets.broker, BROKER_KEY, secretName);
    derived.push({ name: secretName, data: { [BROKER_KEY]: { from: secrets.broker }, [URL_KEY]: connectionOf(input, broker) } });
    return secretName;
  };
  const broker = executor.broker && brokerSecret(executor.broker);
  return { auth: auth.name, database: databaseSecret(), broker, derived, unused: isAirflow3 ? [] : ['jwtSecret'] };
}
