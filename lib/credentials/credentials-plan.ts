import type { Construct } from 'constructs';
import type { SecretKey } from '../props/secret-key';
import type { PropValidator } from '../validation/prop-validator';
import type { AirflowSecrets, SecretPurpose } from './airflow-secrets';

/** The deployment that secrets are for. */
export interface SecretsOwner {
  /** Where each secret is. */
  readonly secrets: AirflowSecrets;
  /** Labels of what is made. */
  readonly labels: { readonly [name: string]: string };
}

/** What a way to have keys and passwords comes to: what others need to know of it, so that nobody asks which one it is. */
export interface CredentialsPlan {
  /** Those that are not generated. */
  readonly given: readonly SecretPurpose[];
  /** The Secrets of the user's among them. */
  readonly existing: { readonly [Purpose in SecretPurpose]?: SecretKey };
  /** The Fernet keys that came before the present one, the latest first. */
  readonly formerFernetKeys: readonly SecretKey[];
  /** The prop that tells of one. */
  propOf(purpose: SecretPurpose): string;
  /** Adds what brings them. */
  addTo(scope: Construct, owner: SecretsOwner): void;
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}
