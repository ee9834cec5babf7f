import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkDestination } from '../network/network-destination';
import { Content } from '../props/content';
import type { SecretKey } from '../props/secret-key';
import { FAB, LOGIN_FOLDER, type LoginPlan } from './login-plan';

/** A login elsewhere, as FAB's auth manager knows it. */
export interface FabLogin {
  /** The file of webserver_config.py here. It reads what is below from files. */
  readonly script: string;
  readonly settings: object;
  /** The secret by which Airflow itself logs in there. */
  readonly secret: Required<SecretKey>;
  /** Where it is. */
  readonly address: string;
  readonly destination: NetworkDestination | undefined;
  readonly validate: LoginPlan['validate'];
}

/** Users who log in elsewhere, and get roles by what is told of them there. */
export function fabPlan({ script, settings, secret, address, destination, validate }: FabLogin): LoginPlan {
  return {
    authManager: FAB,
    hasPasswords: false,
    options: [],
    webserverConfig: Content.fromText(readFileSync(join(__dirname, 'python', script), 'utf8')),
    files: {
      [`${LOGIN_FOLDER}/settings.json`]: Content.fromText(`${JSON.stringify(settings, null, 2)}\n`),
      [`${LOGIN_FOLDER}/secret`]: Content.fromSecret(secret),
    },
    env: [],
    destinations: loginDestinations(address, destination),
    validate,
  };
}

/** What the user says, or else what the address leads to. */
export function loginDestinations(address: string, destination: NetworkDestination | undefined): LoginPlan['destinations'] {
  if (destination) return [destination._destination];
  return URL.canParse(address) ? [new URL(address)] : [];
}
