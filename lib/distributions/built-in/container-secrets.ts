import { isPooled, type PodsName, type SecretUses, teamGroup } from '../../components/components';
import type { SecretPurpose } from '../../credentials/airflow-secrets';
import { filesVolume, formerFernetKeyFiles, type ProjectedFile, secretsVolume } from '../../credentials/secrets-volume';
import type { DataStore } from '../../data-stores/data-store';
import { brokersOf, componentOf, isUsed } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import { brokerSecretOf } from '../shared/teams';
import { SECRETS_PATH, teamSecrets } from './configuration';
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

/** These secrets for one container of a component's pods, in a volume of this name: another container of the pod does not have them by it. */
export function containerSecrets(context: BuiltInContext, component: PodsName, volume: string, uses: SecretUses): ContainerSecrets {
  const { configuration, executor, secrets } = context;
  const brokers = 'broker' in uses ? brokersOf(executor, component) : [];
  const ofTeams = brokers.flatMap(({ team, broker }) => (team === undefined ? [] : [teamBrokerSecrets(context, volume, team, broker)]));
  const hasShared = brokers.some(({ team }) => team === undefined);
  const purposes = (Object.keys(uses) as SecretPurpose[]).filter((purpose) => purpose !== 'broker' || hasShared);
  const { options, database } = isPooled(componentOf(executor, component)) ? configuration.pool : { ...configuration, ...context };
  const stores = [database, executor.broker].flatMap((store) => (store && purposes.includes(store.purpose) ? [store] : []));
  const files = [
    ...(purposes.includes('fernetKey') ? formerFernetKeyFiles(context.credentials) : []),
    ...stores.flatMap((store) => store.files),
  ];
  // The admin's password is for one script alone, which is given the path of its file.
  const ofAirflow = purposes.filter((purpose) => purpose !== 'admin' && isUsed(executor, purpose));
  const env = [...options.secretVariables(purposes), ...stores.flatMap((store) => store.env(SECRETS_PATH))];
  const hasFiles = ofAirflow.length + files.length > 0;
  const own: ContainerSecrets = {
    volumes: hasFiles ? [secretsVolume(volume, secrets, ofAirflow, files) as Json] : [],
    volumeMounts: hasFiles ? [{ name: volume, mountPath: SECRETS_PATH, readOnly: true }] : [],
    env,
  };
  return {
    volumes: [own, ...ofTeams].flatMap(({ volumes }) => volumes),
    volumeMounts: [own, ...ofTeams].flatMap(({ volumeMounts }) => volumeMounts),
    env: [own, ...ofTeams].flatMap(({ env }) => env),
  };
}

/** Those of the broker of a team, in a folder and by options that are the team's alone. */
function teamBrokerSecrets(context: BuiltInContext, volume: string, team: string, broker: DataStore): ContainerSecrets {
  const { folder, secret } = teamSecrets(team);
  const located = brokerSecretOf(context, { name: team, broker });
  const files: ProjectedFile[] = [
    ...(located ? [{ path: broker.purpose, kind: 'Secret' as const, name: located.secretName, key: located.key }] : []),
    ...broker.files,
  ];
  const ofStore = broker.env(folder).map(({ name, value }) => ({ name: name.replace('__', `__${team.toUpperCase()}___`), value }));
  const name = `${volume}-${teamGroup(team)}`;
  return {
    volumes: files.length > 0 ? [filesVolume(name, files) as Json] : [],
    volumeMounts: files.length > 0 ? [{ name, mountPath: folder, readOnly: true }] : [],
    env: [...context.configuration.options.secretVariables([secret]), ...ofStore],
  };
}
