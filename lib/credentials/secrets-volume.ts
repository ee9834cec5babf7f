import type { AirflowSecrets, SecretPurpose } from './airflow-secrets';

/** Secrets as files that have the names of their purposes. */
export function secretsVolume(name: string, secrets: AirflowSecrets, purposes: readonly SecretPurpose[]): unknown {
  const sources = purposes.map((purpose) => {
    const { secretName, key } = secrets[purpose];
    return { secret: { name: secretName, items: [{ key, path: purpose }] } };
  });
  return { name, projected: { sources, defaultMode: 0o440 } };
}
