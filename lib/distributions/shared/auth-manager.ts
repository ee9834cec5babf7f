import { AirflowConfig } from '../../config/airflow-config';
import type { DistributionInput } from '../contract';

/** That which has users with passwords, roles and a login page. */
const FAB = 'airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager';

/** Airflow option [core] auth_manager: the user's, or the one that the library chooses. */
export function authManagerOf({ userOptions }: DistributionInput): string {
  return new AirflowConfig([], {}, userOptions).sections(['core']).core?.auth_manager ?? FAB;
}

/** Whether users have passwords and roles in the database. */
export function isFab(input: DistributionInput): boolean {
  return authManagerOf(input) === FAB;
}

/** Whether there is an admin user to be made: another auth manager has its users from elsewhere. */
export function hasAdminUser(input: DistributionInput): boolean {
  return input.admin.enabled !== false && isFab(input);
}
