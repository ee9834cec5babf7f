import type { SecretPurpose } from '../../credentials/airflow-secrets';

/** What errors say to use instead of what the library sets: nothing. */
export const FIXED = 'nothing: the deployment rests on it';

/** What errors say to use instead of a secret's value. */
export function existingCredential(purpose: SecretPurpose): string {
  return `credentials: Credentials.existing({ ${purpose}: … })`;
}
