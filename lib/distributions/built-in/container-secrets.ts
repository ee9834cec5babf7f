import type { SecretUses } from '../../components/components';
import type { SecretPurpose } from '../../credentials/airflow-secrets';
import { secretsVolume } from '../../credentials/secrets-volume';
import { isUsed } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import { SECRETS_PATH } from './configuration';
import type { BuiltInContext } from './context';

/** A container, and the volumes that its pod has for it. */
export interface PodContainer {
  readonly container: Json;
  readonly volumes: Json[];
}

/** What a container has of the secrets, and its pod for it. */
export interface ContainerSecrets {
  readonly volumes: Json[];
  readonly volumeMounts: Json[];
  /** By which Airflow is told how to read options from the files. */
  readonly env: Json[];
}

/** These secrets for one container, in a volume of this name: another container of the pod does not have them by it. */
export function containerSecrets(context: BuiltInContext, volume: string, uses: SecretUses): ContainerSecrets {
  const purposes = Object.keys(uses) as SecretPurpose[];
  const { configuration, database, executor, secrets } = context;
  const stores = [database, executor.broker].flatMap((store) => (store && purposes.includes(store.purpose) ? [store] : []));
  const files = stores.flatMap((store) => store.files);
  // The admin's password is for one script alone, which is given the path of its file.
  const ofAirflow = purposes.filter((purpose) => purpose !== 'admin' && isUsed(executor, purpose));
  const env = [...configuration.options.secretVariables(purposes), ...stores.flatMap((store) => store.env(SECRETS_PATH))];
  if (ofAirflow.length + files.length === 0) return { volumes: [], volumeMounts: [], env };
  return {
    volumes: [secretsVolume(volume, secrets, ofAirflow, files) as Json],
    volumeMounts: [{ name: volume, mountPath: SECRETS_PATH, readOnly: true }],
    env,
  };
}
