import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Python script that runs in Airflow's pods, whatever they are made by. It uses nothing that Airflow's image does not have. */
function script(name: string): string {
  return readFileSync(join(__dirname, 'python', name), 'utf8');
}

/** Makes users. Argument: a list of them in JSON, each with a file that has the password. */
export const CREATE_USER = script('create_user.py');

/** Fails if this pod's Celery worker takes no tasks. It needs more than ten seconds for that. */
export const CHECK_CELERY = script('check_celery.py');

/** A function that tells the address of a pod that has IPv6 alone. */
export const HOST_ADDRESS = script('cdk8s_airflow_host.py');

/** An auth manager with users in Airflow's database that does with teams. */
export const TEAMS_AUTH_MANAGER = script('cdk8s_airflow_teams.py');

/** Fails if this pod's job (argument: its type) gives no sign of life. */
export const CHECK_HEARTBEAT = script('check_heartbeat.py');
