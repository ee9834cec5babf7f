import { AirflowConfig } from '../../config/airflow-config';
import type { PodPart } from '../../kubernetes/pod-part';
import { FAB } from '../../login/login-plan';
import { Content } from '../../props/content';
import type { DistributionInput } from '../contract';
import { TEAMS_AUTH_MANAGER } from './scripts';

/** Airflow option [core] auth_manager: that of the login, the user's, or the one that the library chooses. */
export function authManagerOf({ login, userOptions }: DistributionInput): string {
  return login?.authManager ?? new AirflowConfig([], {}, userOptions).sections(['core']).core?.auth_manager ?? FAB;
}

const TEAMS_MODULE = 'cdk8s_airflow_teams';

/** Airflow option [core] auth_manager as it is set: where there are teams, FAB's would not let the API server start. */
export function authManagerClass(input: DistributionInput): string {
  return needsTeamsModule(input) ? `${TEAMS_MODULE}.TeamsFabAuthManager` : authManagerOf(input);
}

function needsTeamsModule(input: DistributionInput): boolean {
  return input.executor.teams !== undefined && authManagerOf(input) === FAB;
}

/** The module of that class, for a ConfigMap. */
export function authManagerFiles(input: DistributionInput): { [file: string]: string } {
  return needsTeamsModule(input) ? { [`${TEAMS_MODULE}.py`]: TEAMS_AUTH_MANAGER } : {};
}

/** The same as a file of its own in pods, where Airflow looks for settings in Python; `home` is its folder in the image. */
export function authManagerContent(input: DistributionInput, home: string): { [path: string]: Content } {
  return Object.fromEntries(
    Object.entries(authManagerFiles(input)).map(([file, text]) => [modulePath(home, file), Content.fromText(text)]),
  );
}

/** The module in pods that have the ConfigMap as a volume, where Airflow looks for settings in Python; `home` is its folder in the image. */
export function authManagerPart(input: DistributionInput, volume: string, home: string): PodPart {
  const mounts = Object.keys(authManagerFiles(input)).map((file) => {
    return { name: volume, mountPath: modulePath(home, file), subPath: file, readOnly: true };
  });
  return { volumeMounts: mounts };
}

function modulePath(home: string, file: string): string {
  return `${home}/config/${file}`;
}

/** Whether users have passwords and roles in the database. */
export function hasPasswords(input: DistributionInput): boolean {
  return whereUsersAre(input) === undefined;
}

/** Who has the users, where that is not Airflow's database, for an error. */
export function whereUsersAre(input: DistributionInput): string | undefined {
  if (input.login) return input.login.hasPasswords ? undefined : 'by the prop login, Airflow';
  const authManager = authManagerOf(input);
  return authManager === FAB ? undefined : authManager;
}

/** Whether there is an admin user to be made: another auth manager has its users from elsewhere. */
export function hasAdminUser(input: DistributionInput): boolean {
  return input.admin.enabled !== false && hasPasswords(input);
}
