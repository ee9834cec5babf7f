import type { AirflowSecrets, SecretPurpose } from './airflow-secrets';
import type { Credentials } from './credentials';

/** A file in a pod, from a key of an object. */
export interface ProjectedFile {
  /** Its name. */
  readonly path: string;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
}

/** Secrets as files that have the names of their purposes, and further files beside them. */
export function secretsVolume(
  name: string,
  secrets: AirflowSecrets,
  purposes: readonly SecretPurpose[],
  files: readonly ProjectedFile[] = [],
): unknown {
  const ofPurposes = purposes.map((purpose): ProjectedFile => {
    const { secretName, key } = secrets[purpose];
    return { path: purpose, kind: 'Secret', name: secretName, key };
  });
  return filesVolume(name, [...ofPurposes, ...files]);
}

/** The keys that came before the Fernet key, beside it. */
export function formerFernetKeyFiles({ _formerFernetKeys: keys }: Credentials): ProjectedFile[] {
  return keys.map(({ secretName, key }, index) => ({ path: `formerFernetKey${index + 1}`, kind: 'Secret', name: secretName, key }));
}

export function filesVolume(name: string, files: readonly ProjectedFile[]): unknown {
  return { name, projected: { sources: files.map(projected), defaultMode: 0o440 } };
}

function projected({ path, kind, name, key }: ProjectedFile): unknown {
  return { [kind === 'Secret' ? 'secret' : 'configMap']: { name, items: [{ key, path }] } };
}
